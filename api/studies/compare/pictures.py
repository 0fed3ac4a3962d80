"""Charts of a comparison for print: black and white, labelled next to the data.

The same comparison gives the same bytes, so nothing here depends on the date. Scenarios differ by position,
marker and hatch, never by colour alone; a whisker goes from a value to its bound.
"""

from collections.abc import Callable, Sequence
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure as Drawing

from api.export.all_languages import ReportSpeaker
from api.export.plots import SAME_BYTES, plot_bytes
from api.studies.compare.comparison import Comparison
from api.studies.compare.tables import part_name
from api.studies.compare.words import bounded, label, name_of, written
from api.studies.outcome.outcome import Better, FigureName, ScenarioOutcome
from api.words.language import Language
from api.words.reasons import Naming
from api.words.speaker import Speaker

STYLE: Any = {
    **SAME_BYTES,
    "font.family": "DejaVu Sans",
    "font.size": 10.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "hatch.linewidth": 0.7,
}
HATCHES = ("", "///", "---", "xxx", "\\\\\\", "++", "|||")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
GREYS = ("#9a9a9a", "#ffffff", "#d0d0d0", "#ffffff", "#b5b5b5", "#ffffff", "#e4e4e4")
WIDTH_INCHES, ROW_INCHES, DISTRICT_INCHES = 7.6, 0.55, 0.36
WRAP_AT = 24
PNG_DPI = 200


def pictures(comparison: Comparison, named: Naming, language: Language, kind: str) -> dict[str, bytes]:
    """Return the pictures by name, as SVG or PNG: coverage, districts, caseload and travel."""
    drawn: dict[str, Callable[[], Drawing]] = {
        "coverage": lambda: _coverage(comparison.outcomes, language),
        "districts": lambda: _districts(comparison.outcomes, named, language),
        "caseload": lambda: _caseload(comparison.outcomes, language),
        "travel": lambda: _travel(comparison.outcomes, language),
    }
    with mpl.rc_context(STYLE):
        return {name: plot_bytes(draw(), kind, PNG_DPI) for name, draw in drawn.items()}


def _drawing(height: float, panels: int = 1) -> tuple[Drawing, list[Axes]]:
    drawing = Drawing(figsize=(WIDTH_INCHES, height), layout="constrained")
    FigureCanvasAgg(drawing)
    return drawing, [drawing.add_subplot(panels, 1, at + 1) for at in range(panels)]


def _bars(
    axes: Axes,
    outcomes: Sequence[ScenarioOutcome],
    values: Sequence[float],
    bounds: Sequence[float | None],
    words: Sequence[str],
    language: Language,
) -> None:
    """Draw a bar for each outcome, with a whisker to the bound and its text to the right of both."""
    for at, value in enumerate(values):
        axes.barh(
            at, value, height=0.62, color=GREYS[at % len(GREYS)], hatch=HATCHES[at % len(HATCHES)],
            edgecolor="black", linewidth=0.8,
        )  # fmt: skip
        bound = bounds[at]
        if bound is not None and bound != value:
            low, high = sorted((value, bound))
            axes.plot([low, high], [at, at], color="white", linewidth=3.4, solid_capstyle="butt")
            axes.plot([low, high], [at, at], color="black", linewidth=1.4)
            axes.plot([bound], [at], marker="|", color="black", markersize=11, markeredgewidth=1.8)
        end = max(value, bound or 0)
        axes.annotate(words[at], (end, at), xytext=(7, 0), textcoords="offset points", va="center")
    axes.set_yticks(range(len(outcomes)), [_wrapped(name_of(each, language)) for each in outcomes])
    axes.set_ylim(len(outcomes) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, 1.6 * max((*values, *(each or 0 for each in bounds), 1e-9)))


def _coverage(outcomes: Sequence[ScenarioOutcome], language: Language) -> Drawing:
    drawing, (axes,) = _drawing(1.0 + ROW_INCHES * len(outcomes))
    figures = [each.figure[FigureName.COVERAGE] for each in outcomes]
    wholes = [figure.whole or 1 for figure in figures]
    values = [100 * figure.value / whole for figure, whole in zip(figures, wholes, strict=True)]
    bounds = [
        None if figure.bound is None else 100 * figure.bound / whole
        for figure, whole in zip(figures, wholes, strict=True)
    ]
    words, say = [], ReportSpeaker(language)
    for figure, whole in zip(figures, wholes, strict=True):
        said = say.share(figure.value, whole)
        if figure.bound not in (None, figure.value):
            said = bounded(said, say.share(figure.bound or 0, whole), Better.MORE, language)
        words.append(said)
    _bars(axes, outcomes, values, bounds, words, language)
    axes.set_xticks(range(0, 101, 20))
    axes.spines["bottom"].set_bounds(0, 100)
    axes.set_xlabel("%")
    title = Speaker(language).t("drawn_to_bound", figure=label(FigureName.COVERAGE, language))
    axes.set_title(title, loc="left", fontweight="bold")
    return drawing


def _districts(outcomes: Sequence[ScenarioOutcome], named: Naming, language: Language) -> Drawing:
    """Draw one line per district and one marker per outcome; the line joins a district's markers."""
    keys = sorted({part.key for each in outcomes for part in each.districts}, key=lambda key: (not key, key))
    drawing, (axes,) = _drawing(1.5 + DISTRICT_INCHES * len(keys) + 0.2 * len(outcomes))
    shares = []
    for at, outcome in enumerate(outcomes):
        parts = {part.key: part for part in outcome.districts if part.whole}
        rows = [row for row, key in enumerate(keys) if key in parts]
        values = [100 * parts[keys[row]].coverage / parts[keys[row]].whole for row in rows]
        shares.append(dict(zip(rows, values, strict=True)))
        lift = (at - (len(outcomes) - 1) / 2) * 0.5 / max(1, len(outcomes) - 1)
        axes.plot(
            values, [row + lift for row in rows], linestyle="none", marker=MARKERS[at % len(MARKERS)],
            markerfacecolor="black" if at == 0 else "white", markeredgecolor="black", markersize=6.5,
            label=name_of(outcome, language), clip_on=False, zorder=3,
        )  # fmt: skip
    for row in range(len(keys)):
        axes.axhline(row, color="#c8c8c8", linewidth=0.6, zorder=1)
    axes.set_yticks(range(len(keys)), [part_name("districts", key, named, language) for key in keys])
    axes.set_ylim(len(keys) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    least = min((value for each in shares for value in each.values()), default=0.0)
    axes.set_xlim(max(0, 5 * int((least - 2) // 5)), 100.6)
    axes.set_xlabel("%")
    axes.set_title(Speaker(language).t("compare_districts"), loc="left", fontweight="bold")
    drawing.legend(loc="outside lower left", frameon=False, ncols=1 if len(outcomes) > 3 else len(outcomes))
    return drawing


def _caseload(outcomes: Sequence[ScenarioOutcome], language: Language) -> Drawing:
    """Draw a tick for each buddy, a line from minimum to maximum, and a block at the median."""
    drawing, (axes,) = _drawing(1.1 + (ROW_INCHES + 0.1) * len(outcomes))
    for at, outcome in enumerate(outcomes):
        hours = sorted(load.care_min / 60 for load in outcome.loads if not load.absent) or [0.0]
        axes.plot(hours, [at] * len(hours), "|", color="black", markersize=13, markeredgewidth=0.9)
        axes.plot([hours[0], hours[-1]], [at, at], color="black", linewidth=0.9)
        middle = hours[(len(hours) - 1) // 2]
        axes.plot([middle], [at], "D", color="white", markeredgecolor="black", markersize=8, zorder=3)
        for value, lift in ((hours[0], -11), (middle, -16), (hours[-1], -11)):
            axes.annotate(
                ReportSpeaker(language).number(value), (value, at), xytext=(0, lift),
                textcoords="offset points", ha="center", va="top", fontsize=8.5,
            )  # fmt: skip
    axes.set_yticks(range(len(outcomes)), [_wrapped(name_of(each, language)) for each in outcomes])
    axes.set_ylim(len(outcomes) - 0.3, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(left=min(0, axes.get_xlim()[0]))
    axes.set_xlabel(Speaker(language).t("drawn_care_hours"))
    axes.set_title(Speaker(language).t("drawn_caseload"), loc="left", fontweight="bold")
    return drawing


def _travel(outcomes: Sequence[ScenarioOutcome], language: Language) -> Drawing:
    names = [FigureName.EXPECTED_TRAVEL_MIN, FigureName.ROUTED_TRAVEL_MIN]
    shown = [name for name in names if all(name in each.figure for each in outcomes)]
    drawing, panels = _drawing(0.5 + (0.75 + ROW_INCHES * len(outcomes)) * len(shown), len(shown))
    for name, axes in zip(shown, panels, strict=True):
        figures = [each.figure[name] for each in outcomes]
        words = []
        for figure in figures:
            said = f"{written(name, figure.value, language)} h"
            if figure.bound not in (None, figure.value):
                bound = f"{written(name, figure.bound or 0, language)} h"
                said = bounded(said, bound, Better.LESS, language)
            words.append(said)
        bounds = [None if figure.bound is None else figure.bound / 60 for figure in figures]
        _bars(axes, outcomes, [figure.value / 60 for figure in figures], bounds, words, language)
        axes.set_title(label(name, language), loc="left", fontweight="bold")
    return drawing


def _wrapped(name: str) -> str:
    """Break a name into lines between words."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + len(word) >= WRAP_AT:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)
