"""Each hard rule separately: one pair that meets it and one that breaks it, with the figures shown."""

from datetime import date
from typing import Any

import pytest

from data.base.status import ReasonCode
from data.model.dated import Availability
from data.model.policy import Policy
from data.model.problem import SpecialistGroup
from data.model.programme import Host
from data.model.relation import Ban, Pin
from data.model.vocabulary import LanguageLevel, Mandate
from data.results.reason import Reason
from matching.eligibility.rules import Rules, weaker_half
from tests.builders import HALLE, STENDAL, buddy, company, problem, speaks, times


def excluded(who: dict[str, Any], firm: dict[str, Any], **fields: Any) -> Reason | None:
    of = problem((buddy("b", **who),), (company("c", **firm),), **fields)
    return Rules(of, times(of)).excluded("b", "c")


def code(*args: Any, **fields: Any) -> ReasonCode | None:
    reason = excluded(*args, **fields)
    return reason.code if reason else None


def test_a_plain_pair_breaks_no_rule():
    assert excluded({}, {}) is None


def test_ban():
    assert code({}, {}, bans=(Ban(buddy="b", company="c"),)) is ReasonCode.BAN


def test_absent_for_the_whole_horizon_only():
    def away(last: date) -> tuple[Availability, ...]:
        return (Availability(who="b", first=date(2026, 11, 23), last=last),)

    assert code({}, {}, availability=away(date(2026, 11, 27))) is ReasonCode.ABSENT  # Monday to Friday
    assert code({}, {}, availability=away(date(2026, 11, 26))) is None  # back on Friday


@pytest.mark.parametrize(
    ("ours", "theirs", "expected"),
    [
        ("open", "open", None),
        ("open", "other", None),
        ("open", "closed", ReasonCode.OTHER_HOST),
        ("closed", "open", ReasonCode.OTHER_HOST),
        ("closed", "closed", None),
        ("closed", "", None),
        ("", "closed", None),
    ],
)
def test_across_hosts_both_must_allow_it(ours: str, theirs: str, expected: ReasonCode | None):
    hosts = (Host(id="closed", cross_host=False), Host(id="open"), Host(id="other"))
    assert code({"host": ours}, {"host": theirs}, hosts=hosts) is expected


SECTOR, REGION = {"sectors": ("C",), "tags": ("care",)}, {"districts": ("15003",)}
NOT_SECTOR, NOT_REGION = {"sector": "Q86"}, {"district": "15090"}


@pytest.mark.parametrize(
    ("mandate", "stated", "firm", "expected"),
    [
        (Mandate.SECTOR, SECTOR, {"sector": "C10", **NOT_REGION}, None),
        (Mandate.SECTOR, SECTOR, {"tags": ("care",), **NOT_REGION}, None),
        (Mandate.SECTOR, SECTOR, NOT_SECTOR, ReasonCode.MANDATE_SECTOR),
        (Mandate.SECTOR, {"sectors": ()}, NOT_SECTOR, None),  # no criterion, no limit
        (Mandate.REGION, REGION, NOT_SECTOR, None),
        (Mandate.REGION, REGION, NOT_REGION, ReasonCode.MANDATE_REGION),
        (Mandate.REGION, {"districts": ()}, NOT_REGION, None),
        (Mandate.EITHER, SECTOR | REGION, {"sector": "C", **NOT_REGION}, None),
        (Mandate.EITHER, SECTOR | REGION, NOT_SECTOR, None),
        (Mandate.EITHER, SECTOR | REGION, NOT_SECTOR | NOT_REGION, ReasonCode.MANDATE_EITHER),
        (Mandate.EITHER, {"districts": ()}, NOT_SECTOR | NOT_REGION, None),
        (Mandate.EITHER, REGION, {"sector": "C", **NOT_REGION}, ReasonCode.MANDATE_EITHER),
        (Mandate.BOTH, SECTOR | REGION, {"sector": "C"}, None),
        (Mandate.BOTH, SECTOR | REGION, NOT_SECTOR, ReasonCode.MANDATE_SECTOR),
        (Mandate.BOTH, SECTOR | REGION, {"sector": "C", **NOT_REGION}, ReasonCode.MANDATE_REGION),
    ],
)
def test_mandate(mandate: Mandate, stated: dict[str, Any], firm: dict[str, Any], expected: ReasonCode | None):
    assert code({"mandate": mandate} | stated, firm) is expected


def test_a_sector_matches_by_prefix_and_not_the_other_way_round():
    assert code({"mandate": Mandate.SECTOR, "sectors": ("C10",)}, {"sector": "C10.5"}) is None
    assert (
        code({"mandate": Mandate.SECTOR, "sectors": ("C10",)}, {"sector": "C"}) is ReasonCode.MANDATE_SECTOR
    )


@pytest.mark.parametrize(
    ("firm", "prefers_sector", "weaker"),
    [
        ({"sector": "C", **NOT_REGION}, True, False),
        ({"sector": "C", **NOT_REGION}, False, True),
        ({"sector": "Q"}, True, True),
        ({"sector": "Q"}, False, False),
        ({"sector": "C"}, True, False),
        ({"sector": "Q", **NOT_REGION}, True, False),  # pinned: meets neither criterion
    ],
)
def test_the_weaker_half_of_either(firm: dict[str, Any], prefers_sector: bool, weaker: bool):
    assert weaker_half(buddy("b", **SECTOR | REGION), company("c", **firm), prefers_sector) is weaker


def test_a_common_language_where_the_policy_asks_for_one():
    strict = Policy(language_required=True, language_level=LanguageLevel.B1)
    groups = (
        SpecialistGroup(company="c", languages=("uk", "ru")),
        SpecialistGroup(company="c", languages=("ar",)),
    )

    def found(**levels: str) -> Reason | None:
        return excluded({"languages": speaks(**levels)}, {}, policy=strict, specialists=groups)

    assert found(ru="B1") is None  # one alternative of one group is enough
    assert found(ru="A2", en="C1") == Reason(
        code=ReasonCode.NO_COMMON_LANGUAGE,
        spoken=speaks(ru="A2"),
        needed=speaks(ar="B1", ru="B1", uk="B1"),
    )
    assert excluded({}, {}, specialists=groups) is None  # not required
    assert excluded({}, {}, policy=strict) is None  # there are no groups


def test_the_way_is_within_the_buddys_and_the_policys_limit():
    # Magdeburg to Stendal: 100 × (0.476 + 0.227) = 70 min; to Halle: 100 × (0.649 + 0.347) = 100 min
    assert excluded({}, {"point": STENDAL}) is None
    assert excluded({"max_one_way_min": 70}, {"point": STENDAL}) is None
    assert excluded({"max_one_way_min": 69}, {"point": STENDAL}) == Reason(
        code=ReasonCode.TOO_FAR, one_way_min=70, max_one_way_min=69
    )
    assert excluded({"max_one_way_min": 200}, {"point": HALLE}) == Reason(
        code=ReasonCode.TOO_FAR, one_way_min=100, max_one_way_min=75
    )


def test_a_pin_sets_mandate_language_and_way_aside_and_says_so():
    of = problem(
        (buddy("b", districts=("15002",)), buddy("other")),
        (company("c", point=HALLE),),
        pins=(Pin(buddy="b", company="c"),),
    )
    rules = Rules(of, times(of))
    assert rules.excluded("b", "c") is None
    exception = rules.exception("b", "c")
    assert exception is not None
    assert exception.code is ReasonCode.MANDATE_EITHER
    assert rules.excluded("other", "c") == Reason(code=ReasonCode.PINNED_ELSEWHERE, holder="b")
    assert rules.exception("other", "c") is None


def test_no_pin_sets_a_ban_aside():
    pin, ban = Pin(buddy="b", company="c"), Ban(buddy="b", company="c")
    assert code({}, {}, pins=(pin,), bans=(ban,)) is ReasonCode.BAN


def test_a_kept_relation_excludes_the_others():
    of = problem((buddy("b"), buddy("keeper")), (company("c"),))
    rules = Rules(of, times(of))
    assert rules.excluded("b", "c", {"c": "keeper"}) == Reason(code=ReasonCode.KEPT_RELATION, holder="keeper")
    assert rules.excluded("keeper", "c", {"c": "keeper"}) is None


def test_two_pins_for_one_company_are_refused():
    pins = (Pin(buddy="b", company="c"), Pin(buddy="b2", company="c"))
    of = problem((buddy("b"), buddy("b2")), (company("c"),), pins=pins)
    with pytest.raises(ValueError, match="company c is pinned to b and to b2"):
        Rules(of, times(of))
