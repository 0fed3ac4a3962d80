"""A buddy asks for days off; they count once they are confirmed, and of the asking only the day is kept."""

from datetime import datetime

import pytest

from data.base.dates import minute_of
from data.model.problem import Horizon
from tests.api.http.conftest import PROGRAMME, World

URL, ROWS = "/api/v1/me/absences", "/api/v1/register/availability"
DAYS = {"first": "2027-07-05", "last": "2027-07-16"}


def ask(world: World, **days: str) -> dict[str, str]:
    answer = world.by("buddy").post(URL, json=DAYS | days)
    assert answer.status_code == 201, answer.text
    made: dict[str, str] = answer.json()
    return made


def settle(world: World, key: str, state: str) -> None:
    change = world.by("coordinator").patch(f"{ROWS}/{key}", json={"state": state}, headers={"If-Match": "*"})
    assert change.status_code == 200, change.text


def works(world: World) -> bool:
    """Whether the problem that engines read knows of no absence of Anna in those days."""
    with world.service.store.reading() as c:
        weeks = Horizon(first_week="2027-W27", weeks=2)
        problem = world.app.state.app_state.programmes.problem(c, PROGRAMME, weeks)
    return "2027-07-05" not in {rule.first.isoformat() for rule in problem.availability if rule.who == "anna"}


def test_what_is_asked_for_counts_once_it_is_confirmed(world: World) -> None:
    made = ask(world)
    assert made["state"] == "asked"
    assert works(world)
    settle(world, made["id"], "declined")
    assert works(world)
    settle(world, made["id"], "confirmed")
    assert not works(world)
    assert [each["state"] for each in world.by("buddy").get(URL).json()] == ["confirmed"]


def test_of_the_asking_the_day_alone_is_kept(world: World) -> None:
    ask(world)
    (newest, *_) = world.by("coordinator").get("/api/v1/changes").json()["items"]
    assert minute_of(datetime.fromisoformat(newest["at"]))[1] == 0
    row = world.by("coordinator").get(ROWS, params={"who": "anna"}).json()["items"][-1]
    assert minute_of(datetime.fromisoformat(row["changed_at"]))[1] == 0


def test_it_can_be_withdrawn_until_it_is_settled(world: World) -> None:
    first, second = ask(world), ask(world, first="2027-07-12")
    buddy = world.by("buddy")
    assert buddy.delete(f"{URL}/{first['id']}").status_code == 204
    settle(world, second["id"], "confirmed")
    assert buddy.delete(f"{URL}/{second['id']}").status_code == 409
    assert [each["id"] for each in buddy.get(URL).json()] == [second["id"]]


def test_nobody_withdraws_what_is_anothers(on_sqlite: World) -> None:
    row = {"who": "ben", "from": "2027-07-05", "to": "2027-07-16", "state": "asked"}
    made = on_sqlite.by("coordinator").post(ROWS, json=row).json()
    assert on_sqlite.by("buddy").delete(f"{URL}/{made['id']}").status_code == 404
    assert on_sqlite.by("buddy").get(URL).json() == []


@pytest.mark.parametrize(
    ("days", "code"),
    [
        ({"last": "2027-07-01"}, "last_before_first"),
        ({"first": "2020-07-06", "last": "2020-07-10"}, "absence_is_over"),
        ({"last": "2029-07-01"}, "absence_longer_than_a_year"),
    ],
)
def test_impossible_days_are_refused(on_sqlite: World, days: dict[str, str], code: str) -> None:
    answer = on_sqlite.by("buddy").post(URL, json=DAYS | days)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
