"""The coverage frontier as a table: headings and rows for any page, and for the terminal."""

from collections.abc import Iterator

from rich.table import Table

from api.words.speaker import Speaker
from data.results.frontier import Frontier


def frontier_headings(frontier: Frontier, say: Speaker) -> list[str]:
    """Return the headings of `frontier_rows`."""
    return [
        say.t("curve_more" if frontier.present else "curve_positions"),
        *(
            f"{say.t('curve_served')} %",
            f"{say.t('curve_bound')} %",
            say.t("curve_gap"),
            say.t("curve_marginal"),
        ),
        *(say.t(f"curve_{each}") for each in ("companies", "specialists", "cost", "per_specialist")),
    ]


def frontier_rows(frontier: Frontier, say: Speaker) -> Iterator[list[str]]:
    """Yield one row per point: served and bound in percent of the whole, the gain, and the cost."""
    percent = 100 / max(1, frontier.whole)
    for point in frontier.points:
        each = point.cents_per_specialist
        yield [
            str(point.count),
            say.number(point.served * percent, 1),
            say.number(point.bound * percent, 1),
            say.number(100 * point.gap, 2),
            say.number(point.marginal),
            say.number(point.companies),
            say.number(point.specialists),
            say.number(point.cost_cents / 100_000),
            "–" if each is None else say.number(each / 100),
        ]


def frontier_unit(frontier: Frontier, say: Speaker) -> str:
    """Return the unit that is counted, and its total."""
    weight = say.t(f"curve_weight_{frontier.unit}")
    return say.t("curve_unit", weight=weight, whole=say.number(frontier.whole))


def frontier_table(frontier: Frontier, say: Speaker) -> Table:
    """Return the table for the terminal."""
    table = Table(title=say.t("curve_title"), caption=frontier_unit(frontier, say))
    for name in frontier_headings(frontier, say):
        table.add_column(name, justify="right")
    for row in frontier_rows(frontier, say):
        table.add_row(*row)
    return table
