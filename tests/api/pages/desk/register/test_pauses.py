"""Who is asked to take a company on by itself follows its pause and end by days, not its state alone."""

from datetime import UTC, date, datetime

import pytest

from api.pages.desk.register.rows.page import _looked_after
from data.register.rows.row import RegisterRow

DAY = date(2026, 12, 7)


@pytest.mark.parametrize(
    ("said", "looked_after"),
    [
        ({}, True),
        ({"state": "paused"}, False),
        ({"state": "prospect"}, False),
        ({"paused_from": "2026-12-01", "paused_until": "2026-12-11"}, False),
        ({"paused_from": "2026-12-08"}, True),  # from tomorrow on
        ({"paused_until": "2026-12-06"}, True),  # until yesterday
        ({"state": "paused", "paused_until": "2026-12-06"}, True),
        ({"state": "ended", "ended_on": "2026-12-31"}, True),
        ({"ended_on": "2026-12-06"}, False),
    ],
)
def test_a_company_is_looked_after_by_its_days(said: dict[str, str], looked_after: bool) -> None:
    moment = datetime(2026, 12, 1, tzinfo=UTC)
    row = RegisterRow("companies", "bakery", {"id": "bakery", **said}, None, 1, 1, moment, "u")
    assert _looked_after(row, DAY) is looked_after
