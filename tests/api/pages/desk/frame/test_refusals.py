"""A refusal is shown in words, found by the kind of problem and never by a part of its sentence."""

from api.http.frame.errors import Problem, problem_type
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.refusals import refusal_words
from api.words.speaker import Speaker
from tests.api.http.frame.test_problems import causes, classes
from tests.api.words.test_catalogue import forms


def refused(status: int, kind: str, detail: str, **fields: str) -> str:
    problem = Problem(type=problem_type(kind), title="", status=status, detail=detail, fields=fields)
    return refusal_words(Refused(problem), Speaker("de"))


def test_every_cause_has_words() -> None:
    assert causes().keys() <= forms("de").keys()


def test_no_kind_of_problem_is_taken_for_a_finding() -> None:
    own_words = forms("de").keys() - causes().keys()
    assert own_words.isdisjoint(classes())
    assert refused(404, "not_there", "there is no such plan").startswith("Das gibt es nicht oder nicht mehr")


def test_an_answer_without_a_type_has_the_words_of_its_status() -> None:
    untyped = Problem(type="about:blank", title="", status=500, detail="")
    assert refusal_words(Refused(untyped), Speaker("de")).startswith("Das hat nicht geklappt")


def test_a_cause_has_its_own_words() -> None:
    assert refused(422, "fixed_time", "any sentence", visit="a1").startswith("Das ist ein Termin mit fester")


def test_a_sentence_alone_is_no_cause() -> None:
    assert refused(422, "wrong_input", "it is an appointment of a fixed time").startswith("Eine Angabe fehlt")
    assert refused(500, "unexpected", "").startswith("Das hat nicht geklappt")


def test_what_was_entered_wrong_is_said_exactly() -> None:
    problem = Problem(
        type=problem_type("wrong_input"),
        title="",
        status=422,
        detail="a password has 12 to 200 signs",
        code="password_too_short_or_long",
        fields={"shortest": 12, "longest": 200},
    )
    assert refusal_words(Refused(problem), Speaker("de")) == "Ein Passwort hat 12 bis 200 Zeichen."
