"""Explanations read as sentences in both languages, with names and figures."""

import pytest

from api.words.changes import change_words
from api.words.explanations import (
    clash_words,
    gap_words,
    helper_words,
    hire_words,
    keeping_words,
    pair_words,
    relation_words,
    remedy_words,
)
from api.words.levels import price_words
from api.words.speaker import Speaker
from data.base.status import ReasonCode
from data.model.policy import ObjectiveName
from data.model.relation import Pin
from data.results.change import Change, ChangeKind
from data.results.explanation import (
    Alternative,
    Amount,
    CaseloadLimit,
    Clash,
    Continuity,
    Resolved,
    WhyNobody,
    WhyThisBuddy,
)
from data.results.reason import Reason
from tests.api.runs import EXPLAINED

GERMAN, ENGLISH = Speaker("de"), Speaker("en")
NAMES = {"anna": "Anna Ahorn", "ben": "Ben Birke", "garage": "Garage e. K.", "15090": "Stendal"}


def named(key: str) -> str:
    return NAMES.get(key, key)


@pytest.mark.parametrize(
    ("change", "german", "english"),
    [
        (
            (ChangeKind.PLACES, "anna", "19", "20"),
            "Anna Ahorn: 20 statt 19 Betriebe",
            "Anna Ahorn: 20 companies instead of 19",
        ),
        (
            (ChangeKind.CARE_MIN, "anna", "100", "125"),
            "Anna Ahorn: 25 min mehr Betreuung in vier Wochen (125 statt 100)",
            "Anna Ahorn: 25 more minutes of care in four weeks (125 instead of 100)",
        ),
        (
            (ChangeKind.LANGUAGE, "anna", "ar:A2", "ar:B1"),
            "Anna Ahorn: Arabisch B1 statt Arabisch A2",
            "Anna Ahorn: Arabic B1 instead of Arabic A2",
        ),
        (
            (ChangeKind.LANGUAGE, "anna", "", "ar:B1"),
            "Anna Ahorn: Arabisch B1 statt gar nicht",
            "Anna Ahorn: Arabic B1 instead of none at all",
        ),
        (
            (ChangeKind.DISTRICT, "anna", "", "15090"),
            "Anna Ahorn: auch für Stendal zuständig",
            "Anna Ahorn: in charge of Stendal too",
        ),
        ((ChangeKind.PIN, "anna", "", "garage"), "auf Anna Ahorn festlegen", "pin it to Anna Ahorn"),
    ],
)
def test_changes_in_words(change: tuple[ChangeKind, str, str, str], german: str, english: str) -> None:
    kind, who, before, after = change
    made = Change(kind=kind, who=who, before=before, after=after)
    assert (change_words(made, named, GERMAN), change_words(made, named, ENGLISH)) == (german, english)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "de",
            "Auf Anna Ahorn festlegen: Dann betreut Anna Ahorn den Betrieb; "
            "ohne Buddy wäre dann: Garage e. K.",
        ),
        ("en", "Pin it to Anna Ahorn: then Anna Ahorn looks after it; left without a buddy: Garage e. K."),
    ],
)  # fmt: skip
def test_a_remedy_says_who_serves_then_and_who_loses(language: str, said: str) -> None:
    assert remedy_words(EXPLAINED.gaps[0].remedies[0], named, language) == said


def test_a_remedy_that_only_swaps_who_is_left_out_is_told_as_that() -> None:
    serves = EXPLAINED.gaps[0].remedies[0]
    swaps = serves.replace(resolved=serves.resolved.replace(price=()))
    assert remedy_words(swaps, named, "en").endswith("Garage e. K. This only swaps who is left out.")
    alone = serves.replace(resolved=serves.resolved.replace(price=(), displaced=()))
    assert "swaps" not in remedy_words(alone, named, "en")


def test_an_id_keeps_its_case_at_the_start_of_a_sentence() -> None:
    more = Change(kind=ChangeKind.PLACES, who="b7", before="5", after="6")
    remedy = EXPLAINED.gaps[0].remedies[0].replace(changes=(more,))
    assert remedy_words(remedy, named, "en").startswith("b7: ")
    assert remedy_words(remedy, named, "de").startswith("b7: ")


def test_where_no_change_helps_that_is_said() -> None:
    why = WhyNobody(company="c", reason=Reason(code=ReasonCode.CASELOAD_FULL, buddies=2), remedies=())
    assert gap_words(why, named, "de")[-1] == "Keine einzelne Änderung hilft."
    assert gap_words(why, named, "en")[-1] == "No single change helps."


def test_prices_leave_out_what_stays_and_write_numbers_as_people_do() -> None:
    price = (
        Amount(name=ObjectiveName.UNSERVED, value=0),
        Amount(name=ObjectiveName.TRAVEL_MIN, value=1200),
        Amount(name=ObjectiveName.WITHOUT_LANGUAGE, value=-3),
    )
    assert price_words(price, GERMAN) == (
        "Erwartete Fahrt, min in vier Wochen +1.200; Fachkräfte ohne gemeinsame Sprache −3"
    )
    assert price_words(price, ENGLISH) == (
        "Expected travel, min in four weeks +1,200; Specialists without a common language −3"
    )
    assert (price_words((), GERMAN), price_words((), ENGLISH)) == ("nichts", "nothing")


def pair(runner_up: Alternative | None, **fields: bool) -> WhyThisBuddy:
    given = {"kept": False, "pinned": False} | fields
    worth = (Amount(name=ObjectiveName.UNSERVED, value=-3),)
    return WhyThisBuddy(
        company="garage", buddy="anna", worth=worth, runner_up=runner_up, tried=2, eligible=2, **given
    )


def test_a_pair_tells_its_worth_and_the_price_of_the_runner_up() -> None:
    price = (Amount(name=ObjectiveName.WITHOUT_LANGUAGE, value=1),)
    other = Alternative(buddy="ben", resolved=Resolved(price=price, proved=True))
    assert pair_words(pair(other, kept=True), named, "en") == [
        "Anna Ahorn looks after Garage e. K. (kept). The pair changes: "
        "Companies without a buddy, weighted −3.",
        "Next best of 2 tried is Ben Birke; forcing that would cost: "
        "Specialists without a common language +1.",
    ]
    assert pair_words(pair(None), named, "de") == [
        "Anna Ahorn betreut Garage e. K. Das Paar ändert: Betriebe ohne Buddy, gewichtet −3.",
        "Niemand sonst darf es, oder könnte es in allen Grenzen.",
    ]


def test_who_changes_and_what_keeping_everybody_would_cost() -> None:
    continuity = EXPLAINED.continuity
    assert relation_words(continuity.changes[0], named, "de") == (
        "nursery: Anna Ahorn → Ben Birke. Der Wechsel verbessert ein Ziel."
    )
    assert relation_words(continuity.changes[0].replace(after=None), named, "en") == (
        "nursery: Anna Ahorn → nobody. The change improves an objective."
    )
    assert keeping_words(continuity, "en") == (
        "Changing nobody would cost: Expected travel, min in four weeks +1,200."
    )
    assert keeping_words(Continuity(), "de") == ""
    assert keeping_words(Continuity(price=None), "en") == "Changing nobody is not possible within all limits."


def test_where_one_more_helps() -> None:
    assert hire_words(EXPLAINED.hires[0], named, "de") == (
        "Stendal (Branche C24, Vietnamesisch): 1 Betrieb mehr versorgt. Betriebe ohne Buddy, gewichtet −5."
    )
    assert hire_words(EXPLAINED.hires[0].replace(sectors=(), languages=()), named, "en") == (
        "Stendal: 1 more company served. Companies without a buddy, weighted −5."
    )


def test_who_could_help_with_the_language() -> None:
    proposal = EXPLAINED.helpers[0]
    assert helper_words(proposal, named, "de") == (
        "Garage e. K.: Anna Ahorn spricht Arabisch mit 2 Fachkräften, 60 min entfernt."
    )
    assert helper_words(proposal.replace(specialists=1), named, "en") == (
        "Garage e. K.: Anna Ahorn speaks Arabic with 1 specialist, 60 min away."
    )


def test_a_clash_names_pins_and_limits() -> None:
    clash = Clash(
        pins=(Pin(buddy="anna", company="garage"),),
        limits=(CaseloadLimit(buddy="anna", what="companies", at_most=0),),
        max_changed_relations=2,
    )
    assert clash_words(clash, named, "en") == (
        "This cannot all hold, though without any one of it the rest can: Garage e. K. pinned to Anna Ahorn; "
        "Anna Ahorn at most 0 companies; at most 2 relations change."
    )
    assert "höchstens 2 Zuständigkeiten wechseln" in clash_words(clash, named, "de")
