"""A change's form has only fields that the change has, and it produces a valid change."""

import pytest
from pydantic import TypeAdapter

from api.http.frame.json_entities import SentChange
from api.pages.desk.studies.change_form import Lists, change_words
from api.pages.desk.studies.change_kinds import KINDS, How
from api.words.speaker import Speaker
from data.base.entity import Entity
from data.model.policy import Policy
from data.model.problem import Buddy, Company
from data.scenario import kinds as scenario

MODELS = {
    model.model_fields["kind"].default: model
    for model in vars(scenario).values()
    if isinstance(model, type) and issubclass(model, Entity) and "kind" in model.model_fields
}
INSIDE: dict[str, type[Entity]] = {
    "add_buddies": Buddy,
    "change_buddies": Buddy,
    "change_companies": Company,
    "policy": Policy,
}
EXAMPLES = {
    How.TEXT: "C",
    How.COUNT: 1,
    How.HOURS: 2400,
    How.EURO: 5_000_000_00,
    How.WEEK: "2027-W02",
    How.BUDDY: "anna",
    How.BUDDIES: ["anna"],
    How.COMPANIES: ["baker"],
    How.HOST: "kammer",
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
        districts=[("15003", "Magdeburg")],
        languages=[("uk", "Ukrainisch")],
    )


def test_every_kind_of_change_has_a_form() -> None:
    assert KINDS.keys() == MODELS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_that_is_filled_in_makes_a_change(kind: str) -> None:
    made: dict[str, object] = {"kind": kind}
    for asked in KINDS[kind]:
        value = EXAMPLES.get(asked.how, asked.words[0] if asked.how is How.WORD else list(asked.words))
        if asked.inside:
            assert asked.name in INSIDE[kind].model_fields
            made.setdefault(asked.inside, {})[asked.name] = value  # type: ignore[index]
        else:
            assert asked.name in MODELS[kind].model_fields
            made[asked.name] = value
    TypeAdapter(SentChange).validate_python(made)
    told = change_words(lists(), made)
    assert told.startswith(lists().say.t(f"change_{kind}"))
    assert "None" not in told and "[" not in told


def test_what_a_change_must_have_is_needed_in_its_form() -> None:
    for kind, model in MODELS.items():
        required = {name for name, field in model.model_fields.items() if field.is_required()}
        needed = {asked.name for asked in KINDS[kind] if asked.needed and not asked.inside}
        assert required - {"fields"} <= needed, kind


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
