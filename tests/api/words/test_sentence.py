"""Messages as sentences: findings with their place, counts, messages inside messages, and JSON."""

from collections.abc import Iterable

import pytest

from api.words.findings import finding_answer, finding_sentence
from api.words.sentence import has_sentence, sentence
from data.base.message import fields_json, message, message_of
from data.model.findings import ChangeFinding, Finding, Severity
from data.tables.cells import whole
from data.tables.columns import COLUMNS
from tests.api.words.keys import UNITS


def test_every_unit_of_a_column_has_a_word() -> None:
    kinds = [column.kind.says for columns in COLUMNS.values() for column in columns]
    ends = {
        says.rpartition(" ")[2] for says in kinds if says.startswith("whole number") and says[-1].isalpha()
    }
    assert ends and ends <= set(UNITS)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", 'companies.csv row 1204, column priority: "9" is out of range; allowed are 1 to 5'),
        (
            "de",
            "companies.csv Zeile 1204, Spalte priority: "
            "„9“ liegt außerhalb des Erlaubten; erlaubt sind 1 bis 5",
        ),
    ],
)  # fmt: skip
def test_a_finding_is_one_sentence(language: str, said: str) -> None:
    problem, remedy = message("out_of_range"), message("allowed_span", low=1, high=5)
    finding = Finding(Severity.ERROR, "companies.csv", 1204, "priority", "9", problem, remedy)
    assert finding_sentence(finding, language) == said


@pytest.mark.parametrize(
    ("further", "english", "german"),
    [
        ((3,), "(also in row 3)", "(auch in Zeile 3)"),
        ((3, 7), "(also in rows 3, 7)", "(auch in den Zeilen 3, 7)"),
        (range(3, 1203), "(also in rows 3, 4, 5, 6, 7 and 1,195 more)", "und 1.195 weiteren)"),
    ],
)  # fmt: skip
def test_a_finding_in_many_rows_names_the_first_and_counts_the_others(
    further: Iterable[int], english: str, german: str
) -> None:
    parts = (message("empty"), message("fill_in"))
    finding = Finding(Severity.ERROR, "companies.csv", 2, "id", "", *parts, tuple(further))
    assert (
        finding_sentence(finding, "en") == f"companies.csv row 2, column id: is empty; fill it in {english}"
    )
    assert finding_sentence(finding, "de").endswith(german)
    answer = finding_answer(finding)
    assert (answer.row, answer.rows, answer.count) == (2, [2, *further], 1 + len(answer.rows[1:]))


def test_a_line_and_a_change_are_counted_as_such() -> None:
    parts = (message("empty"), message("fill_in"))
    line = Finding(Severity.ERROR, "policy.toml", 3, "promise_min", "", *parts)
    change = ChangeFinding(Severity.ERROR, "winter", 2, "kind", "", *parts)
    assert finding_sentence(line, "de").startswith("policy.toml Zeile 3, promise_min: ")
    assert finding_sentence(change, "de").startswith("winter Änderung 2, kind: ")


@pytest.mark.parametrize(
    ("count", "english", "german"),
    [
        (1, "read as 5, like 1 further cell", "als 5 gelesen, wie 1 weitere Zelle"),
        (1200, "read as 5, like 1,200 further cells", "als 5 gelesen, wie 1.200 weitere Zellen"),
    ],
)
def test_a_count_decides_between_singular_and_plural(count: int, english: str, german: str) -> None:
    said = message("read_as_with_further", value="5", count=count)
    assert (sentence(said, "en"), sentence(said, "de")) == (english, german)


def test_a_message_inside_a_message_is_said_in_the_same_language() -> None:
    with pytest.raises(ValueError, match="out_of_range; allowed_span_of low=1") as wrong:
        whole(1, 600, "minutes").read("900")
    assert sentence(wrong.value.remedy, "de") == "erlaubt sind 1 bis 600 Minuten"  # type: ignore[attr-defined]


def test_a_message_survives_json() -> None:
    said = message("several_places", number=2, places=(message("place_of", name="Halle", district="15002"),))
    assert message_of(said.code, fields_json(said)) == said


def test_a_code_without_a_sentence_is_shown_with_its_fields() -> None:
    unknown = message("no_such_code", row=3)
    assert not has_sentence(unknown, "de") and sentence(unknown, "de") == "no_such_code row=3"
