"""A change's form has only fields that the change has, and it produces a valid change."""

from typing import Annotated, Literal

import pytest
from pydantic import Field, TypeAdapter

from api.http.frame.json_entities import SentChange
from api.pages.desk.studies.change_form import Lists, change_words
from api.pages.desk.studies.change_kinds import KINDS, FormField, How, form_of
from api.words.speaker import Speaker
from data.base.ids import BuddyId
from data.model.policy import Key, Policy
from data.model.problem import Problem
from data.model.vocabulary import LanguageLevel
from data.scenario.change import Change, Fields, Of
from data.scenario.kinds import KINDS as CHANGES

EXAMPLES = {
    How.TEXT: "C",
    How.HOURS: 2400,
    How.EURO: 5_000_000_00,
    How.BUDDY: "anna",
    How.BUDDIES: ["anna"],
    How.COMPANIES: ["baker"],
    How.HOST: "kammer",
    How.HOSTS: ["kammer"],
    How.SECTORS: ["C"],
    How.DISTRICT: "15003",
    How.DISTRICTS: ["15003"],
    How.LANGUAGE: "uk",
    How.LANGUAGES: ["uk"],
    How.OPENING: [[[480, 960]]] * 5 + [[]] * 2,
    How.YES_NO: True,
}


def lists() -> Lists:
    return Lists(
        say=Speaker("de"),
        buddies=[("anna", "Anna Ahorn")],
        companies=[("baker", "Bäckerei Kruste")],
        hosts=[("kammer", "Handwerkskammer")],
        sectors=[("C", "Verarbeitendes Gewerbe")],
        districts=[("15003", "Magdeburg")],
        languages=[("uk", "Ukrainisch")],
    )


def test_every_kind_of_change_has_a_form_with_all_that_it_needs() -> None:
    assert list(KINDS) == list(CHANGES)
    for kind, change in CHANGES.items():
        required = {name for name, field in change.model_fields.items() if field.is_required()}
        assert required - {"fields"} == {asked.name for asked in KINDS[kind] if asked.needed}


def test_a_field_of_a_form_has_the_limits_and_the_default_of_its_type() -> None:
    class Rest(Change):
        kind: Literal["rest"] = "rest"
        buddies: tuple[BuddyId, ...]
        days: Annotated[int, Field(ge=2, le=9)] = 3
        cents_saved: Annotated[int, Field(ge=0), Key("cents", 500_00)] = 0
        level: LanguageLevel = LanguageLevel.B2
        fields: Annotated[Fields, Of(Policy, ("rematch", "promise_min"))]

        def apply(self, problem: Problem) -> Problem:
            return problem

    assert form_of(Rest) == (
        FormField("buddies", How.BUDDIES, needed=True),
        FormField("days", How.COUNT, "3", 2, 9),
        FormField("cents_saved", How.EURO, "0", 0, 500),
        FormField("level", How.WORD, "B2", words=tuple(LanguageLevel)),
        FormField("rematch", How.YES_NO, inside="fields"),
        FormField("promise_min", How.COUNT, most=720, inside="fields"),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_is_filled_in_makes_a_change(kind: str) -> None:
    made: dict[str, object] = {"kind": kind}
    for asked in KINDS[kind]:
        value = EXAMPLES.get(asked.how, asked.words[0] if asked.how is How.WORD else list(asked.words))
        if asked.name == "first_week":
            value = "2027-W02"
        if asked.how is How.COUNT:
            value = asked.least or 1
        if asked.inside:
            made.setdefault(asked.inside, {})[asked.name] = value  # type: ignore[index]
        else:
            made[asked.name] = value
    TypeAdapter(SentChange).validate_python(made)
    told = change_words(lists(), made)
    assert told.startswith(lists().say.t(f"change_{kind}"))
    assert "None" not in told and "[" not in told


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            {"kind": "absence", "buddies": ["anna"], "count": 1, "first_week": "2027-W02", "weeks": 3},
            "Abwesenheit: Job-Buddys Anna Ahorn; Ab Woche 2027-W02; Wochen 3",
        ),
        ({"kind": "budget", "cents_per_year": 123_456_00}, "Budget: Euro im Jahr 123.456"),
        (
            {"kind": "change_buddies", "buddies": ["anna"], "fields": {"week_work_min": 1800}},
            "Job-Buddys geändert: Job-Buddys Anna Ahorn; Wochenstunden 30",
        ),
        (
            {"kind": "policy", "fields": {"rematch": True, "min_gap_days": 3}},
            "Regeln: Neu zuordnen erlaubt ja; min_gap_days 3",
        ),
    ],
)
def test_a_change_is_told_in_words(change: dict[str, object], words: str) -> None:
    assert change_words(lists(), change) == words
