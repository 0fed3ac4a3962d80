"""The coverage frontier as a table: headings and rows for any page, and the terminal's own."""

from collections.abc import Iterator

from rich.table import Table

from api.frontier_words import FrontierWords, number, words_of
from data.frontier import Frontier


def frontier_headings(frontier: Frontier, words: FrontierWords) -> list[str]:
    """Return the headings of `frontier_rows`."""
    return [
        words.more if frontier.present else words.positions,
        *(f"{words.served} %", f"{words.bound} %", words.gap, words.marginal),
        *(words.companies, words.specialists, words.cost, words.per_specialist),
    ]


def frontier_rows(frontier: Frontier, words: FrontierWords) -> Iterator[list[str]]:
    """Yield one row a point: served and bound in percent of the whole, the gain, and the cost."""
    percent = 100 / max(1, frontier.whole)
    for point in frontier.points:
        each = point.cents_per_specialist
        yield [
            str(point.count),
            number(point.served * percent, words, 1),
            number(point.bound * percent, words, 1),
            number(100 * point.gap, words, 2),
            number(point.marginal, words),
            number(point.companies, words),
            number(point.specialists, words),
            number(point.cost_cents / 100_000, words),
            "–" if each is None else number(each / 100, words),
        ]


def frontier_unit(frontier: Frontier, words: FrontierWords) -> str:
    """Return what is counted, and how much of it there is."""
    return f"{words.weight[frontier.unit]}, 100 % = {number(frontier.whole, words)}"


def frontier_table(frontier: Frontier, english: bool) -> Table:
    """Return the table on the terminal."""
    words = words_of(english)
    table = Table(title=words.title, caption=frontier_unit(frontier, words))
    for name in frontier_headings(frontier, words):
        table.add_column(name, justify="right")
    for row in frontier_rows(frontier, words):
        table.add_row(*row)
    return table
