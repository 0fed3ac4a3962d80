"""Where one more buddy helps most, as a list and a map of districts: a section, a page, or only the map."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from api.export.all_languages import Texts, functions, in_each
from api.export.map.map_svg import Outline, draw_districts
from api.export.report import TEMPLATES
from api.studies.hire.result import HireStudy, Place
from api.words.explanations import profile_words
from api.words.language import Language
from api.words.reasons import Naming
from api.words.speaker import Speaker
from data.geo.gazetteer import Gazetteer
from data.model.policy import ObjectiveName
from data.model.problem import Problem

SHADES = ("#ffffff", "#dbe7e4", "#a9c9c2", "#63978f", "#1f5f58")
"""From no gain to the highest; distinguishable in print too, since each is darker than the one before."""
DARK_FROM = 3
"""From this shade on, text on it is white."""


@dataclass(frozen=True)
class Shaded:
    """A district on the map: its outline, its label, and its shade (None: not tried)."""

    name: str
    path: str
    label: tuple[float, float]
    minor: bool
    gain: int | None
    colour: str
    dark: bool


@dataclass(frozen=True)
class Row:
    """A row of the list."""

    rank: int
    district: str
    profile: Texts
    companies: int
    gain: int
    levels: tuple[int, ...]
    proved: bool


def hire_section(
    study: HireStudy, problem: Problem, named: Naming, gazetteer: Gazetteer, most: int
) -> Markup:
    """Return a section that lists the `most` best places; the same study gives the same section."""
    changed = [
        name
        for at, name in enumerate(amount.name for amount in study.places[0].hire.resolved.price)
        if any(place.hire.resolved.price[at].value for place in study.places)
    ] if study.places else []  # fmt: skip
    page = TEMPLATES.get_template("hire_section.html.j2").render(
        study=study,
        rows=[_row(rank, place, changed, named) for rank, place in enumerate(study.places[:most], 1)],
        levels=changed,
        **_map(study, problem, gazetteer),
    )
    return Markup(page)


def hire_page(section: Markup, attributions: Sequence[str]) -> str:
    """Return a page with a section and what is to be shown beside its map; it needs no network."""
    return TEMPLATES.get_template("hire.html.j2").render(
        section=section, attributions=attributions, **functions()
    )


def hire_picture(study: HireStudy, problem: Problem, gazetteer: Gazetteer, language: Language) -> bytes:
    """Return the map with its legend as SVG."""
    drawn = TEMPLATES.get_template("hire_picture.svg.j2").render(
        title=Speaker(language).t("hire_gain_title"),
        not_shown=Speaker(language).t("hire_not_told"),
        **_map(study, problem, gazetteer),
    )
    return drawn.encode()


def _map(study: HireStudy, problem: Problem, gazetteer: Gazetteer) -> dict[str, Any]:
    """Return the data for the map: outlines with their gains, the legend, and its size."""
    keys = [each.ags for each in problem.programme.districts]
    drawing = draw_districts(keys, gazetteer)
    gains = {place.hire.district: place.gain for place in study.places}
    highest = max(gains.values(), default=0)
    return {
        "districts": [
            _shaded(outline, gains.get(ags), highest)
            for ags, outline in zip(keys, drawing.districts, strict=True)
        ],
        "legend": _legend(highest),
        "width": drawing.width,
        "height": drawing.height,
        **functions(),
    }


def _shaded(outline: Outline, gain: int | None, highest: int) -> Shaded:
    shade = shade_of(gain or 0, highest)
    return Shaded(
        name=outline.name,
        path=outline.path,
        label=outline.label,
        minor=outline.minor,
        gain=gain,
        colour=SHADES[shade],
        dark=shade >= DARK_FROM,
    )


def _row(rank: int, place: Place, changed: Sequence[ObjectiveName], named: Naming) -> Row:
    resolved = place.hire.resolved
    by_name = {amount.name: amount.value for amount in resolved.price}
    return Row(
        rank=rank,
        district=named(place.hire.district),
        profile=in_each(lambda say: profile_words(place.hire, say.language)),
        companies=len(resolved.gained),
        gain=place.gain,
        levels=tuple(value for name, value in by_name.items() if name in changed),
        proved=resolved.proved,
    )


def shade_of(gain: int, highest: int) -> int:
    """Return the shade of a gain: white for none, and even steps up to the highest gain."""
    if gain <= 0:
        return 0
    steps = len(SHADES) - 1
    return max(1, -(-gain * steps // highest))


def _legend(highest: int) -> list[tuple[str, str]]:
    """Return each shade with the range of gains that it shows."""
    found: dict[int, list[int]] = {}
    for gain in range(highest + 1):
        found.setdefault(shade_of(gain, highest), []).append(gain)
    words = {shade: (min(each), max(each)) for shade, each in found.items()}
    return [
        (SHADES[shade], str(low) if low == high else f"{low}–{high}") for shade, (low, high) in words.items()
    ]
