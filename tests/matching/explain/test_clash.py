"""A clash cannot be met as a whole, but all its members except any one can."""

from hypothesis import given
from hypothesis import strategies as st

from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Care, Problem
from data.model.relation import Pin, Relation
from data.results.explanation import CaseloadLimit, Clash
from matching.explain.clash import find_clash
from matching.levels.lexicographic import NotSolvable
from matching.program.highs import Limits
from matching.solve import match
from tests.builders import buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.programmes import programmes

SINGLE = Policy(objectives=(Objective(name=ObjectiveName.UNSERVED),))
WIDE = {"companies": {"max_companies": 99}, "care_min": {"max_care_min": 9999}}
WIDE["work_min"] = {"week_work_min": 9999}


def solvable(of: Problem) -> bool:
    try:
        match(of, times(of))
    except NotSolvable:
        return False
    return True


def only(of: Problem, clash: Clash) -> Problem:
    """The problem with only the pins and limits of the clash."""
    held = {(limit.buddy, limit.what) for limit in clash.limits}
    people = []
    for each in of.buddies:
        wide = [fields for what, fields in WIDE.items() if (each.id, what) not in held]
        people.append(each.replace(**{name: most for fields in wide for name, most in fields.items()}))
    policy = of.policy.replace(max_changed_relations=clash.max_changed_relations)
    return of.replace(pins=clash.pins, buddies=tuple(people), policy=policy)


def parts(clash: Clash) -> list[Clash]:
    """The clash without each of its members in turn."""
    found = [clash.replace(pins=tuple(p for p in clash.pins if p != pin)) for pin in clash.pins]
    found += [clash.replace(limits=tuple(o for o in clash.limits if o != one)) for one in clash.limits]
    if clash.max_changed_relations is not None:
        found.append(clash.replace(max_changed_relations=None))
    return found


@drawn(80)
@given(programmes(), st.data())
def test_a_clash_cannot_be_held_and_each_proper_part_of_it_can(of: Problem, data: st.DataObject):
    people = st.sampled_from(sorted(of.buddy))
    pins = tuple(Pin(buddy=data.draw(people), company=key) for key in of.company)
    policy = of.policy.replace(max_changed_relations=data.draw(st.sampled_from((None, 0, 1))))
    of = of.replace(pins=data.draw(st.sampled_from((pins, pins[:2], ()))), policy=policy)
    clash = find_clash(of, times(of), Limits())
    assert (clash is None) == solvable(of)
    if clash is None:
        return
    assert not solvable(only(of, clash))
    for part in parts(clash):
        assert solvable(only(of, part)), part


def test_pins_that_are_too_much_care_are_named_with_the_limit_and_no_others():
    of = problem(
        (buddy("anna", max_care_min=100), buddy("ben")),
        tuple(company(key) for key in "abcd"),
        care=(Care(company="a", minutes=70), Care(company="b", minutes=40), Care(company="c", minutes=20)),
        pins=tuple(Pin(buddy="ben" if key == "d" else "anna", company=key) for key in "abcd"),
    )
    # 70 + 40 > 100, but 70 + 20 and 40 + 20 are not
    assert find_clash(of, times(of), Limits()) == Clash(
        pins=(Pin(buddy="anna", company="a"), Pin(buddy="anna", company="b")),
        limits=(CaseloadLimit(buddy="anna", what="care_min", at_most=100),),
    )


def test_too_few_changes_clash_with_the_caseload_that_forces_more():
    of = problem(
        (buddy("anna", max_companies=1), buddy("ben")),
        (company("a"), company("b")),
        relations=(Relation(company="a", buddy="anna"), Relation(company="b", buddy="anna")),
        policy=SINGLE.replace(rematch=True, max_changed_relations=0),
    )
    assert find_clash(of, times(of), Limits()) == Clash(
        limits=(CaseloadLimit(buddy="anna", what="companies", at_most=1),), max_changed_relations=0
    )


def test_what_can_be_held_has_no_clash():
    of = problem((buddy("anna"),), (company("a"),), pins=(Pin(buddy="anna", company="a"),))
    assert find_clash(of, times(of), Limits()) is None
