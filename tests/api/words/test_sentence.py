"""Every code has its sentence in every language, with the same fields; no catalogue has a code too many."""

import ast
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from api.words import sentence as words
from api.words.findings import finding_sentence
from api.words.sentence import fields_json, languages, message_of, sentence
from data.base.message import message
from data.model.findings import ChangeFinding, Counted, Finding, Severity
from data.model.policy import Policy
from data.model.wrong_field import KINDS, LIMITS
from data.positions.file import POSITIONS
from data.tables.cells import whole
from data.tables.columns import COLUMNS
from data.tables.policy_file import meaning_of
from tests.folders import ROOT

UNITS = ("hours", "degrees", "minutes", "days", "weeks", "metres")
BUILT = {*(f"unit_{unit}" for unit in UNITS), *(f"at_{counted}" for counted in Counted)}
BUILT |= {*KINDS.values(), *(code for code, _ in LIMITS.values()), "another_value"}
BUILT |= {column.meaning.code for columns in (*COLUMNS.values(), POSITIONS) for column in columns}
BUILT |= {meaning_of(key).code for key in Policy.model_fields}
BUILT |= {"field_missing", "field_level_twice"}
"""Codes that are put together where they are used."""


def codes_used() -> set[str]:
    """Every text constant within the first argument of a call of `message`."""
    found = set(BUILT)
    for package in ("data", "matching", "scheduling", "api"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "message":
                    found |= constants(node.args[0])
    chosen = {"at_column", "at_key", "same_id", "id_differs_in_case", "before_other", "less_than_other"}
    return found | chosen


def constants(node: ast.expr) -> set[str]:
    match node:
        case ast.Constant(value=str(code)):
            return {code}
        case ast.IfExp(body=body, orelse=other):
            return constants(body) | constants(other)
        case _:
            return set()


def patterns(language: str) -> dict[str, tuple[str, ...]]:
    """All forms of each code's sentence."""
    with (words.FOLDER / f"{language}.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale=language) if entry.id]
    return {
        entry.id if isinstance(entry.id, str) else entry.id[0]: (entry.string,)
        if isinstance(entry.string, str)
        else tuple(entry.string)
        for entry in entries
    }


def named(pattern: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(pattern) if field is not None}


@pytest.mark.parametrize("language", languages())
def test_each_code_that_is_used_has_its_sentence_and_no_other_is_there(language: str) -> None:
    known = patterns(language)
    assert sorted(known) == sorted(codes_used())
    assert all(form for forms in known.values() for form in forms)


@pytest.mark.parametrize("language", languages())
def test_a_sentence_names_the_fields_that_the_english_one_names(language: str) -> None:
    for code, forms in patterns(language).items():
        wanted = named(patterns("en")[code][-1])
        assert all(named(form) == wanted for form in forms), code


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


def test_a_line_and_a_change_are_counted_as_such() -> None:
    parts = (message("empty"), message("fill_in"))
    line = Finding(Severity.ERROR, "policy.toml", 3, "promise_min", "", *parts)
    change = ChangeFinding(Severity.ERROR, "winter", 2, "kind", "", *parts)
    assert finding_sentence(line, "de").startswith("policy.toml Zeile 3, promise_min: ")
    assert finding_sentence(change, "de").startswith("winter Änderung 2, kind: ")


@pytest.mark.parametrize(
    ("count", "english", "german"),
    [
        (1, "kammer has 1 buddy", "kammer hat 1 Job-Buddy"),
        (1200, "kammer has 1,200 buddies", "kammer hat 1.200 Job-Buddys"),
    ],
)
def test_a_count_decides_between_singular_and_plural(count: int, english: str, german: str) -> None:
    said = message("host_has", host="kammer", count=count)
    assert (sentence(said, "en"), sentence(said, "de")) == (english, german)


def test_a_message_inside_a_message_is_said_in_the_same_language() -> None:
    with pytest.raises(ValueError, match="out_of_range; allowed_span_of low=1") as wrong:
        whole(1, 600, "minutes").read("900")
    assert sentence(wrong.value.remedy, "de") == "erlaubt sind 1 bis 600 Minuten"  # type: ignore[attr-defined]


def test_a_message_survives_json() -> None:
    said = message("several_places", number=2, places=(message("place_of", name="Halle", district="15002"),))
    assert message_of(said.code, fields_json(said)) == said


def test_one_more_language_is_one_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pseudo-language: each English sentence in brackets, so that text from elsewhere would show."""
    text = (words.FOLDER / "en.po").read_text(encoding="utf-8").replace("Language: en", "Language: fr")
    head, _, body = text.partition('\n\nmsgid "')
    lines = [
        f'{line.split(" ", 1)[0]} "[{line.split(" ", 1)[1][1:-1]}]"' if line.startswith("msgstr") else line
        for line in f'msgid "{body}'.splitlines()
    ]
    (tmp_path / "fr.po").write_text(head + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    monkeypatch.setattr(words, "FOLDER", tmp_path)
    words.catalogue.cache_clear()
    assert languages() == ("fr",)
    assert sentence(message("either", first="a", other=message("fill_in")), "fr") == "[a or [fill it in]]"
    words.catalogue.cache_clear()
