"""Who can take a company on, who follows a buddy who leaves, what a change makes possible, in sentences."""

from collections.abc import Iterable, Iterator

from api.words.levels import price_words
from api.words.reasons import Naming, reason_words, short_reason
from api.words.speaker import Speaker
from data.results.questions import (
    Candidate,
    Candidates,
    CaseloadUse,
    FirstVisit,
    JointVisit,
    Possible,
    Successions,
    Takeable,
)


def candidates_words(found: Candidates, named: Naming, language: str) -> Iterator[str]:
    """Yield a sentence for each candidate, that nobody else changes, and why the others cannot."""
    say = Speaker(language)
    for each in found.candidates:
        yield _candidate(each, named, say)
    if not found.candidates:
        yield say.t("candidates_none")
    yield say.t("candidates_change", count=found.changing)
    if found.excluded:
        rules = ", ".join(
            say.t("excluded_by", number=each.buddies, rule=short_reason(each.code, say))
            for each in found.excluded
        )
        yield say.t("candidates_excluded", rules=rules)
    for miss in found.nearest:
        yield say.t(
            "candidate_excluded", buddy=named(miss.buddy), reason=reason_words(miss.reason, named, language)
        )


def _candidate(candidate: Candidate, named: Naming, say: Speaker) -> str:
    price = price_words(candidate.price, say)
    first = candidate.first_visit
    known = first is not None
    visit = say.t("candidate_visit", visit=visit_words(first, say)) if known else visit_words(first, say)
    return say.t("candidate", buddy=named(candidate.buddy), price=price, visit=visit)


def caseload_words(caseload: Iterable[CaseloadUse], say: Speaker) -> Iterator[str]:
    """Yield each part of a caseload beside its limit; times are hours in four weeks."""
    for each in caseload:
        per = 1 if each.measured == "companies" else 60
        amounts = {"used": say.number(each.used / per), "most": say.number(each.most / per)}
        yield say.t(f"caseload_{each.measured}", **amounts)


def visit_words(visit: FirstVisit | None, say: Speaker) -> str:
    """Return when a first visit is possible and against what; a sentence where it is not."""
    if visit is None:
        return say.t("candidate_no_visit")
    against = say.t("against_published" if visit.published else "against_free_hours")
    when = {"day": say.weekday_and_date(visit.day), "time": say.time(visit.start_min)}
    return say.t("candidate_visit_at", **when, against=against)


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
            visit=joint_visit_words(visits.get(each.company), say),
        )
    for left in found.without:
        reason = reason_words(left.reason, named, language)
        yield say.t("leaving_without", company=named(left.company), reason=reason)


def joint_visit_words(visit: JointVisit | None, say: Speaker) -> str:
    """Return when both go to a company together, or that there is no time for it."""
    if visit is None:
        return say.t("leaving_no_visit")
    return say.t("leaving_visit", day=say.weekday_and_date(visit.day), time=say.time(visit.start_min))


def possible_words(found: Possible, language: str) -> Iterator[str]:
    """Yield how many companies without a buddy somebody could take before and after, and what changes."""
    say = Speaker(language)
    yield say.t("possible_before", **_taken(found.before))
    yield say.t("possible_after", **_taken(found.after))
    if found.eligible_count:
        yield say.t("possible_pairs", count=found.eligible_count)
    if found.excluded_count:
        yield say.t("possible_pairs_lost", count=found.excluded_count)


def _taken(takeable: Takeable) -> dict[str, int]:
    return {
        "without": takeable.without_buddy, "alone": takeable.alone, "together": takeable.together,
    }  # fmt: skip
