"""The coverage frontier as a table on the terminal."""

from rich.table import Table

from api.frontier_words import number, words_of
from data.frontier import Frontier


def frontier_table(frontier: Frontier, english: bool) -> Table:
    """Return one row a point: served and bound in percent of the whole, the gain, and the cost."""
    words = words_of(english)
    caption = f"{words.weight[frontier.unit]}, 100 % = {number(frontier.whole, words)}"
    table = Table(title=words.title, caption=caption)
    for name in (
        words.more if frontier.present else words.positions,
        *(f"{words.served} %", f"{words.bound} %", words.gap, words.marginal),
        *(words.companies, words.specialists, words.cost, words.per_specialist),
    ):
        table.add_column(name, justify="right")
    percent = 100 / max(1, frontier.whole)
    for point in frontier.points:
        each = point.cents_per_specialist
        table.add_row(
            str(point.count),
            number(point.served * percent, words, 1),
            number(point.bound * percent, words, 1),
            number(100 * point.gap, words, 2),
            number(point.marginal, words),
            number(point.companies, words),
            number(point.specialists, words),
            number(point.cost_cents / 100_000, words),
            "–" if each is None else number(each / 100, words),
        )
    return table
