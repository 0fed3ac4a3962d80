"""The coverage frontier as a picture for black-and-white print."""

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from api.export.plots import SAME_BYTES, plot_bytes
from api.words.language import Language
from api.words.speaker import Speaker
from data.results.frontier import Frontier

SIZE_INCHES = (8.0, 6.2)
DOTS_PER_INCH = 150
FEW = 20
"""Up to this many points, each has a marker."""


def frontier_picture(frontier: Frontier, language: Language, kind: str) -> bytes:
    """Return SVG or PNG: served and bound curves with the gap shaded, and each position's gain below.

    The same frontier gives the same bytes.
    """
    say = Speaker(language)
    with mpl.rc_context(SAME_BYTES | {"font.size": 10}):
        figure = Figure(figsize=SIZE_INCHES, layout="constrained")
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=(2.2, 1))
        _curves(above, frontier, say)
        _gains(below, frontier, say)
        figure.suptitle(say.t("curve_title"), fontsize=13)
        return plot_bytes(figure, kind, DOTS_PER_INCH)


def _curves(axes: Axes, frontier: Frontier, say: Speaker) -> None:
    percent = 100 / max(1, frontier.whole)
    counts = [point.count for point in frontier.points]
    served = [point.served * percent for point in frontier.points]
    bound = [point.bound * percent for point in frontier.points]
    axes.fill_between(counts, served, bound, color="0.75", hatch="///", edgecolor="0.4", linewidth=0)
    axes.plot(counts, bound, color="0.35", linestyle="--", linewidth=1.2, label=say.t("curve_proved"))
    mark = "o" if len(counts) <= FEW else ""
    axes.plot(counts, served, color="black", linewidth=1.8, marker=mark, label=say.t("curve_solved"))
    axes.set_ylim(0, 103)
    axes.set_ylabel(say.t("curve_share"))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{say.number(value)} %"))
    axes.grid(color="0.88", linewidth=0.6)
    axes.legend(loc="lower right", frameon=False)
    axes.spines[["top", "right"]].set_visible(False)


def _gains(axes: Axes, frontier: Frontier, say: Speaker) -> None:
    points = frontier.points[1:]
    axes.bar(
        [point.count for point in points],
        [point.marginal for point in points],
        color="0.6",
        edgecolor="black",
        linewidth=0.5,
    )
    axes.set_ylabel(say.t("curve_marginal"))
    counted = say.t("curve_beside" if frontier.present else "curve_positions")
    axes.set_xlabel(f"{counted}  ({say.t(f'curve_weight_{frontier.unit}')})")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, steps=[1, 2, 5, 10]))
    axes.grid(axis="y", color="0.88", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right"]].set_visible(False)
