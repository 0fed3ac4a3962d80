"""The relations that a matching brings: what a re-matching starts from."""

from datetime import date

from data.base.dates import parse_week
from data.model.problem import Problem
from data.model.relation import Relation
from data.model.vocabulary import RelationRole
from data.results.solution import Matching


def with_relations(problem: Problem, matching: Matching, since: date | None = None) -> Problem:
    """Return a problem whose main relations are the pairs of a matching, as the start of a re-matching.

    A pair that already was a relation keeps its first day; any other one starts on `since`. Companies unknown
    to the matching, covers and language helpers, and relations that ended before the horizon's first day
    stay.
    """
    matched = {*matching.buddy_of, *(one.company for one in matching.unassigned)}
    monday, others, going_on = parse_week(problem.horizon.first_week), [], {}
    for relation in problem.relations:
        ended = relation.until is not None and relation.until < monday
        if relation.role is not RelationRole.MAIN or relation.company not in matched or ended:
            others.append(relation)
        elif matching.buddy_of.get(relation.company) == relation.buddy and relation.until is None:
            going_on[relation.company] = relation
    main = [
        going_on.get(company) or Relation(company=company, buddy=buddy, since=since)
        for company, buddy in matching.buddy_of.items()
        if company in problem.company and buddy in problem.buddy
    ]
    return problem.replace(relations=tuple(sorted((*others, *main), key=_relation_order)))


def _relation_order(one: Relation) -> tuple[str, date, str, str]:
    return one.company, one.since or date.min, one.role, one.buddy
