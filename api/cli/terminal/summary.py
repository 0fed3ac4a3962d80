"""What the terminal shows at the end of a run: a table for people, the same as JSON for programs."""

from pathlib import Path
from typing import Any

from rich.table import Table

from api.cli.terminal.terminal import stage_words
from api.run.cadence_figures import CadenceFigures, cadence_figures
from api.run.figures import Coverage, Figures, figures
from api.run.names import Names
from api.run.not_planned import not_planned
from api.run.planned_days import planned_weeks
from api.run.run import Run
from api.words.explanations import remedy_words
from api.words.levels import level_name, status_words
from api.words.reasons import reason_words
from api.words.speaker import Speaker
from data.base.status import Status
from data.results.refinement import Refinement
from data.results.solution import Level

NOT_OPTIMAL_SHOWN = 5
NOT_PLANNED_SHOWN = 5


def summary_json(run: Run, folder: Path | None = None) -> dict[str, Any]:
    """Return counts, coverage, travel, levels and statuses of a run, and where it was written.

    Keys for stages that the run did not reach (matching, weeks) are absent.
    """
    told: dict[str, Any] = {
        "problem_hash": run.problem.hash,
        "weeks": list(planned_weeks(run)),
        "buddies": len(run.problem.buddies),
        "companies": len(run.problem.companies),
        "seconds": {stage: round(seconds, 3) for stage, seconds in run.seconds.items()},
    }
    if run.matching:
        told |= _matching(run, figures(run))
    if run.explanations:
        told["explanations"] = run.explanations.model_dump(mode="json")
    if run.refinement:
        told["refinement"] = _refinement(run.refinement)
    if run.weeks:
        told |= _weeks(run, figures(run))
    if folder:
        told["paths"] = {"folder": str(folder), "report": str(folder / "report.html")}
    return told


def summary_table(run: Run, say: Speaker, folder: Path | None = None) -> Table:
    """Return the summary as a table; gaps are red."""
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    if run.matching:
        counted = figures(run)
        _matching_rows(table, run, counted, say)
        if run.weeks:
            _week_rows(table, run, counted, say)
    for stage, seconds in run.seconds.items():
        table.add_row(say.t("summary_time", stage=stage_words(stage, say)), f"{say.number(seconds, 1)} s")
    if folder:
        table.add_row(say.t("summary_report"), str(folder / "report.html"))
        table.add_row(say.t("summary_workbook"), str(folder / "plan.xlsx"))
        named = f'"{folder}"' if " " in str(folder) else str(folder)
        table.add_row(say.t("summary_check"), f"python3 run.py check {named}")
    return table


def _matching_rows(table: Table, run: Run, counted: Figures, say: Speaker) -> None:
    coverage = say.t(
        "summary_coverage_of",
        percent=say.percent(counted.coverage.percent, 1),
        served=say.number(counted.served),
        companies=say.number(counted.companies),
    )
    without = counted.companies - counted.served
    table.add_row(say.t("summary_coverage"), coverage, style="red" if without else None)
    if counted.specialists:
        share = say.percent(100 * counted.spoken_to / counted.specialists, 1)
        part, whole = say.number(counted.spoken_to), say.number(counted.specialists)
        shared = say.t("summary_of", percent=share, part=part, whole=whole)
        table.add_row(say.t("summary_common_language"), shared)
    for level in run.matching.levels if run.matching else ():
        table.add_row(f"  {level_name(level.name, say)}", _level(level, say))
    named = Names(run).name
    for gap in run.explanations.gaps if run.explanations else ():
        for remedy in gap.remedies:
            words = f"{named(gap.company)}: {remedy_words(remedy, named, say.language)}"
            table.add_row(f"  {say.t('summary_would_serve')}", words)
    if run.refinement:
        _refined_rows(table, run.refinement, say)


def _level(level: Level, say: Speaker) -> str:
    """Return the final value of a level and, unless that is proved best, its value and bound."""
    value = say.number(level.final)
    if level.value == level.bound:
        return value
    solved, bound = say.number(level.value), say.number(level.bound)
    return say.t("summary_level_proof", value=value, solved=solved, bound=bound)


def _week_rows(table: Table, run: Run, counted: Figures, say: Speaker) -> None:
    weeks, in_time = counted.weeks, counted.contacts_in_time
    style = "red" if in_time.served < in_time.whole else None
    table.add_row(say.t("report_contacts_in_time"), say.percent(in_time.percent, 1), style=style)
    table.add_row(say.t("summary_visits"), say.t("summary_planned", number=say.number(weeks.visits)))
    _not_planned_rows(table, run, say)
    hours, kilometres = say.number(weeks.travel_min / 60), say.number(weeks.distance_m / 1000)
    cost = say.number(weeks.travel_cents / 100)
    travel = say.t("summary_travel_of", hours=hours, kilometres=kilometres, cost=cost)
    table.add_row(say.t("summary_travel"), travel)
    drift, overdue = cadence_words(cadence_figures(run), say)
    table.add_row(say.t("summary_cadence"), drift)
    table.add_row("", overdue)
    proved = say.t("summary_number_of", number=say.number(weeks.optimal), all=say.number(weeks.weeks))
    style = "red" if weeks.optimal < weeks.weeks else None
    table.add_row(say.t("summary_proved"), proved, style=style)
    for name, status in _not_optimal(run)[:NOT_OPTIMAL_SHOWN]:
        table.add_row("", f"{name}: {status_words(status, say)}")


def _not_planned_rows(table: Table, run: Run, say: Speaker) -> None:
    """Add how much is not planned and, of the most urgent, what and why."""
    left_out, names = not_planned(run), Names(run)
    if left_out:
        count = say.t("summary_not_planned", number=say.number(len(left_out)))
        table.add_row("", count, style="red")
    for left in left_out[:NOT_PLANNED_SHOWN]:
        why = reason_words(left.reason, names.name, say.language)
        if left.takers:
            takers = ", ".join(names.name(taker.buddy) for taker in left.takers)
            why = f"{why} {say.t('report_could_take', buddies=takers)}"
        table.add_row("", f"{names.of_not_planned(left)}, {left.week}: {why}")
    if (more := len(left_out) - NOT_PLANNED_SHOWN) > 0:
        table.add_row("", say.t("summary_not_planned_more", count=more))


def cadence_words(found: CadenceFigures, say: Speaker) -> tuple[str, str]:
    """Return one line about drift and one about overdue contacts."""
    drift = say.t(
        "summary_drift",
        days=say.number(found.drift_mean_days, 2),
        most=found.drift_95_days,
        proved=say.number(found.proved),
        choices=say.number(found.choices),
    )
    counts = {name: say.number(getattr(found, name)) for name in ("overdue", "contacts", "forgotten")}
    return drift, say.t("summary_overdue", **counts)


def _refined_rows(table: Table, refinement: Refinement, say: Speaker) -> None:
    moved, percent = say.number(len(refinement.moved)), say.percent(refinement.saved_percent, 1)
    refined = say.t("summary_refined_of", moved=moved, percent=percent)
    table.add_row(say.t("summary_refined"), refined)
    spans = {
        "summary_routed": (refinement.routed_before.travel_min, refinement.routed.travel_min),
        "summary_expected": (refinement.expected_before_min, refinement.expected_min),
    }
    for key, (before, after) in spans.items():
        words = say.t(f"{key}_of", before=say.number(before), after=say.number(after))
        table.add_row(f"  {say.t(key)}", words)


def _refinement(refinement: Refinement) -> dict[str, Any]:
    before, after = refinement.routed_before, refinement.routed
    return {
        "expected_travel_min": {"before": refinement.expected_before_min, "after": refinement.expected_min},
        "routed": {"before": before._asdict(), "after": after._asdict()},
        "moved": [each.model_dump() for each in refinement.moved],
        "rounds": refinement.rounds,
        "stopped": refinement.stopped,
    }


def _not_optimal(run: Run) -> list[tuple[str, Status]]:
    plans = [plan for weeks in run.weeks for plan in weeks.weeks]
    return [(f"{plan.buddy} {plan.week}", plan.status) for plan in plans if plan.status != "optimal"]


def _matching(run: Run, counted: Figures) -> dict[str, Any]:
    assert run.matching
    return {
        "coverage": _share(counted.coverage),
        "served": counted.served,
        "unassigned": len(run.matching.unassigned),
        "specialists": counted.specialists,
        "with_common_language": counted.spoken_to,
        "expected_travel_min": counted.expected_travel_min,
        "matching_status": run.matching.status,
        "levels": [level.model_dump(mode="json") | {"gap": level.gap} for level in run.matching.levels],
    }


def _share(coverage: Coverage) -> dict[str, Any]:
    return {
        "unit": coverage.unit,
        "served": coverage.served,
        "whole": coverage.whole,
        "percent": round(coverage.percent, 2),
    }


def _weeks(run: Run, counted: Figures) -> dict[str, Any]:
    return {
        "contacts_in_time": _share(counted.contacts_in_time),
        "visits": counted.weeks.visits,
        "appointments": counted.weeks.appointments,
        "unplanned": counted.weeks.unplanned,
        "not_planned": [left.model_dump(mode="json") for left in not_planned(run)],
        "travel_min": counted.weeks.travel_min,
        "distance_m": counted.weeks.distance_m,
        "travel_cents": counted.weeks.travel_cents,
        "week_plans": counted.weeks.weeks,
        "optimal": counted.weeks.optimal,
        "cadence": cadence_figures(run)._asdict(),
        "not_optimal": [{"week": week, "status": status} for week, status in _not_optimal(run)],
    }
