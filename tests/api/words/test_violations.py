"""What a judge finds is said in the language of who reads, with every field that its sentence names."""

import ast
from collections.abc import Iterator

import pytest

from api.words.catalogue import languages
from api.words.sentence import sentence
from data.base.message import message
from data.base.status import violation
from data.base.stored_message import message_text, read_message
from tests.api.words.test_catalogue import fields, forms
from tests.folders import ROOT

FOUND = violation("max_work_min", "anna 2026-W48 days[0]", "judged_work", work_min=360, most=359)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", "anna 2026-W48 days[0]: 360 min Arbeit; erlaubt sind höchstens 359 min (max_work_min)"),
        ("en", "anna 2026-W48 days[0]: 360 min of work; 359 min are the most (max_work_min)"),
    ],
)
def test_it_says_where_what_and_which_rule(language: str, said: str) -> None:
    assert sentence(FOUND.told, language) == said


def test_a_field_that_is_a_word_is_said_too() -> None:
    of = message("measured_companies")
    found = violation("caseload", "anna", "judged_caseload", used=3, of=of, most=2)
    assert sentence(found.said, "de") == "3 Betriebe, höchstens 2"
    assert sentence(found.said, "en") == "3 companies, at most 2"
    wrong = violation("kept", "c1 anna", "judged_recomputed", stated=False, right=True)
    assert sentence(wrong.said, "de") == "angegeben ist nein, nachgerechnet ja"


def test_a_stored_refusal_says_its_first_broken_rule() -> None:
    refused = message("result_breaks_rules", count=1, first=FOUND.told)
    assert (kept := read_message(message_text(refused))) is not None
    assert sentence(kept, "de").endswith(f"nicht gespeichert: {sentence(FOUND.told, 'de')}")
    assert sentence(kept, "en").endswith(f"so it was not kept: {sentence(FOUND.told, 'en')}")


def _made() -> Iterator[tuple[str, str, set[str]]]:
    """Each violation within the code: where it is made, its code, and the fields that may be given."""
    for package in ("matching", "scheduling"):
        for path in (ROOT / package).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
                kept = {
                    key for node in ast.walk(function) if isinstance(node, ast.Dict) for key in _keys(node)
                }
                for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
                    if isinstance(call.func, ast.Name) and call.func.id == "violation":
                        given = {each.arg for each in call.keywords if each.arg}
                        shared = kept if any(each.arg is None for each in call.keywords) else set()
                        for code in _codes(call.args[2]):
                            yield f"{path.name} {call.lineno}", code, given | shared


def _keys(node: ast.Dict) -> Iterator[str]:
    yield from (
        key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
    )


def _codes(node: ast.expr) -> Iterator[str]:
    found = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    yield from (value for value in found if isinstance(value, str) and value.startswith("judged_"))


@pytest.mark.parametrize("language", languages())
def test_a_sentence_names_no_field_that_its_violation_lacks(language: str) -> None:
    texts, made = forms(language), list(_made())
    assert len({code for _, code, _ in made}) > 80
    wrong = {
        (where, code) for where, code, given in made for form in texts[code] if not fields(form) <= given
    }
    assert wrong == set()
