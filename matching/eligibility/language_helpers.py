"""Propose language helpers for companies whose main buddy shares no language with some specialists."""

from collections.abc import Iterable
from itertools import islice

from data.base.status import ReasonCode
from data.model.problem import Problem, SpecialistGroup
from data.results.explanation import HelperProposal
from data.results.solution import Matching
from data.travel.provider import Times
from matching.eligibility.needs import spoken_at_level, unheard_groups
from matching.eligibility.rules import Rules

NOT_ASKED_OF_A_HELPER = {
    ReasonCode.MANDATE_SECTOR,
    ReasonCode.MANDATE_REGION,
    ReasonCode.MANDATE_EITHER,
    ReasonCode.NO_COMMON_LANGUAGE,
}
"""A helper is not in charge, so these rules do not apply; ban, absence, host and distance still do."""


def propose_helpers(problem: Problem, times: Times, matching: Matching) -> tuple[HelperProposal, ...]:
    """Return a helper for each company with specialists whom nobody speaks to, most people first.

    Of the buddies who are allowed, the one who speaks to most of them is chosen, then the nearest. A proposal
    does not count towards the helper's caseload: the coordinator has to make room for it.
    """
    spoken = spoken_at_level(problem, problem.policy.language_level)
    rules, found = Rules(problem, times, matching.funded), list[HelperProposal]()
    buddies = sorted(problem.buddy, key=problem.rank.__getitem__)
    for company, lacking in unheard_groups(problem, matching.buddy_of, rules.unfunded).items():
        main, wanted = matching.buddy_of.get(company), _codes(lacking)
        speakers = [
            HelperProposal(
                company=company,
                buddy=buddy,
                languages=tuple(sorted(wanted & spoken[buddy])),
                specialists=sum(g.count for g in lacking if spoken[buddy] & set(g.languages)),
                one_way_min=times.minutes(buddy, company),
            )
            for buddy in buddies
            if buddy != main and wanted & spoken[buddy]
        ]
        # Most are kept away by no rule, so the rules are asked from the best on.
        best = sorted(speakers, key=lambda each: (-each.specialists, each.one_way_min))
        found += islice((each for each in best if _may_come(rules, each.buddy, company)), 1)
    return tuple(sorted(found, key=lambda each: (-each.specialists, each.one_way_min, each.company)))


def _codes(groups: Iterable[SpecialistGroup]) -> set[str]:
    return {code for group in groups for code in group.languages}


def _may_come(rules: Rules, buddy: str, company: str) -> bool:
    return all(reason.code in NOT_ASKED_OF_A_HELPER for reason in rules.broken(buddy, company))
