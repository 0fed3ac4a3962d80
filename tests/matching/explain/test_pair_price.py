"""The price of a pin or ban equals matching again with it entered, and so does a refusal."""

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.base.status import ReasonCode
from data.model.policy import ObjectiveName, Policy
from data.model.problem import Problem
from data.model.programme import Host
from data.model.relation import Ban, Pin, Relation
from data.results.change import ChangeKind
from data.results.explanation import CaseloadLimit
from matching.explain.pair_price import pair_price
from matching.explain.resolve import Case
from tests.builders import HALLE, MAGDEBURG, buddy, company, problem, times
from tests.drawn import drawn
from tests.matching.cases import case_of, matched
from tests.matching.programmes import programmes

FAR = MAGDEBURG.replace(lon=round(MAGDEBURG.lon + 0.4, 3))  # 40 minutes
Kind = Literal[ChangeKind.PIN, ChangeKind.BAN]
KINDS: tuple[Kind, ...] = (ChangeKind.PIN, ChangeKind.BAN)


def entered(of: Problem, kind: Kind, who: str, firm: str) -> Problem:
    """The problem with the row in `pins` or `bans`, as if a coordinator had entered it."""
    if kind is ChangeKind.PIN:
        others = tuple(pin for pin in of.pins if pin.company != firm)
        return of.replace(pins=(*others, Pin(buddy=who, company=firm)))
    others = tuple(pin for pin in of.pins if (pin.buddy, pin.company) != (who, firm))
    return of.replace(pins=others, bans=(*of.bans, Ban(buddy=who, company=firm)))


@drawn(60)
@given(programmes(), st.data())
def test_the_price_is_what_matching_anew_gives(of: Problem, data: st.DataObject) -> None:
    before = matched(of)
    if not before or not (before.pairs or before.unassigned):
        return
    firms = [*before.buddy_of, *(each.company for each in before.unassigned)]
    firm, kind = data.draw(st.sampled_from(firms)), data.draw(st.sampled_from(KINDS))
    who = data.draw(st.sampled_from(sorted(of.buddy)))
    told = pair_price(Case(of, times(of), before), kind, who, firm)
    anew = matched(entered(of, kind, who, firm))
    if anew is None:
        assert (told.resolved, told.refused) == (None, None)
    elif kind is ChangeKind.PIN and anew.buddy_of.get(firm) != who:
        assert told.refused and told.resolved is None
    else:
        assert told.resolved
        assert told.after == anew.buddy_of.get(firm)
        price = [new.value - old.value for new, old in zip(anew.levels, before.levels, strict=True)]
        assert [amount.value for amount in told.resolved.price] == price
        others = before.buddy_of.keys() | anew.buddy_of.keys()
        for each in others - {firm}:
            was, will = before.buddy_of.get(each), anew.buddy_of.get(each)
            assert (each in told.resolved.displaced) == (will is None)
            assert (each in told.resolved.gained) == (was is None)
            assert (each in told.moved) == (None is not was != will is not None)


def test_a_pin_displaces_what_has_no_place_beside_it() -> None:
    of = problem((buddy("anna", max_companies=1),), (company("a", priority=4), company("b", priority=2)))
    told = pair_price(case_of(of), ChangeKind.PIN, "anna", "b")
    assert told.after == "anna" and told.resolved
    assert told.resolved.displaced == ("a",)
    # priority 4 goes unserved instead of 2: 4 − 2 = 2
    assert told.resolved.price[0].value == 2
    assert told.exception is None


def test_a_ban_of_the_present_buddy_tells_who_has_the_company_then() -> None:
    of = problem((buddy("anna"), buddy("ben", base=FAR)), (company("c"), company("d")))
    told = pair_price(case_of(of), ChangeKind.BAN, "anna", "c")
    assert told.after == "ben" and told.resolved and told.resolved.displaced == ()
    alone = problem((buddy("anna"),), (company("c", priority=3),))
    nobody = pair_price(case_of(alone), ChangeKind.BAN, "anna", "c")
    assert nobody.after is None and nobody.resolved
    assert nobody.resolved.price[0].value == 3


def test_a_ban_takes_the_place_of_a_pin_of_the_pair() -> None:
    of = problem((buddy("anna"), buddy("ben")), (company("c"),), pins=(Pin(buddy="ben", company="c"),))
    assert pair_price(case_of(of), ChangeKind.BAN, "ben", "c").after == "anna"


def test_who_moves_to_make_room_is_told() -> None:
    """Ben may have both, Anna only companies in Magdeburg: pinning `m` to Ben leaves no place for `h`."""
    of = problem(
        (
            buddy("anna", max_companies=1),
            buddy("ben", districts=("15002", "15003"), max_companies=1),
        ),
        (company("m", priority=1), company("n", priority=5)),
        relations=(Relation(company="n", buddy="ben"), Relation(company="m", buddy="anna")),
        policy=Policy(rematch=True),
    )
    told = pair_price(case_of(of), ChangeKind.PIN, "ben", "m")
    assert told.moved == ("n",)
    assert told.resolved and told.resolved.displaced == ()
    broken = {amount.name: amount.value for amount in told.resolved.price}[ObjectiveName.BROKEN_RELATIONS]
    assert broken == 2


def test_a_rule_that_a_pin_sets_aside_is_told_as_an_exception() -> None:
    of = problem((buddy("anna", base=HALLE, districts=("15002",)),), (company("c"),))
    told = pair_price(case_of(of), ChangeKind.PIN, "anna", "c")
    assert told.after == "anna"
    assert told.exception and told.exception.code is ReasonCode.MANDATE_EITHER


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"bans": (Ban(buddy="anna", company="c"),)}, ReasonCode.BAN),
        ({"hosts": (Host(id="h1", cross_host=False), Host(id="h2"))}, ReasonCode.OTHER_HOST),
        ({"policy": Policy(budget_cents_per_year=0)}, ReasonCode.OVER_BUDGET),
    ],
    ids=["banned", "another host", "not paid"],
)
def test_what_no_pin_overrides_is_refused_with_the_rule(fields: dict[str, object], code: ReasonCode) -> None:
    of = problem((buddy("anna", host="h1"),), (company("c", host="h2"),), **fields)
    told = pair_price(case_of(of), ChangeKind.PIN, "anna", "c")
    assert told.refused and told.refused.code is code
    assert (told.after, told.resolved) == (None, None)


def test_pins_that_do_not_fit_together_are_told_as_a_clash() -> None:
    of = problem(
        (buddy("anna", max_companies=1), buddy("ben")),
        (company("c"), company("d")),
        pins=(Pin(buddy="anna", company="c"),),
    )
    told = pair_price(case_of(of), ChangeKind.PIN, "anna", "d")
    assert told.resolved is None and told.clash
    assert [pin.company for pin in told.clash.pins] == ["c", "d"]
    assert told.clash.limits == (CaseloadLimit(buddy="anna", what="companies", at_most=1),)


@pytest.mark.parametrize(("who", "firm"), [("gone", "c"), ("anna", "gone")])
def test_what_is_not_there_is_an_error(who: str, firm: str) -> None:
    case = case_of(problem((buddy("anna"),), (company("c"),)))
    with pytest.raises(KeyError, match="gone"):
        pair_price(case, ChangeKind.PIN, who, firm)
