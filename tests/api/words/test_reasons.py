"""Every reason has its sentence in every language, with its fields where it has any."""

import pytest

from api.words.catalogue import languages
from api.words.reasons import FORMS, reason_words
from data.base.status import ReasonCode
from data.results.reason import ExcludedBuddies, Reason, VisitReason
from tests.builders import speaks

NAMES = {"anna": "Anna Ahorn", "firm": "Firma e. K.", "15003": "Magdeburg", "15090": "Stendal"}


def named(key: str) -> str:
    return NAMES.get(key, key)


WITH_FIELDS: list[tuple[Reason | VisitReason, str]] = [
    (
        Reason(code=ReasonCode.TOO_FAR, one_way_min=92, max_one_way_min=75),
        "92 min einfache Fahrt, erlaubt sind 75.",
    ),
    (Reason(code=ReasonCode.TOO_FAR, one_way_min=92), "Zu weit entfernt."),
    (
        Reason(code=ReasonCode.MANDATE_REGION, district="15090", mandate_districts=("15003", "15090")),
        "Kreis Stendal, zuständig für Magdeburg, Stendal.",
    ),
    (
        Reason(code=ReasonCode.MANDATE_SECTOR, sectors=("Q", "care"), mandate_sectors=("C", "F")),
        "Branche Q care, zuständig für C F.",
    ),
    (Reason(code=ReasonCode.KEPT_RELATION, holder="anna"), "Der Betrieb bleibt bei Anna Ahorn."),
    (Reason(code=ReasonCode.KEPT_RELATION, holder=""), "Der Betrieb bleibt bei seinem jetzigen Buddy."),
    (
        Reason(code=ReasonCode.NO_COMMON_LANGUAGE, spoken=speaks(ar="A2"), needed=speaks(ar="B1", uk="B1")),
        "Spricht Arabisch A2, gebraucht wird Arabisch B1, Ukrainisch B1.",
    ),
    (
        Reason(code=ReasonCode.NO_COMMON_LANGUAGE, spoken=(), needed=speaks(xx="B1")),
        "Keine gemeinsame Sprache, gebraucht wird xx B1.",
    ),
    (
        Reason(
            code=ReasonCode.MANDATE_EITHER,
            sectors=("C24",),
            mandate_sectors=(),
            district="15090",
            mandate_districts=("15003",),
        ),
        "Weder Branche noch Kreis passen: C24; Stendal; zuständig für Magdeburg.",
    ),
    (
        Reason(code=ReasonCode.CASELOAD_FULL, measured="work_min", used=9, added=5, most=12),
        "Ausgelastet: 9+5 min Arbeit, höchstens 12 min Arbeit.",
    ),
    (
        Reason(code=ReasonCode.CASELOAD_FULL, buddies=7),
        "Alle Buddys, die in Frage kommen (7), sind ausgelastet.",
    ),
    (
        Reason(
            code=ReasonCode.NO_ELIGIBLE_BUDDY,
            excluded=(
                ExcludedBuddies(code=ReasonCode.MANDATE_REGION, buddies=16),
                ExcludedBuddies(code=ReasonCode.TOO_FAR, buddies=5),
            ),
        ),
        "Kein Buddy kommt in Frage: 16\u00a0× anderer Kreis, 5\u00a0× zu weit.",
    ),
    (
        VisitReason(code=ReasonCode.DISPLACES, displaced=("firm", "anna")),
        "Würde verdrängen: Firma e. K., Anna Ahorn.",
    ),
    (VisitReason(code=ReasonCode.DISPLACES, displaced=("firm",)), "Würde verdrängen: Firma e. K."),
    (VisitReason(code=ReasonCode.DISPLACES), "Würde andere Besuche verdrängen."),
]


@pytest.mark.parametrize(("reason", "said"), WITH_FIELDS)
def test_fields_are_told_by_name(reason: Reason | VisitReason, said: str) -> None:
    assert reason_words(reason, named, "de") == said


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("code", ReasonCode)
def test_every_code_is_a_sentence_without_any_field_too(code: ReasonCode, language: str) -> None:
    said = reason_words(Reason(code=code), named, language)
    assert said[0].isupper() and said.endswith(".") and "{" not in said


def test_english() -> None:
    reason = Reason(code=ReasonCode.NO_COMMON_LANGUAGE, spoken=speaks(ar="A2"), needed=speaks(ar="B1"))
    assert reason_words(reason, named, "en") == "Speaks Arabic A2, needed is Arabic B1."


def test_the_form_without_fields_is_the_last_resort() -> None:
    assert FORMS[-1] == ""
