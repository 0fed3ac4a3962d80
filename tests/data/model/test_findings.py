"""Findings that say the same of many rows are one, which names the first rows and counts the others."""

from data.base.message import message
from data.model.findings import Finding, Severity, listed

EMPTY, FILL_IN = message("empty"), message("fill_in")


def error(row: int, column: str = "id", value: str = "", file: str = "a.csv") -> Finding:
    return Finding(Severity.ERROR, file, row, column, value, EMPTY, FILL_IN)


def repaired(row: int, read: str) -> Finding:
    read_as = message("read_as_text", value=read)
    return Finding(Severity.REPAIRED, "a.csv", row, "postcode", read[1:], message("lost_zero"), read_as)


def test_the_same_in_many_rows_is_one_of_the_first_row() -> None:
    (found,) = listed([error(9, value="c"), error(2, value="a"), error(4, value="b"), error(2, value="a")])
    assert (found.row, found.value, found.rows) == (2, "a", (2, 4, 9))


def test_what_differs_in_place_or_words_stays_apart() -> None:
    nearest = [Finding(Severity.ERROR, "a.csv", row, "buddy", "x", EMPTY, message("did_you_mean", word=word))
               for row, word in ((2, "anna"), (3, "ben"))]  # fmt: skip
    apart = [error(2), error(2, "town"), error(2, file="b.csv"), *nearest]
    assert set(listed(apart)) == set(apart)


def test_values_that_were_read_differently_are_one() -> None:
    (found,) = listed([repaired(3, "06110"), repaired(2, "06108")])
    assert (found.value, found.rows) == ("6108", (2, 3))
