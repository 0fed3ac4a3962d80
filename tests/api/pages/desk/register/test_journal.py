"""What the desk's journal says of one change set."""

from datetime import UTC, datetime

import pytest

from api.http.register.changes import ChangeSetShown
from api.pages.desk.register.journal import _item
from data.base.dates import aware, minute_of
from data.store.register.change_sets import Source
from tests.api.http.conftest import World
from tests.api.pages.desk.register.test_form import words_of

MOMENT = datetime(2026, 11, 24, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("source", "at", "said"),
    [
        (Source.DESK, MOMENT, "24. November, 14:05 Uhr"),
        (Source.BUDDY, aware(minute_of(MOMENT)[0], 0), "24. November"),
    ],
)
def test_a_change_is_told_with_its_moment_and_a_buddys_with_its_day(
    on_sqlite: World, source: Source, at: datetime, said: str
) -> None:
    made = ChangeSetShown(
        id="s", number=7, at=at, by_user="u", source=source, note="", undoes=None, count=1, changes=[]
    )
    assert f"<b>{said}</b>" in _item(words_of(on_sqlite), made, "eva", False, False)
