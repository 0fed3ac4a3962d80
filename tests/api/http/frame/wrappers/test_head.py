"""HEAD answers as GET does, without the body."""

import pytest

from tests.api.http.conftest import World

SAME = ("content-type", "etag", "content-length")


@pytest.mark.parametrize(
    "path",
    [
        "feeds/{feed}.ics",
        "feeds/unknown.ics",
        "me/weeks/2026-W48.ics",
        "me/weeks/2026-W48.pdf",
        "me/weeks/2026-W48",
        "me/weeks/2030-W01.pdf",
    ],
)
def test_head_is_get_without_its_body(on_sqlite: World, path: str) -> None:
    on_sqlite.published()
    client, address = on_sqlite.by("buddy"), f"/api/v1/{path.format(feed=on_sqlite.ids['feed'])}"
    whole, head = client.get(address), client.head(address)
    assert head.status_code == whole.status_code and head.content == b"" != whole.content
    assert [head.headers.get(name) for name in SAME] == [whole.headers.get(name) for name in SAME]


def test_a_feed_that_is_known_has_not_changed(on_sqlite: World) -> None:
    on_sqlite.published()
    address = f"/api/v1/feeds/{on_sqlite.ids['feed']}.ics"
    tag = on_sqlite.client.head(address).headers["etag"]
    assert on_sqlite.client.head(address, headers={"If-None-Match": tag}).status_code == 304


def test_head_changes_nothing(on_sqlite: World) -> None:
    assert on_sqlite.by("coordinator").head(f"/api/v1/plans/{on_sqlite.plan}/publish").status_code == 405
