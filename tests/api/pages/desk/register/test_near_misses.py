"""Who is only full could take a company on with one limit raised; for other reasons no value is offered."""

import pytest

from api.pages.desk.register.rows.candidates import _raised
from data.base.status import ReasonCode
from data.results.change import Change, ChangeKind
from data.results.reason import Reason
from data.results.solution import Exclusion

FULL = ReasonCode.CASELOAD_FULL


@pytest.mark.parametrize(
    ("reason", "change"),
    [
        (
            Reason(code=FULL, measured="companies", used=25, added=1, most=25),
            Change(kind=ChangeKind.PLACES, who="anna", before="25", after="26"),
        ),
        (
            Reason(code=FULL, measured="care_min", used=5970, added=75, most=6000),
            Change(kind=ChangeKind.CARE_MIN, who="anna", before="6000", after="6045"),
        ),
        (Reason(code=FULL, measured="work_min", used=9500, added=200, most=9600), None),
        (Reason(code=ReasonCode.TOO_FAR, one_way_min=80, max_one_way_min=75), None),
        (Reason(code=FULL), None),
    ],
)
def test_the_limit_that_is_in_the_way_is_raised_by_what_is_missing(
    reason: Reason, change: Change | None
) -> None:
    assert _raised(Exclusion(buddy="anna", reason=reason)) == change
