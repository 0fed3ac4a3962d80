"""Remedies are true and minimal: applied, the company is served; anything smaller does not suffice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.status import ReasonCode
from data.model.policy import Objective, ObjectiveName, Policy
from data.model.problem import Care, Problem, SpecialistGroup
from data.model.programme import Host
from data.model.relation import Ban, Pin, Relation
from data.model.vocabulary import LanguageLevel, Mandate
from data.results.change import Change, ChangeKind, applied
from data.results.explanation import Remedy
from data.results.solution import Matching
from matching.eligibility.rules import Rules
from matching.explain.resolve import Case
from matching.explain.why import why_nobody, why_this_buddy
from tests.builders import HALLE, MAGDEBURG, buddy, company, problem, speaks, times
from tests.drawn import drawn
from tests.matching.cases import case_of, matched
from tests.matching.programmes import programmes

COUNTED = {
    ChangeKind.PLACES,
    ChangeKind.CARE_MIN,
    ChangeKind.WEEK_WORK_MIN,
    ChangeKind.ONE_WAY_MIN,
    ChangeKind.POLICY_ONE_WAY_MIN,
    ChangeKind.PRIORITY,
}


def after(of: Problem, changes: tuple[Change, ...]) -> Matching | None:
    for change in changes:
        of = applied(of, change)
    return matched(of)


def smaller(change: Change) -> list[Change]:
    """Smaller changes of the same kind; of long ranges the ends and the middle."""
    if change.kind is ChangeKind.LANGUAGE:
        code, level = change.after.split(":")
        lower = (each for each in LanguageLevel if each.rank < LanguageLevel(level).rank)
        return [change.replace(after=f"{code}:{each}") for each in lower]
    if change.kind not in COUNTED:
        return []
    between = range(int(change.before) + 1, int(change.after))
    some = between if len(between) <= 6 else (between[0], between[len(between) // 2], *between[-3:])
    return [change.replace(after=str(value)) for value in some]


def levels(of: Matching) -> list[int]:
    return [level.value for level in of.levels]


@drawn(60)
@given(programmes(), st.data())
def test_the_smallest_change_serves_the_company_and_nothing_smaller_does(of: Problem, data: st.DataObject):
    found = matched(of)
    if not found or not found.unassigned:
        return
    case = Case(of, times(of), found)
    left_out = data.draw(st.sampled_from([each.company for each in case.matching.unassigned]))
    for remedy in why_nobody(case, left_out).remedies:
        served = after(of, remedy.changes)
        assert served is not None
        assert served.buddy_of[left_out] == remedy.buddy
        price = [new - old for new, old in zip(levels(served), levels(case.matching), strict=True)]
        assert [amount.value for amount in remedy.resolved.price] == price
        *others, last = remedy.changes
        for less in smaller(last):
            too_little = after(of, (*others, less))
            assert too_little is None or left_out not in too_little.buddy_of, (remedy, less)


@drawn(60)
@given(programmes(), st.data())
def test_forcing_the_runner_up_costs_what_is_said_and_no_alternative_costs_less(
    of: Problem, data: st.DataObject
):
    found = matched(of)
    if not found or not found.pairs:
        return
    case = Case(of, times(of), found)
    chosen = data.draw(st.sampled_from([pair.company for pair in case.matching.pairs]))
    why = why_this_buddy(case, chosen)
    unpinned = of.replace(pins=tuple(pin for pin in of.pins if pin.company != chosen))
    rules, prices = Rules(of, times(of)), {}
    for other in of.buddy.keys() - {why.buddy}:
        forced = matched(unpinned.replace(pins=(*unpinned.pins, Pin(buddy=other, company=chosen))))
        if forced and not rules.broken(other, chosen):
            prices[other] = [a - b for a, b in zip(levels(forced), levels(case.matching), strict=True)]
    if why.runner_up is None:
        assert prices == {}
        return
    stated = [amount.value for amount in why.runner_up.resolved.price]
    assert stated == prices[why.runner_up.buddy]
    assert stated == min(prices.values())


def remedies(of: Problem, key: str) -> dict[ChangeKind, Remedy]:
    return {each.changes[0].kind: each for each in why_nobody(case_of(of), key).remedies}


def test_one_more_place_serves_and_a_pin_displaces():
    of = problem((buddy("anna", max_companies=1),), (company("a", priority=4), company("b", priority=2)))
    found = remedies(of, "b")
    assert set(found) == {ChangeKind.PLACES, ChangeKind.PRIORITY, ChangeKind.PIN}
    assert found[ChangeKind.PLACES].changes == (
        Change(kind=ChangeKind.PLACES, who="anna", before="1", after="2"),
    )
    # priority 2 × weight 1 less is unserved, and neither travels
    assert found[ChangeKind.PLACES].resolved.price[0].value == -2
    assert found[ChangeKind.PLACES].resolved.displaced == ()
    assert found[ChangeKind.PRIORITY].changes[0].after == "5"
    assert found[ChangeKind.PIN].resolved.displaced == ("a",)
    assert found[ChangeKind.PIN].resolved.price[0].value == 4 - 2


def test_care_minutes_that_are_missing_are_counted_to_the_minute():
    of = problem(
        (buddy("anna", max_care_min=100),),
        (company("a", priority=5), company("b", priority=1)),
        care=(Care(company="a", minutes=80), Care(company="b", minutes=45)),
    )
    # 80 + 45 − 100 = 25 more
    assert remedies(of, "b")[ChangeKind.CARE_MIN].changes[0].after == "125"


def test_contract_hours_that_are_missing_are_counted_by_the_week():
    of = problem(
        (buddy("anna", week_work_min=20),),
        (company("a", priority=5), company("b", priority=1)),
        care=(Care(company="a", minutes=80), Care(company="b", minutes=45)),
    )
    # 80 + 45 of 4 × 20; 4 × 32 = 128 ≥ 125, but 4 × 31 = 124 is too little
    assert remedies(of, "b")[ChangeKind.WEEK_WORK_MIN].changes[0].after == "32"


FAR = MAGDEBURG.replace(lon=round(MAGDEBURG.lon + 0.4, 3))  # 40 minutes


@pytest.mark.parametrize(
    ("who", "policy", "kind", "before", "needed"),
    [
        (buddy("anna", max_one_way_min=30), {}, ChangeKind.ONE_WAY_MIN, "30", "40"),
        (buddy("anna"), {"max_one_way_min": 35}, ChangeKind.POLICY_ONE_WAY_MIN, "35", "40"),
    ],
    ids=["own limit", "everybody's"],
)
def test_the_way_is_lengthened_to_the_minute(who, policy, kind, before, needed):
    of = problem((who,), (company("c", point=FAR),), policy=Policy(**policy))
    change = remedies(of, "c")[kind].changes[0]
    assert (change.before, change.after) == (before, needed)


def test_a_language_is_raised_to_the_level_asked_for():
    of = problem(
        (buddy("anna", languages=speaks(ar="A2")), buddy("ben", languages=speaks(en="C1"))),
        (company("c"),),
        specialists=(SpecialistGroup(company="c", languages=("ar", "uk")),),
        policy=Policy(language_required=True, language_level=LanguageLevel.B1),
    )
    change = remedies(of, "c")[ChangeKind.LANGUAGE].changes[0]
    assert (change.who, change.before, change.after) == ("anna", "ar:A2", "ar:B1")


@pytest.mark.parametrize(
    ("who", "changes"),
    [
        (buddy("anna", districts=("15002",), mandate=Mandate.REGION), ["district 15003"]),
        (buddy("anna", sectors=("Q",), mandate=Mandate.SECTOR), ["sector C10"]),
        (buddy("anna", districts=("15002",), sectors=("Q",), mandate=Mandate.EITHER), ["district 15003"]),
        (
            buddy("anna", districts=("15002",), sectors=("Q",), mandate=Mandate.BOTH),
            ["sector C10", "district 15003"],
        ),
        (buddy("anna", sectors=("Q",), mandate=Mandate.BOTH), ["sector C10"]),
    ],
    ids=["region", "sector", "either", "both halves", "one half of both"],
)
def test_a_mandate_is_widened_by_what_is_missing(who, changes):
    of = problem((who,), (company("c", sector="C10"),))
    found = next(each for each in why_nobody(case_of(of), "c").remedies if len(each.changes) == len(changes))
    assert [f"{change.kind} {change.after}" for change in found.changes] == changes


def test_a_ban_is_lifted_and_a_closed_host_opened():
    of = problem(
        (buddy("anna", host="h1"), buddy("ben", host="h2")),
        (company("c", host="h2"),),
        hosts=(Host(id="h1", cross_host=False), Host(id="h2")),
        bans=(Ban(buddy="ben", company="c"),),
    )
    found = remedies(of, "c")
    assert found[ChangeKind.CROSS_HOST].changes[0].who == "h1"
    assert found[ChangeKind.UNBAN].changes[0].who == "ben"
    assert ChangeKind.PIN not in found


def test_where_two_rules_are_broken_a_pin_is_the_way():
    of = problem((buddy("anna", base=HALLE, districts=("15002",), max_one_way_min=10),), (company("c"),))
    found = remedies(of, "c")
    assert set(found) == {ChangeKind.PIN}
    assert found[ChangeKind.PIN].buddy == "anna"


def test_what_a_pair_is_worth_is_told_on_every_level():
    of = problem(
        (buddy("anna", languages=speaks(ar="C1")), buddy("ben", base=FAR)),
        (company("c", priority=4),),
        care=(Care(company="c"),),
        specialists=(SpecialistGroup(company="c", languages=("ar",), count=3),),
        relations=(Relation(company="c", buddy="anna"),),
        policy=Policy(rematch=True),
    )
    why = why_this_buddy(case_of(of), "c")
    worth = {amount.name: amount.value for amount in why.worth}
    assert worth[ObjectiveName.UNSERVED] == -4
    assert worth[ObjectiveName.WITHOUT_LANGUAGE] == -3
    assert worth[ObjectiveName.BROKEN_RELATIONS] == -1
    assert why.runner_up is not None
    assert why.runner_up.buddy == "ben"
    price = {amount.name: amount.value for amount in why.runner_up.resolved.price}
    assert price[ObjectiveName.UNSERVED] == 0
    assert price[ObjectiveName.WITHOUT_LANGUAGE] == 3
    assert price[ObjectiveName.BROKEN_RELATIONS] == 1
    assert price[ObjectiveName.TRAVEL_MIN] == 80  # 40 minutes each way, once in four weeks


def test_nobody_else_is_no_runner_up():
    of = problem((buddy("anna"), buddy("full", max_companies=0)), (company("c"),))
    why = why_this_buddy(case_of(of), "c")
    assert (why.buddy, why.runner_up, why.tried, why.eligible) == ("anna", None, 1, 1)


def test_left_out_by_a_tolerance_has_no_remedy_by_room():
    of = problem(
        (buddy("b"),),
        (company("c", point=FAR),),
        care=(Care(company="c"),),
        policy=Policy(
            objectives=(
                Objective(name=ObjectiveName.UNSERVED, tolerance=3),
                Objective(name=ObjectiveName.TRAVEL_MIN),
            )
        ),
    )
    why = why_nobody(case_of(of), "c")
    assert why.reason.code is ReasonCode.OUTWEIGHED
    assert {each.changes[0].kind for each in why.remedies} == {ChangeKind.PRIORITY, ChangeKind.PIN}


@pytest.mark.parametrize("ask", [why_nobody, why_this_buddy])
def test_a_company_that_is_not_there_is_an_error(ask):
    with pytest.raises(KeyError, match="gone"):
        ask(case_of(problem((buddy("b"),), (company("c"),))), "gone")
