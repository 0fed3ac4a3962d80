"""Reasons in words: German and English sentences for each `ReasonCode`, with its figures and without."""

import re
from collections.abc import Callable
from string import Formatter
from typing import Literal

from api.words.languages import language_name
from data.base.status import ReasonCode
from data.results.solution import Reason

Language = Literal["de", "en"]
Naming = Callable[[str], str]
"""Returns the name shown for an id; any other text is returned unchanged."""

GERMAN: dict[ReasonCode, tuple[str, ...]] = {
    ReasonCode.BAN: ("Das Paar ist ausgeschlossen.",),
    ReasonCode.ABSENT: ("Im ganzen Zeitraum abwesend.",),
    ReasonCode.OVER_BUDGET: ("Das Budget reicht für diese Stelle nicht.",),
    ReasonCode.OTHER_HOST: ("Ein anderer Träger, und nicht beide erlauben das.",),
    ReasonCode.KEPT_RELATION: (
        "Der Betrieb bleibt bei {found}.",
        "Der Betrieb bleibt bei seinem jetzigen Buddy.",
    ),
    ReasonCode.PINNED_ELSEWHERE: (
        "Der Betrieb ist auf {found} festgelegt.",
        "Der Betrieb ist auf einen anderen Buddy festgelegt.",
    ),
    ReasonCode.MANDATE_SECTOR: (
        "Branche {found}, zuständig für {limit}.",
        "Für diese Branche nicht zuständig.",
    ),
    ReasonCode.MANDATE_REGION: (
        "Kreis {found}, zuständig für {limit}.",
        "Für diesen Kreis nicht zuständig.",
    ),
    ReasonCode.MANDATE_EITHER: (
        "Weder Branche noch Kreis passen: {found}; zuständig für {limit}.",
        "Weder für die Branche noch für den Kreis zuständig.",
    ),
    ReasonCode.NO_COMMON_LANGUAGE: (
        "Spricht {found}, gebraucht wird {limit}.",
        "Keine gemeinsame Sprache, gebraucht wird {limit}.",
        "Keine gemeinsame Sprache auf dem verlangten Niveau.",
    ),
    ReasonCode.TOO_FAR: ("{found} min einfache Fahrt, erlaubt sind {limit}.", "Zu weit entfernt."),
    ReasonCode.LEFT: ("Der Buddy ist nicht mehr da.",),
    ReasonCode.PAYS: ("Der Wechsel verbessert ein Ziel.",),
    ReasonCode.NO_ELIGIBLE_BUDDY: ("Kein Buddy kommt in Frage: {found}.", "Kein Buddy kommt in Frage."),
    ReasonCode.CASELOAD_FULL: (
        "Ausgelastet: {found}, höchstens {limit}.",
        "Alle Buddys, die in Frage kommen ({found}), sind ausgelastet.",
        "Alle Buddys, die in Frage kommen, sind ausgelastet.",
    ),
    ReasonCode.OUTWEIGHED: (
        "Ein Buddy hätte Platz, aber andere Ziele gingen vor oder die Suche wurde abgebrochen.",
    ),
    ReasonCode.NO_BUDDY: ("Der Betrieb hat keinen Buddy.",),
    ReasonCode.NO_DAY_OPEN: ("An keinem Arbeitstag ist der Betrieb lange genug offen.",),
    ReasonCode.OUT_OF_REACH: ("An keinem offenen Tag reicht die Arbeitszeit für Hin- und Rückweg.",),
    ReasonCode.BREAKS_OR_WORK: ("Nur ohne vorgeschriebene Pause oder mit zu langem Arbeitstag möglich.",),
    ReasonCode.WEEK_FULL: ("Die Arbeitszeit der Woche ist voll.",),
    ReasonCode.NOT_WORTH_TRAVEL: ("Die Fahrt wiegt schwerer als der Besuch.",),
    ReasonCode.DISPLACES: ("Würde verdrängen: {found}.", "Würde andere Besuche verdrängen."),
}

ENGLISH: dict[ReasonCode, tuple[str, ...]] = {
    ReasonCode.BAN: ("The pair is banned.",),
    ReasonCode.ABSENT: ("Absent for the whole period.",),
    ReasonCode.OVER_BUDGET: ("The budget does not pay this position.",),
    ReasonCode.OTHER_HOST: ("Another host, and not both allow it.",),
    ReasonCode.KEPT_RELATION: (
        "The company stays with {found}.",
        "The company stays with its present buddy.",
    ),
    ReasonCode.PINNED_ELSEWHERE: (
        "The company is pinned to {found}.",
        "The company is pinned to another buddy.",
    ),
    ReasonCode.MANDATE_SECTOR: ("Sector {found}, in charge of {limit}.", "Not in charge of this sector."),
    ReasonCode.MANDATE_REGION: ("District {found}, in charge of {limit}.", "Not in charge of this district."),
    ReasonCode.MANDATE_EITHER: (
        "Neither sector nor district fits: {found}; in charge of {limit}.",
        "In charge of neither the sector nor the district.",
    ),
    ReasonCode.NO_COMMON_LANGUAGE: (
        "Speaks {found}, needed is {limit}.",
        "No common language, needed is {limit}.",
        "No common language at the level asked for.",
    ),
    ReasonCode.TOO_FAR: ("{found} min one way, allowed are {limit}.", "Too far away."),
    ReasonCode.LEFT: ("The buddy is no longer there.",),
    ReasonCode.PAYS: ("The change improves an objective.",),
    ReasonCode.NO_ELIGIBLE_BUDDY: ("No buddy is eligible: {found}.", "No buddy is eligible."),
    ReasonCode.CASELOAD_FULL: (
        "Full caseload: {found}, at most {limit}.",
        "Every eligible buddy ({found}) has a full caseload.",
        "Every eligible buddy has a full caseload.",
    ),
    ReasonCode.OUTWEIGHED: ("A buddy has room, but other objectives came first or the search was stopped.",),
    ReasonCode.NO_BUDDY: ("The company has no buddy.",),
    ReasonCode.NO_DAY_OPEN: ("On no working day is the company open long enough.",),
    ReasonCode.OUT_OF_REACH: ("On no open day is the shift long enough to get there and back.",),
    ReasonCode.BREAKS_OR_WORK: ("Possible only without a prescribed break or with too long a day.",),
    ReasonCode.WEEK_FULL: ("The week's working time is used up.",),
    ReasonCode.NOT_WORTH_TRAVEL: ("The travel weighs more than the visit.",),
    ReasonCode.DISPLACES: ("Would displace: {found}.", "Would displace other visits."),
}

SHORT: dict[str, tuple[str, str]] = {
    ReasonCode.BAN: ("ausgeschlossen", "banned"),
    ReasonCode.ABSENT: ("abwesend", "absent"),
    ReasonCode.OVER_BUDGET: ("nicht bezahlt", "not paid"),
    ReasonCode.OTHER_HOST: ("anderer Träger", "another host"),
    ReasonCode.KEPT_RELATION: ("anderer Buddy bleibt", "another buddy stays"),
    ReasonCode.PINNED_ELSEWHERE: ("anders festgelegt", "pinned elsewhere"),
    ReasonCode.MANDATE_SECTOR: ("andere Branche", "another sector"),
    ReasonCode.MANDATE_REGION: ("anderer Kreis", "another district"),
    ReasonCode.MANDATE_EITHER: ("andere Branche und anderer Kreis", "another sector and district"),
    ReasonCode.NO_COMMON_LANGUAGE: ("keine gemeinsame Sprache", "no common language"),
    ReasonCode.TOO_FAR: ("zu weit", "too far"),
    "companies": ("Betriebe", "companies"),
    "care_min": ("min Betreuung", "min of care"),
    "work_min": ("min Arbeit", "min of work"),
}
"""German and English words for codes in figures; rules include the number of buddies."""

SENTENCES: dict[Language, dict[ReasonCode, tuple[str, ...]]] = {"de": GERMAN, "en": ENGLISH}
"""The sentences of each code, the one with most figures first, the last one without any."""


def sentence(reason: Reason, named: Naming, language: Language = "de") -> str:
    """Return a reason in words: the first of its sentences whose figures are all known.

    Ids in the figures become the names that `named` returns; `ar:B1` becomes Arabisch B1.
    """
    figures = {
        "found": _readable(reason.found, named, language),
        "limit": _readable(reason.limit, named, language),
    }
    forms = SENTENCES[language][reason.code]
    form = next(form for form in forms if all(figures[field] for field in _fields(form)))
    said = form.format(**figures)
    return said[:-1] if said.endswith("..") else said  # a company's name may end in a full stop


def _fields(form: str) -> list[str]:
    return [field for _, field, _, _ in Formatter().parse(form) if field]


def _readable(figure: str, named: Naming, language: Language) -> str:
    def word(found: re.Match[str]) -> str:
        if spoken := re.fullmatch(r"([a-z]{2}):([ABC][12])", found[0]):
            return f"{language_name(spoken[1], language == 'en')} {spoken[2]}"
        return SHORT[found[0]][language == "en"] if found[0] in SHORT else named(found[0])

    counted = re.sub(r"\b([a-z_]+) (\d+)", "\\2\u00a0× \\1", figure.strip("; "))
    return re.sub(r"[^\s,;]+", word, counted)
