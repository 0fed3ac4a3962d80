"""Reasons are read from both forms, and a matching keeps the hash that it had before reasons had fields."""

import json

import pytest

from data.base.entity import content_hash
from data.base.status import ReasonCode, Status
from data.results.reason import ExcludedBuddies, Reason, VisitReason
from data.results.reason_text import AS_TEXT, TEXTS
from data.results.solution import Exclusion, Matching, Unassigned
from tests.builders import speaks

EITHER = Reason(
    code=ReasonCode.MANDATE_EITHER,
    sectors=("C24", "welding"),
    mandate_sectors=("Q",),
    district="15090",
    mandate_districts=("15003", "15002"),
)
FORMS = {
    "2026-W48 +4": Reason(code=ReasonCode.ABSENT, first_week="2026-W48", weeks=4),
    "500 | 400": Reason(code=ReasonCode.OVER_BUDGET, cost_cents=500, budget_cents=400),
    "craft | church": Reason(code=ReasonCode.OTHER_HOST, company_host="craft", buddy_host="church"),
    "anna": Reason(code=ReasonCode.KEPT_RELATION, holder="anna"),
    "ben": Reason(code=ReasonCode.PINNED_ELSEWHERE, holder="ben"),
    "C24 welding | Q": Reason(
        code=ReasonCode.MANDATE_SECTOR, sectors=("C24", "welding"), mandate_sectors=("Q",)
    ),
    "15090 | 15003 15002": Reason(
        code=ReasonCode.MANDATE_REGION, district="15090", mandate_districts=("15003", "15002")
    ),
    "C24 welding; 15090 | Q; 15003 15002": EITHER,
    "; 15090 | ; 15003": EITHER.replace(sectors=(), mandate_sectors=(), mandate_districts=("15003",)),
    "ru:A2 | ar:B1 ru:B1": Reason(
        code=ReasonCode.NO_COMMON_LANGUAGE, spoken=speaks(ru="A2"), needed=speaks(ar="B1", ru="B1")
    ),
    "92 | 75": Reason(code=ReasonCode.TOO_FAR, one_way_min=92, max_one_way_min=75),
    "9+5 work_min | 12 work_min": Reason(
        code=ReasonCode.CASELOAD_FULL, measured="work_min", used=9, added=5, most=12
    ),
    "7": Reason(code=ReasonCode.CASELOAD_FULL, buddies=7),
    "2": Reason(code=ReasonCode.OUTWEIGHED, buddies=2),
    "ban 1, too_far 5": Reason(
        code=ReasonCode.NO_ELIGIBLE_BUDDY,
        excluded=(
            ExcludedBuddies(code=ReasonCode.BAN, buddies=1),
            ExcludedBuddies(code=ReasonCode.TOO_FAR, buddies=5),
        ),
    ),
}
"""The texts of older records, and the reason that each stands for."""


def of_texts(texts: str, code: ReasonCode) -> dict[str, str]:
    found, _, limit = texts.partition(" | ")
    return {"code": code.value, "found": found, "limit": limit}


@pytest.mark.parametrize(("texts", "reason"), FORMS.items())
def test_a_record_with_texts_is_read_and_written_as_it_was(texts: str, reason: Reason) -> None:
    older = of_texts(texts, reason.code)
    assert Reason.model_validate_json(json.dumps(older)) == reason
    assert reason.model_dump(mode="json", context=AS_TEXT) == older


@pytest.mark.parametrize("reason", FORMS.values())
def test_a_record_with_fields_comes_back(reason: Reason) -> None:
    assert Reason.model_validate_json(reason.model_dump_json()) == reason


@pytest.mark.parametrize("code", ReasonCode)
def test_a_code_alone_has_empty_texts_and_no_field(code: ReasonCode) -> None:
    bare = Reason(code=code)
    assert bare.model_dump(mode="json") == {"code": code.value}
    assert bare.model_dump(mode="json", context=AS_TEXT) == of_texts("", code)
    assert Reason.model_validate_json(json.dumps(of_texts("", code))) == bare


def test_every_code_with_fields_has_been_tried() -> None:
    assert {reason.code for reason in FORMS.values()} == set(TEXTS)


def test_the_hash_of_a_matching_is_that_of_reasons_as_texts() -> None:
    left_out = Unassigned(
        company="c",
        reason=FORMS["ban 1, too_far 5"],
        buddies=(Exclusion(buddy="b", reason=FORMS["92 | 75"]),),
    )
    made = Matching(
        problem_hash="p", seed=0, status=Status.OPTIMAL, levels=(), pairs=(), unassigned=(left_out,)
    )
    older = made.model_dump(mode="json")
    older["unassigned"][0]["reason"] = of_texts("ban 1, too_far 5", ReasonCode.NO_ELIGIBLE_BUDDY)
    older["unassigned"][0]["buddies"][0]["reason"] = of_texts("92 | 75", ReasonCode.TOO_FAR)
    assert made.hash == content_hash(older)


def test_a_reason_of_a_visit_is_written_as_texts_and_holds_ids() -> None:
    reason = VisitReason(code=ReasonCode.DISPLACES, displaced=("bakery", "nursery"))
    assert json.loads(reason.model_dump_json()) == of_texts("bakery, nursery", ReasonCode.DISPLACES)
    assert VisitReason.model_validate_json(reason.model_dump_json()) == reason
    bare = VisitReason(code=ReasonCode.WEEK_FULL)
    assert VisitReason.model_validate_json(bare.model_dump_json()) == bare
