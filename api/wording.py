"""Reasons in words: for each `ReasonCode` a German and an English sentence, with and without figures."""

import re
from dataclasses import dataclass
from typing import Literal

from data.identity import Identities
from data.solution import Reason, ReasonCode

Language = Literal["de", "en"]


@dataclass(frozen=True)
class Wording:
    """A sentence without figures, and one whose `{found}` and `{limit}` are the reason's.

    `full` is empty for a reason that has no figures.
    """

    short: str
    full: str = ""

    def say(self, found: str, limit: str) -> str:
        """Return the full sentence if every figure in it is known, else the short one."""
        known = {"found": found, "limit": limit}
        asked = set(re.findall(r"{(\w+)}", self.full))
        return self.full.format(**known) if asked and all(known[name] for name in asked) else self.short


GERMAN: dict[ReasonCode, Wording] = {
    ReasonCode.BAN: Wording("Das Paar ist ausgeschlossen.", "Das Paar ist ausgeschlossen: {found}."),
    ReasonCode.ABSENT: Wording("Im ganzen Zeitraum abwesend."),
    ReasonCode.OTHER_HOST: Wording("Gehört zu einem anderen Träger, der das nicht erlaubt."),
    ReasonCode.KEPT_RELATION: Wording(
        "Der Betrieb bleibt bei seinem jetzigen Buddy.", "Der Betrieb bleibt bei {found}."
    ),
    ReasonCode.PINNED_ELSEWHERE: Wording(
        "Der Betrieb ist auf einen anderen Buddy festgelegt.", "Der Betrieb ist auf {found} festgelegt."
    ),
    ReasonCode.MANDATE_SECTOR: Wording(
        "Nicht für diese Branche zuständig.", "Branche {found}, zuständig für {limit}."
    ),
    ReasonCode.MANDATE_REGION: Wording(
        "Nicht für diesen Kreis zuständig.", "Kreis {found}, zuständig für {limit}."
    ),
    ReasonCode.MANDATE_EITHER: Wording(
        "Weder für die Branche noch für den Kreis zuständig.",
        "Weder Branche noch Kreis passen: {found}, zuständig für {limit}.",
    ),
    ReasonCode.NO_COMMON_LANGUAGE: Wording(
        "Keine gemeinsame Sprache auf dem verlangten Niveau.", "Spricht {found}, gebraucht wird {limit}."
    ),
    ReasonCode.TOO_FAR: Wording("Zu weit entfernt.", "{found} min einfache Fahrt, erlaubt sind {limit}."),
    ReasonCode.NO_ELIGIBLE_BUDDY: Wording("Kein Buddy kommt in Frage."),
    ReasonCode.CASELOAD_FULL: Wording(
        "Alle Buddys, die in Frage kommen, sind ausgelastet.",
        "Alle Buddys, die in Frage kommen, sind ausgelastet: gebraucht {found}, frei {limit}.",
    ),
    ReasonCode.NO_BUDDY: Wording("Der Betrieb hat keinen Buddy."),
    ReasonCode.NO_DAY_OPEN: Wording("An keinem Arbeitstag der Woche ist der Betrieb lange genug offen."),
    ReasonCode.OUT_OF_REACH: Wording(
        "An keinem offenen Tag reicht die Arbeitszeit für Hin- und Rückweg.",
        "Mit Hin- und Rückweg {found} min, an keinem offenen Tag sind mehr als {limit} min Zeit.",
    ),
    ReasonCode.BREAKS_OR_WORK: Wording(
        "Nur ohne vorgeschriebene Pause oder über der Höchstarbeitszeit möglich."
    ),
    ReasonCode.WEEK_FULL: Wording(
        "Die Arbeitszeit der Woche ist voll.", "Die Woche ist voll: gebraucht {found} min, frei {limit} min."
    ),
    ReasonCode.NOT_WORTH_TRAVEL: Wording(
        "Die Fahrt wiegt schwerer als der Besuch.", "Die Fahrt kostet {found}, der Besuch wiegt {limit}."
    ),
    ReasonCode.DISPLACES: Wording("Würde wichtigere Besuche verdrängen.", "Würde verdrängen: {found}."),
}

ENGLISH: dict[ReasonCode, Wording] = {
    ReasonCode.BAN: Wording("The pair is banned.", "The pair is banned: {found}."),
    ReasonCode.ABSENT: Wording("Absent for the whole period."),
    ReasonCode.OTHER_HOST: Wording("Belongs to another host that does not allow it."),
    ReasonCode.KEPT_RELATION: Wording(
        "The company stays with its present buddy.", "The company stays with {found}."
    ),
    ReasonCode.PINNED_ELSEWHERE: Wording(
        "The company is pinned to another buddy.", "The company is pinned to {found}."
    ),
    ReasonCode.MANDATE_SECTOR: Wording(
        "Not in charge of this sector.", "Sector {found}, in charge of {limit}."
    ),
    ReasonCode.MANDATE_REGION: Wording(
        "Not in charge of this district.", "District {found}, in charge of {limit}."
    ),
    ReasonCode.MANDATE_EITHER: Wording(
        "In charge of neither the sector nor the district.",
        "Neither sector nor district fits: {found}, in charge of {limit}.",
    ),
    ReasonCode.NO_COMMON_LANGUAGE: Wording(
        "No common language at the level asked for.", "Speaks {found}, needed is {limit}."
    ),
    ReasonCode.TOO_FAR: Wording("Too far away.", "{found} min one way, allowed are {limit}."),
    ReasonCode.NO_ELIGIBLE_BUDDY: Wording("No buddy is eligible."),
    ReasonCode.CASELOAD_FULL: Wording(
        "Every eligible buddy has a full caseload.",
        "Every eligible buddy has a full caseload: needed {found}, free {limit}.",
    ),
    ReasonCode.NO_BUDDY: Wording("The company has no buddy."),
    ReasonCode.NO_DAY_OPEN: Wording("On no working day of the week is the company open long enough."),
    ReasonCode.OUT_OF_REACH: Wording(
        "On no open day is the shift long enough to get there and back.",
        "{found} min with the way there and back, no open day has more than {limit} min.",
    ),
    ReasonCode.BREAKS_OR_WORK: Wording("Possible only without a prescribed break or beyond the longest day."),
    ReasonCode.WEEK_FULL: Wording(
        "The week's working time is used up.", "The week is full: needed {found} min, free {limit} min."
    ),
    ReasonCode.NOT_WORTH_TRAVEL: Wording(
        "The travel weighs more than the visit.", "The travel costs {found}, the visit weighs {limit}."
    ),
    ReasonCode.DISPLACES: Wording("Would displace more important visits.", "Would displace: {found}."),
}

SENTENCES: dict[Language, dict[ReasonCode, Wording]] = {"de": GERMAN, "en": ENGLISH}


def sentence(reason: Reason, identities: Identities, language: Language = "de") -> str:
    """Return a reason in words; ids in its figures are replaced by the names shown for them."""
    figures = (_named(figure, identities) for figure in (reason.found, reason.limit))
    return SENTENCES[language][reason.code].say(*figures)


def _named(figure: str, identities: Identities) -> str:
    return re.sub(r"[^\s,;:]+", lambda word: identities.name(word[0]), figure)
