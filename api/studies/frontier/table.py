"""The coverage frontier as a table: headings and rows for any page, and for the terminal."""

from collections.abc import Iterator

from rich.table import Table

from api.studies.frontier.words import FrontierWords, words_of
from api.words.numbers import written_number
from data.results.frontier import Frontier


def frontier_headings(frontier: Frontier, words: FrontierWords) -> list[str]:
    """Return the headings of `frontier_rows`."""
    return [
        words.more if frontier.present else words.positions,
        *(f"{words.served} %", f"{words.bound} %", words.gap, words.marginal),
        *(words.companies, words.specialists, words.cost, words.per_specialist),
    ]


def frontier_rows(frontier: Frontier, words: FrontierWords) -> Iterator[list[str]]:
    """Yield one row per point: served and bound in percent of the whole, the gain, and the cost."""
    percent = 100 / max(1, frontier.whole)
    for point in frontier.points:
        each = point.cents_per_specialist
        yield [
            str(point.count),
            written_number(point.served * percent, words.language, 1),
            written_number(point.bound * percent, words.language, 1),
            written_number(100 * point.gap, words.language, 2),
            written_number(point.marginal, words.language),
            written_number(point.companies, words.language),
            written_number(point.specialists, words.language),
            written_number(point.cost_cents / 100_000, words.language),
            "–" if each is None else written_number(each / 100, words.language),
        ]


def frontier_unit(frontier: Frontier, words: FrontierWords) -> str:
    """Return the unit that is counted, and its total."""
    return f"{words.weight[frontier.unit]}, 100 % = {written_number(frontier.whole, words.language)}"


def frontier_table(frontier: Frontier, english: bool) -> Table:
    """Return the table for the terminal."""
    words = words_of(english)
    table = Table(title=words.title, caption=frontier_unit(frontier, words))
    for name in frontier_headings(frontier, words):
        table.add_column(name, justify="right")
    for row in frontier_rows(frontier, words):
        table.add_row(*row)
    return table
