"""One study as a file: the picture, or a workbook; the same study gives the same bytes."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from api.export.tables.sheet import Column, Kind, Style, workbook, write_table
from api.studies.hire.page import hire_picture
from api.studies.hire.result import HireStudy
from api.studies.stress.figures import FIGURES, PERCENTILES
from api.studies.stress.result import Stress
from api.studies.stress.words import figure_word, name_of
from api.words.explanations import profile_words
from api.words.language import Language
from api.words.speaker import Speaker
from data.geo.gazetteer import Gazetteer
from data.model.problem import Problem
from data.results.frontier import Frontier

Rows = Iterator[Sequence[Any]]


@dataclass(frozen=True)
class Drawable:
    """A frontier, a hiring study or a stress study, with the problem it is about."""

    result: Frontier | HireStudy | Stress
    problem: Problem
    gazetteer: Gazetteer

    def picture(self, language: Language) -> bytes:
        """Return the picture as SVG."""
        match self.result:
            case Frontier() as frontier:
                from api.studies.frontier.picture import frontier_picture

                return frontier_picture(frontier, language, "svg")
            case HireStudy() as study:
                return hire_picture(study, self.problem, self.gazetteer, language)
            case Stress() as stress:
                from api.studies.stress.plot import stress_picture

                return stress_picture(stress, language, "svg")

    def workbook(self, language: Language) -> bytes:
        """Return one sheet with the figures, in which no text becomes a formula."""
        match self.result:
            case Frontier() as frontier:
                columns, rows = _frontier(frontier, language)
            case HireStudy() as study:
                columns, rows = _hire(study, self.gazetteer, language)
            case Stress() as stress:
                columns, rows = _stress(stress, language)

        out = io.BytesIO()
        with workbook(out) as book:
            page = book.add_worksheet(Speaker(language).t("sheet_study"))
            page.freeze_panes(1, 1)
            page.set_landscape()
            page.fit_to_pages(1, 0)
            page.repeat_rows(0)
            write_table(page, Style(book), columns, rows)
        return out.getvalue()


def _numbers(names: Sequence[str], kind: Kind = Kind.NUMBER) -> list[Column]:
    return [Column(name, 16, kind) for name in names]


def _frontier(frontier: Frontier, language: Language) -> tuple[list[Column], Rows]:
    say = Speaker(language)
    heads = ["more" if frontier.present else "positions", "served", "bound"]
    columns = [
        *_numbers([say.t(f"curve_{each}") for each in heads]),
        *_numbers(["100 %", *(say.t(f"curve_{each}") for each in ("marginal", "companies", "specialists"))]),
        *_numbers(["€", say.t("curve_per_specialist")], Kind.DECIMAL),
        Column(say.t("curve_positions"), 60),
    ]
    return columns, _frontier_rows(frontier)


def _frontier_rows(frontier: Frontier) -> Rows:
    for point in frontier.points:
        each = point.cents_per_specialist
        money = (point.cost_cents / 100, None if each is None else each / 100)
        weights = (point.count, point.served, point.bound, frontier.whole, point.marginal)
        yield *weights, point.companies, point.specialists, *money, " ".join(point.positions)


def _hire(study: HireStudy, gazetteer: Gazetteer, language: Language) -> tuple[list[Column], Rows]:
    say = Speaker(language)
    columns = [
        Column(say.t("column_rank"), 8, Kind.NUMBER),
        Column(say.t("column_district"), 30),
        Column(say.t("column_profile"), 40),
        *_numbers([say.t("column_gain")]),
    ]
    rows = (
        (
            rank,
            gazetteer.district_name(place.hire.district),
            profile_words(place.hire, language),
            place.gain,
        )
        for rank, place in enumerate(study.places, 1)
    )
    return columns, rows


def _stress(stress: Stress, language: Language) -> tuple[list[Column], Rows]:
    say = Speaker(language)
    columns = [
        Column(say.t("column_scenario"), 30),
        Column(say.t("column_figure"), 30),
        *_numbers([say.t("column_plan"), *(f"{percent} %" for percent in PERCENTILES)]),
    ]
    rows = (
        (
            name_of(scenario.name, language),
            figure_word(figure, language),
            getattr(scenario.plan, figure),
            *(each.value for each in spread.percentiles),
        )
        for scenario in stress.scenarios
        for figure, spread in zip(FIGURES, scenario.spreads, strict=True)
    )
    return columns, rows
