"""What an absence hits, in one sentence for each kind."""

from collections.abc import Iterator

from api.words.reasons import Naming
from api.words.speaker import Speaker
from data.base.entity import Entity
from data.results.questions import (
    AbsenceEffects,
    BrokenRhythm,
    GroupArriving,
    HitAppointment,
    HitVisit,
)


def absence_words(effects: AbsenceEffects, named: Naming, language: str) -> Iterator[str]:
    """Yield how many visits, appointments, promises, rhythms and groups it hits, and what nobody can take."""
    say = Speaker(language)
    kinds: dict[str, tuple[Entity, ...]] = {
        "absence_visits": effects.visits,
        "absence_appointments": effects.appointments,
        "absence_promises": effects.promises,
        "absence_rhythms": effects.rhythms,
        "absence_groups": effects.groups,
    }
    if not any(kinds.values()):
        yield say.t("absence_nothing")
    yield from (say.t(key, count=len(hits)) for key, hits in kinds.items() if hits)
    urgent: tuple[HitVisit | HitAppointment | BrokenRhythm | GroupArriving, ...] = (
        *effects.visits,
        *effects.appointments,
        *effects.rhythms,
        *effects.groups,
    )
    for district in dict.fromkeys(each.district for each in effects.few_present):
        days = [each for each in effects.few_present if each.district == district]
        worst = min(days, key=lambda each: (each.present, each.day))
        yield say.t(
            "absence_few_present",
            count=len(days),
            district=named(district),
            day=say.day(worst.day),
            present=say.number(worst.present),
            least=say.number(worst.least),
        )
    companies = {each.company for each in urgent if each.company and not each.stand_ins}
    if companies:
        yield say.t("absence_nobody", count=len(companies))
