"""Every reason has a German and an English sentence, with its figures where it has any."""

import pytest

from api.words.reasons import SENTENCES, Language, sentence
from data.base.status import ReasonCode
from data.results.solution import Reason


def named(key: str) -> str:
    return {"anna": "Anna Ahorn", "firm": "Firma e. K.", "15003": "Magdeburg", "15090": "Stendal"}.get(
        key, key
    )


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("code", ReasonCode)
def test_every_code_is_a_sentence_with_figures_and_without(code: ReasonCode, language: Language) -> None:
    bare = sentence(Reason(code=code), named, language)
    full = sentence(Reason(code=code, found="FOUND", limit="LIMIT"), named, language)
    for said in (bare, full):
        assert said[0].isupper() or said[0].isdigit() or said.startswith("FOUND")
        assert said.endswith(".")
        assert "{" not in said
    assert "FOUND" not in bare


@pytest.mark.parametrize("code", ReasonCode)
def test_german_and_english_use_the_same_figures(code: ReasonCode) -> None:
    def fields(language: Language) -> list[tuple[bool, bool]]:
        return [("{found}" in form, "{limit}" in form) for form in SENTENCES[language][code]]

    assert fields("de") == fields("en")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        (("too_far", "92", "75"), "92 min einfache Fahrt, erlaubt sind 75."),
        (("too_far", "92", ""), "Zu weit entfernt."),
        (("mandate_region", "15090", "15003 15090"), "Kreis Stendal, zuständig für Magdeburg Stendal."),
        (("kept_relation", "anna", ""), "Der Betrieb bleibt bei Anna Ahorn."),
        (("no_common_language", "ar:A2", "ar:B1"), "Spricht Arabisch A2, gebraucht wird Arabisch B1."),
        (("no_common_language", "", "xx:B1"), "Keine gemeinsame Sprache, gebraucht wird xx B1."),
        (
            ("mandate_either", "C24; 15090", "; 15003"),
            "Weder Branche noch Kreis passen: C24; Stendal; zuständig für Magdeburg.",
        ),
        (
            ("caseload_full", "9+5 work_min", "12 work_min"),
            "Ausgelastet: 9+5 min Arbeit, höchstens 12 min Arbeit.",
        ),
        (("caseload_full", "7", ""), "Alle Buddys, die in Frage kommen (7), sind ausgelastet."),
        (
            ("no_eligible_buddy", "mandate_region 16, too_far 5", ""),
            "Kein Buddy kommt in Frage: 16\u00a0× anderer Kreis, 5\u00a0× zu weit.",
        ),
        (("displaces", "firm, anna", ""), "Würde verdrängen: Firma e. K., Anna Ahorn."),
        (("displaces", "firm", ""), "Würde verdrängen: Firma e. K."),
    ],
)  # fmt: skip
def test_figures_are_told_by_name(reason: tuple[str, str, str], said: str) -> None:
    code, found, limit = reason
    assert sentence(Reason(code=ReasonCode(code), found=found, limit=limit), named) == said


def test_english() -> None:
    reason = Reason(code=ReasonCode.NO_COMMON_LANGUAGE, found="ar:A2", limit="ar:B1")
    assert sentence(reason, named, "en") == "Speaks Arabic A2, needed is Arabic B1."
