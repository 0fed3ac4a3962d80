"""A buddy leaves: one matching of that buddy's companies, all other relations as they are."""

from datetime import date
from itertools import product
from typing import Any

from data.model.problem import Problem
from data.model.relation import Relation
from data.results.questions import Successions
from matching.explain.successors import Leaver, successions
from matching.levels.objectives import terms_of
from matching.program.highs import Limits
from tests.builders import HALLE, STENDAL, buddy, company, problem, speaks, times

FRIDAY = date(2026, 11, 27)


def main(who: str, *companies: str) -> tuple[Relation, ...]:
    return tuple(Relation(company=key, buddy=who, since=date(2025, 1, 1)) for key in companies)


def programme(room: int = 25, **fields: Any) -> Problem:
    """Anna leaves c1, c2 and c3; Bert has c4, Carl has c5."""
    buddies = (
        buddy("anna"),
        buddy("bert", base=HALLE, max_companies=room, languages=speaks(ar="C1")),
        buddy("carl", base=STENDAL, max_companies=room),
    )
    places = {"c1": HALLE, "c2": STENDAL, "c3": HALLE, "c4": HALLE, "c5": STENDAL}
    companies = tuple(company(key, point) for key, point in places.items())
    relations = (*main("anna", "c1", "c2", "c3"), *main("bert", "c4"), *main("carl", "c5"))
    return problem(buddies, companies, **{"relations": relations} | fields)


def asked(of: Problem, **fields: Any) -> Successions:
    return successions(Leaver(of, times(of), "anna", **fields), FRIDAY, Limits())


def pairs(found: Successions) -> dict[str, str]:
    return {each.company: each.buddy for each in found.successors}


def test_each_company_gets_the_buddy_who_lives_next_to_it() -> None:
    found = asked(programme())
    assert pairs(found) == {"c1": "bert", "c2": "carl", "c3": "bert"}
    assert found.without == () and found.proved and found.day == FRIDAY
    assert {each.one_way_min for each in found.successors} == {0}


def test_where_there_is_no_room_companies_are_told_with_their_reason() -> None:
    """Bert and Carl have one company each and may have two: one of three stays without a buddy."""
    found = asked(programme(room=2))
    assert len(found.successors) == 2
    (left,) = found.without
    assert left.company not in pairs(found) and left.buddies


def test_nobody_else_changes_even_if_that_would_be_shorter() -> None:
    """Bert from Halle has c5 in Stendal, and no room: he does not give it away for one next to him."""
    relations = (*main("anna", "c1"), *main("bert", "c5"), *main("carl", "c4"))
    found = asked(programme(room=1, relations=relations))
    assert found.successors == ()
    assert [each.company for each in found.without] == ["c1"]


def test_a_relation_beyond_the_caseload_stays_and_leaves_no_room() -> None:
    """Bert has two companies and may have one; c1 is too far for Carl."""
    relations = (*main("anna", "c1", "c2"), *main("bert", "c3", "c4"))
    found = asked(programme(room=1, relations=relations))
    assert pairs(found) == {"c2": "carl"}
    assert [each.company for each in found.without] == ["c1"]


def test_companies_that_nobody_had_before_are_not_placed_by_the_way() -> None:
    relations = (*main("anna", "c1"), *main("bert", "c4"))
    found = asked(programme(relations=relations))
    assert pairs(found) == {"c1": "bert"} and found.without == ()


def test_only_those_who_are_told_of_follow() -> None:
    assert set(pairs(asked(programme(), among=("carl",))).values()) == {"carl"}


def test_no_choice_is_better_by_the_levels() -> None:
    """All 27 choices of three companies among Bert, Carl and nobody, by the exact values of the levels."""
    of = programme(room=2)
    leaver, found = Leaver(of, times(of), "anna"), asked(of)
    open_pairs = leaver.pairs
    terms = [terms_of(each.name, open_pairs) for each in of.policy.objectives]

    def values(choice: dict[str, str]) -> tuple[int, ...]:
        whole = {"c4": "bert", "c5": "carl"} | choice
        rows = [whole.get(key) == who for who, key in open_pairs.index]
        return tuple(each.value(open_pairs.care_of_pair * 0 + rows) for each in terms)

    def fits(choice: dict[str, str]) -> bool:
        return all(list(choice.values()).count(who) <= 1 for who in ("bert", "carl"))

    choices = [
        {key: who for key, who in zip(("c1", "c2", "c3"), chosen, strict=True) if who}
        for chosen in product(("", "bert", "carl"), repeat=3)
    ]
    best = min(values(choice) for choice in choices if fits(choice))
    assert values(pairs(found)) == best


def test_the_price_is_what_the_company_without_a_buddy_would_save() -> None:
    """One company of priority 3 counts 3."""
    found = asked(programme())
    prices = [{each.name: each.value for each in of.price} for of in found.successors]
    assert [price["unserved"] for price in prices] == [-3, -3, -3]
