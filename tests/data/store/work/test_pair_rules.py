"""Pins and bans, on both databases."""

import pytest
from sqlalchemy import Connection

from data.store.database.record import Conflict, NotThere
from data.store.work.pair_rules import RuleKind, change_rule, delete_rule, keep_rule, rule_of, rules_of
from tests.data.store.entered import PROGRAMME, entered
from tests.refusals import refused

PIN, BAN = RuleKind.PIN, RuleKind.BAN


def test_a_rule_is_kept_changed_and_taken_back(c: Connection) -> None:
    entered(c)
    rule = keep_rule(c, PROGRAMME, PIN, "anna", "bakery", "knows the master", "u")
    assert rule_of(c, rule.id) == rule and rules_of(c, PROGRAMME) == (rule,)
    changed = change_rule(c, rule.id, 1, reason="")
    assert (changed.kind, changed.reason, changed.version) == (PIN, "", 2)
    assert change_rule(c, rule.id, 2, kind=BAN).kind is BAN
    delete_rule(c, rule.id, 3)
    with pytest.raises(NotThere):
        rule_of(c, rule.id)


def test_a_pair_has_one_rule_and_a_company_one_pin(c: Connection) -> None:
    entered(c)
    keep_rule(c, PROGRAMME, PIN, "anna", "bakery", "", "u")
    with refused(Conflict, r"anna and bakery have a rule already \(pin\)"):
        keep_rule(c, PROGRAMME, BAN, "anna", "bakery", "", "u")
    ban = keep_rule(c, PROGRAMME, BAN, "ben", "bakery", "", "u")
    for asked in (
        lambda: change_rule(c, ban.id, 1, kind=PIN),
        lambda: keep_rule(c, PROGRAMME, PIN, "cleo", "bakery", "", "u"),
    ):
        with refused(Conflict, "bakery is pinned to anna already"):
            asked()


def test_what_has_changed_since_is_neither_changed_nor_deleted(c: Connection) -> None:
    entered(c)
    rule = keep_rule(c, PROGRAMME, PIN, "anna", "bakery", "", "u")
    change_rule(c, rule.id, 1, reason="new")
    with refused(Conflict, "has version 2, not 1"):
        change_rule(c, rule.id, 1, kind=BAN)
    with refused(Conflict, "has version 2, not 1"):
        delete_rule(c, rule.id, 1)
