"""The price of a pin or ban before it is entered, and what a coordinator of one host sees of it."""

from collections.abc import Iterator

import pytest

from tests.api.http.conftest import World, filled
from tests.api.http.test_one_host import OTHERS, two_hosts

PAIR = "/api/v1/matchings/{0}/companies/{1}/buddies/{2}"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    yield from filled("", tmp_path_factory.mktemp("hosts"), two_hosts())


def test_a_pin_is_priced_and_nothing_is_entered(on_sqlite: World) -> None:
    own = on_sqlite.by("coordinator")
    told = own.get(PAIR.format(on_sqlite.matching, "nursery", "anna")).json()
    price = told["price"]
    assert (price["kind"], price["after"], price["refused"]) == ("pin", "anna", None)
    assert [amount["name"] for amount in price["resolved"]["price"]] == ["unserved", "travel_min"]
    assert price["exception"]["code"] == "mandate_either"
    assert told["sentences"]["de"][0].startswith("Das wäre eine Ausnahme: Weder Branche noch Kreis passen")
    assert any(line.startswith("Price: ") for line in told["sentences"]["en"])
    assert own.get("/api/v1/pins").json()["items"] == []


def test_a_ban_tells_who_would_have_the_company(on_sqlite: World) -> None:
    own = on_sqlite.by("coordinator")
    told = own.get(PAIR.format(on_sqlite.matching, "bakery", "anna"), params={"kind": "ban"}).json()
    assert (told["price"]["kind"], told["price"]["after"]) == ("ban", None)
    assert told["sentences"]["en"][0] == "Nobody would have the company."


@pytest.mark.parametrize(("firm", "who"), [("gone", "anna"), ("bakery", "gone")])
def test_who_is_not_there_is_not_found(on_sqlite: World, firm: str, who: str) -> None:
    answer = on_sqlite.by("coordinator").get(PAIR.format(on_sqlite.matching, firm, who))
    assert answer.status_code == 404


def test_another_kind_is_refused(on_sqlite: World) -> None:
    path = PAIR.format(on_sqlite.matching, "bakery", "anna")
    assert on_sqlite.by("coordinator").get(path, params={"kind": "kept"}).status_code == 422


def test_between_hosts_that_keep_apart_a_pin_is_refused(shared: World) -> None:
    told = shared.by("coordinator").get(PAIR.format(shared.matching, "bakery", "ben")).json()
    assert told["price"]["refused"]["code"] == "other_host"
    assert told["price"]["resolved"] is None


def test_a_coordinator_of_one_host_asks_about_own_pairs_and_reads_of_nobody_else(shared: World) -> None:
    host = shared.by("host")
    for firm, who in (("garage", "anna"), ("bakery", "ben")):
        assert host.get(PAIR.format(shared.matching, firm, who)).status_code == 404
    for kind in ("pin", "ban"):
        answer = host.get(PAIR.format(shared.matching, "bakery", "anna"), params={"kind": kind})
        assert answer.status_code == 200 and answer.json()["sentences"]["de"]
        assert [other for other in OTHERS if other in answer.text] == []
