"""What an absence hits, in one sentence for each kind."""

from collections.abc import Iterator

from api.words.speaker import Speaker
from data.results.questions import AbsenceEffects


def absence_words(effects: AbsenceEffects, language: str) -> Iterator[str]:
    """Yield how many visits, appointments, promises, rhythms and groups it hits, and what nobody can take."""
    say = Speaker(language)
    kinds = {
        "absence_visits": effects.visits,
        "absence_appointments": effects.appointments,
        "absence_promises": effects.promises,
        "absence_rhythms": effects.rhythms,
        "absence_groups": effects.groups,
    }
    found = {key: hits for key, hits in kinds.items() if hits}
    yield from (say.t(key, count=len(hits)) for key, hits in found.items())
    if not found:
        yield say.t("absence_nothing")
    urgent = (*effects.visits, *effects.appointments, *effects.rhythms, *effects.groups)
    companies = {each.company for each in urgent if each.company and not each.stand_ins}
    if companies:
        yield say.t("absence_nobody", count=len(companies))
