"""Pins and bans: one rule a pair, one pin a company; a pin that becomes a ban keeps its id."""

import pytest

from data.register.changes.operations import Operation
from data.register.pair_rules import RuleKind, changing, entering, removing, rule_of, rules_of
from data.register.rows.register import Register
from data.store.database.record import Conflict, NotThere
from tests.data.register.office import drafted, office
from tests.refusals import refused

PIN, BAN = RuleKind.PIN, RuleKind.BAN


def after(before: Register, operations: list[Operation]) -> Register:
    return drafted(before, *operations).register


def pinned(buddy: str = "eva", reason: str = "") -> Register:
    before = office()
    return after(before, entering(before, PIN, buddy, "mill", reason))


def test_a_rule_is_entered_changed_and_removed() -> None:
    register = pinned(reason="kennt den Meister")
    (rule,) = rules_of(register)
    assert (rule.kind, rule.buddy, rule.company, rule.reason) == (PIN, "eva", "mill", "kennt den Meister")
    register = after(register, changing(register, rule, reason=""))
    (rule,) = rules_of(register)
    assert (rule.id, rule.reason) == ("mill~1", "")
    register = after(register, changing(register, rule, kind=BAN))
    assert (rule_of(register, "mill~1").kind, register.rows["pins"]) == (BAN, {})
    register = after(register, removing(rule_of(register, "mill~1")))
    with pytest.raises(NotThere):
        rule_of(register, "mill~1")


def test_a_pair_has_one_rule_and_a_company_one_pin() -> None:
    register = pinned()
    with refused(Conflict, r"eva and mill have a rule already \(pin\)"):
        entering(register, BAN, "eva", "mill", "")
    register = after(register, entering(register, BAN, "jan", "mill", ""))
    ban = rule_of(register, "mill~2")
    for asked in (
        lambda: changing(register, ban, kind=PIN),
        lambda: entering(register, PIN, "jan", "mill", ""),
    ):
        with pytest.raises(Conflict):
            asked()


def test_pins_and_bans_are_counted_together() -> None:
    register = pinned()
    register = after(register, entering(register, BAN, "jan", "mill", ""))
    register = after(register, changing(register, rule_of(register, "mill~1"), kind=BAN))
    assert sorted(register.rows["bans"]) == ["mill~1", "mill~2"]
