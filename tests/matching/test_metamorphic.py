"""How a change of the input may affect a matching, and how it must not."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.base.status import Status
from data.model.policy import Objective, ObjectiveName
from data.model.problem import Problem
from data.model.relation import Relation
from data.results.solution import Matching
from matching.levels.lexicographic import NotSolvable
from matching.solve import match
from tests.builders import MAGDEBURG, buddy, times
from tests.drawn import drawn
from tests.matching.programmes import programmes

COLUMNS = {
    "buddies": ("id", "host"),
    "companies": ("id", "host", "enterprise"),
    "hosts": ("id",),
    "specialists": ("company",),
    "care": ("company",),
    "relations": ("company", "buddy"),
    "availability": ("who",),
    "pins": ("company", "buddy"),
    "bans": ("company", "buddy"),
}
"""The columns that hold ids."""


def matched(of: Problem) -> Matching | None:
    try:
        found = match(of, times(of))
    except NotSolvable:
        return None
    assert found.status is Status.OPTIMAL
    return found


def exact(of: Problem, **changes: Any) -> Problem:
    """The problem with `unserved` first and no tolerances."""
    names = [ObjectiveName.UNSERVED, *(o.name for o in of.policy.objectives)]
    levels = tuple(Objective(name=name) for name in dict.fromkeys(names))
    return of.replace(policy=of.policy.replace(objectives=levels, **changes))


def unserved(of: Problem) -> int | None:
    found = matched(of)
    return found.levels[0].value if found else None


@drawn(40)
@given(programmes(), st.integers(0, 3))
def test_one_more_buddy_never_lowers_coverage(of: Problem, places: int):
    of = exact(of)
    before = unserved(of)
    after = unserved(of.replace(buddies=(*of.buddies, buddy("new", base=MAGDEBURG, max_companies=places))))
    assert before is None or (after is not None and after <= before)


@drawn(40)
@given(programmes(), st.integers(0, 30))
def test_a_longer_way_never_raises_what_is_unserved(of: Problem, more: int):
    of = exact(of, rematch=True)  # otherwise it would keep relations that were too far
    longer = of.replace(policy=of.policy.replace(max_one_way_min=of.policy.max_one_way_min + more))
    before, after = unserved(of), unserved(longer)
    assert before is None or (after is not None and after <= before)


@drawn(60)
@given(programmes(), st.randoms(use_true_random=False))
def test_other_ids_in_another_order_change_nothing_but_names(of: Problem, random: Any):
    ids = [each.id for group in (of.buddies, of.companies, of.hosts) for each in group] + ["e1"]
    names = [f"n{k}" for k in range(len(ids))]
    random.shuffle(names)
    new = dict(zip(ids, names, strict=True)) | {"": ""}
    renamed = of.replace(
        **{
            table: tuple(
                sorted(
                    (
                        row.model_copy(update={name: new[getattr(row, name)] for name in columns})
                        for row in getattr(of, table)
                    ),
                    key=lambda row: random.random(),
                )
            )
            for table, columns in COLUMNS.items()
        }
    )
    before, after = matched(of), matched(renamed)
    assert (before is None) == (after is None)
    if before is None or after is None:
        return
    assert after.levels == before.levels
    assert alike(renamed, after, {key: key for key in new.values()}) == alike(of, before, new)


def alike(of: Problem, found: Matching, names: dict[str, str]) -> Counter[Any]:
    """Count each pair, with one name for those that differ only by id."""
    same: dict[str, str] = {}
    for each in (*of.buddies, *of.companies):
        twins = [names[key] for key, other in what(of).items() if other == what(of)[each.id]]
        same[each.id] = min(twins)
    return Counter((same[pair.buddy], same[pair.company], pair.travel_min) for pair in found.pairs)


def what(of: Problem) -> dict[str, Any]:
    """The content of each buddy and company, apart from ids and links."""
    blank = {"id": "", "host": "", "enterprise": ""}
    return {
        each.id: each.model_copy(update={k: v for k, v in blank.items() if hasattr(each, k)})
        for each in (*of.buddies, *of.companies)
    }


@drawn(40)
@given(programmes())
def test_a_present_matching_is_not_changed_for_nothing(of: Problem):
    for rematch in (False, True):
        first = exact(of.replace(relations=()), rematch=rematch)
        found = matched(first)
        if found is None:
            continue
        present = tuple(Relation(company=pair.company, buddy=pair.buddy) for pair in found.pairs)
        again = matched(first.replace(relations=present))
        assert again is not None
        assert again.buddy_of == found.buddy_of


@drawn(40)
@given(programmes(), st.data())
def test_when_a_buddy_goes_only_their_companies_and_those_that_must_give_way_move(
    of: Problem, data: st.DataObject
):
    first = exact(of.replace(relations=(), pins=()), rematch=data.draw(st.booleans()))
    found = matched(first)
    if found is None or not found.pairs:
        return
    gone = data.draw(st.sampled_from(sorted(set(found.buddy_of.values()))))
    relations = tuple(Relation(company=pair.company, buddy=pair.buddy) for pair in found.pairs)
    names = (ObjectiveName.UNSERVED, ObjectiveName.BROKEN_RELATIONS)
    without = first.replace(
        buddies=tuple(each for each in first.buddies if each.id != gone),
        bans=tuple(ban for ban in first.bans if ban.buddy != gone),
        availability=tuple(rule for rule in first.availability if rule.who != gone),
        relations=relations,
        policy=first.policy.replace(objectives=tuple(Objective(name=name) for name in names)),
    )
    after = matched(without)
    assert after is not None
    moved = {key for key, who in found.buddy_of.items() if who != gone and after.buddy_of.get(key) != who}
    if not without.policy.rematch:
        assert moved == set()
        return
    # Those who moved had to: keeping any one of them would leave more weight unserved or end more relations.
    for key in sorted(moved):
        policy = without.policy.replace(objectives=without.policy.objectives[:1])
        pinned = without.replace(policy=policy.replace(max_changed_relations=len(moved) - 1))
        kept = unserved(pinned)
        assert kept is None or kept > after.levels[0].value, key
