"""Who follows a buddy who leaves, in one sentence a company."""

from collections.abc import Iterator

from api.words.levels import price_words
from api.words.reasons import Naming, reason_words
from api.words.speaker import Speaker
from data.results.questions import JointVisit, Successions


def leaving_words(found: Successions, named: Naming, language: str) -> Iterator[str]:
    """Yield who follows at each company, with price and joint visit, and which companies nobody can take."""
    say, visits = Speaker(language), {visit.company: visit for visit in found.visits}
    if not (found.successors or found.without):
        yield say.t("leaving_no_company")
    for each in found.successors:
        yield say.t(
            "leaving_successor",
            company=named(each.company),
            buddy=named(each.buddy),
            price=price_words(each.price, say),
            visit=visit_words(visits.get(each.company), say),
        )
    for left in found.without:
        reason = reason_words(left.reason, named, language)
        yield say.t("leaving_without", company=named(left.company), reason=reason)


def visit_words(visit: JointVisit | None, say: Speaker) -> str:
    """Return when both go to a company together, or that there is no time for it."""
    if visit is None:
        return say.t("leaving_no_visit")
    return say.t("leaving_visit", day=say.weekday_and_date(visit.day), time=say.time(visit.start_min))
