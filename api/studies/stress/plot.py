"""Charts of many draws for black-and-white print: a strip per scenario and figure."""

from textwrap import fill
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from api.export.plots import SAME_BYTES, plot_bytes
from api.studies.stress.result import OfScenario, Stress
from api.studies.stress.words import figure_word, name_of
from api.words.language import Language
from api.words.speaker import Speaker

SHOWN = ("served", "broken", "unplanned", "extra_travel_min")
WIDTH_IN, PANEL_IN, STRIP_IN = 7.6, 0.75, 0.38
DOTS_PER_INCH = 160
INK, BOX = "#1a1a1a", "#c8c8c8"
LOOK: Any = {
    **SAME_BYTES, "font.family": "DejaVu Sans", "font.size": 9,
    "axes.spines.top": False, "axes.spines.right": False, "axes.spines.left": False,
}  # fmt: skip


def stress_picture(stress: Stress, language: Language, kind: str) -> bytes:
    """Return the chart as SVG or PNG; the same study gives the same bytes."""
    with mpl.rc_context(LOOK):
        return plot_bytes(_drawn(stress, language), kind, DOTS_PER_INCH)


def _drawn(stress: Stress, language: Language) -> Figure:
    count = len(stress.scenarios)
    height = 0.9 + len(SHOWN) * (PANEL_IN + STRIP_IN * count)
    figure = Figure(figsize=(WIDTH_IN, height), layout="constrained")
    title = Speaker(language).t("stress_picture", draws=stress.draws)
    figure.suptitle(title, x=0.01, ha="left", fontsize=12, weight="bold")
    for axes, shown in zip(figure.subplots(len(SHOWN), 1, squeeze=False)[:, 0], SHOWN, strict=True):
        for row, scenario in enumerate(stress.scenarios):
            _strip(axes, count - 1 - row, scenario, shown)
        names = [fill(name_of(each.name, language), 24) for each in stress.scenarios]
        axes.set_yticks(range(count), names[::-1])
        axes.set_ylim(-0.7, count - 0.3)
        axes.tick_params(axis="y", length=0)
        axes.use_sticky_edges = False
        axes.margins(x=0.04)
        axes.grid(axis="x", color="#e0e0e0", linewidth=0.6)
        axes.set_axisbelow(True)
        axes.set_title(_title(shown, stress, language), loc="left", fontsize=10)
        axes.xaxis.get_major_locator().set_params(integer=True, nbins=8)
    figure.supxlabel(Speaker(language).t("stress_legend"), fontsize=8)
    return figure


def _title(shown: str, stress: Stress, language: Language) -> str:
    wholes = {each.plan.whole for each in stress.scenarios}
    figure = figure_word(shown, language)
    if shown == "served" and len(wholes) == 1:
        return Speaker(language).t("stress_of_whole", figure=figure, whole=wholes.pop())
    return figure


def _strip(axes: Axes, at: int, scenario: OfScenario, shown: str) -> None:
    spread = next(each for each in scenario.spreads if each.figure == shown)
    low, lower, middle, upper, high = (each.value for each in spread.percentiles)
    axes.plot([low, high], [at, at], color=INK, linewidth=1.2, solid_capstyle="butt", zorder=2)
    axes.barh(at, upper - lower, left=lower, height=0.5, color=BOX, edgecolor=INK, linewidth=0.8, zorder=3)
    axes.plot([middle, middle], [at - 0.25, at + 0.25], color=INK, linewidth=2.2, zorder=4)
    axes.annotate(
        f"{middle}", (middle, at + 0.27), ha="center", va="bottom", fontsize=7.5, color=INK, zorder=5
    )
    planned = getattr(scenario.plan, shown)
    axes.plot([planned], [at], marker="D", markersize=5, color="white", markeredgecolor=INK, zorder=6)
