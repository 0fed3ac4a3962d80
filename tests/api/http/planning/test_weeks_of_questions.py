"""Weeks belong to the question: by default the first one without a published plan, and none that is over."""

from datetime import UTC, datetime

import pytest

from data.store.work.matchings import matching_of
from data.store.work.plans import plan_of
from data.store.work.problems import problem_of
from tests.api.http.conftest import World
from tests.api.http.planning.test_rebasing import moved, published, replanned
from tests.api.http.test_acceptance import done

WEEK, PLANS, MATCHINGS = "2026-W48", "/api/v1/plans", "/api/v1/matchings"
NEW = {"id": "sahne", "name": "Konditorei Sahne", "postcode": "39104", "town": "Magdeburg", "sector": "C10"}


def weeks_matched(world: World, **asked: object) -> tuple[str, int]:
    """The weeks of a matching's problem."""
    office = world.by("office")
    key = done(world.service, office, office.post(MATCHINGS, json={"explain": 0, **asked}))
    with world.service.store.reading() as c:
        horizon = problem_of(c, matching_of(c, key).problem)[0].horizon
    return horizon.first_week, horizon.weeks


@pytest.mark.parametrize(
    ("today", "first"),
    [
        ("2026-11-12", "2026-W47"),  # the week under way has begun
        ("2026-11-22", "2026-W49"),  # the Sunday before: W48 is published
        ("2026-11-24", "2026-W49"),  # W48 is published
        ("2027-02-03", "2027-W06"),  # the weeks of the import are long over
    ],
)
def test_the_first_week_without_a_published_plan(
    on_sunday: World, monkeypatch: pytest.MonkeyPatch, today: str, first: str
) -> None:
    day = datetime.fromisoformat(today).replace(hour=9, tzinfo=UTC)
    monkeypatch.setattr("api.run.registered.programmes.now", lambda: day)
    assert weeks_matched(on_sunday) == (first, 4)


def test_a_past_week_is_planned_where_it_is_named(on_sunday: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.run.registered.programmes.now", lambda: datetime(2027, 2, 3, 9, tzinfo=UTC))
    assert weeks_matched(on_sunday, first_week="2026-W50", weeks=2) == ("2026-W50", 2)


def test_the_next_week_is_planned_from_the_register_as_it_is(
    on_sunday: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """W48 is published: W49 is planned without naming it, with a company that came after the import.

    Its matching keeps every relation and adds the new one.
    """
    monkeypatch.setattr("api.run.registered.programmes.now", lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    office = on_sunday.by("office")
    assert office.post("/api/v1/register/companies", json=NEW).status_code == 201
    plan = done(on_sunday.service, office, office.post(PLANS, json={}))
    shown = office.get(f"{PLANS}/{plan}").json()
    assert (shown["first_week"], shown["weeks"]) == ("2026-W49", 1)
    follows = office.get(f"{PLANS}/{plan}/affected").json()["adopts"]
    assert [(each["company"], each["before"]) for each in follows] == [("sahne", None)]


def test_a_matching_that_is_named_keeps_its_weeks(on_sunday: World) -> None:
    office = on_sunday.by("office")
    asked = office.post(PLANS, json={"matching": on_sunday.matching})
    assert office.get(asked.headers["Location"]).json()["first_week"] == WEEK


def test_a_study_begins_there_too(on_sunday: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.run.registered.programmes.now", lambda: datetime(2026, 11, 24, 9, tzinfo=UTC))
    office = on_sunday.by("office")
    asked = office.post("/api/v1/studies", json={"weeks": 1})
    assert office.get(asked.headers["Location"]).json()["first_week"] == "2026-W49"


def test_what_was_computed_says_how_many_changes_came_since_and_which(on_sunday: World) -> None:
    office = on_sunday.by("office")
    key = done(on_sunday.service, office, office.post(MATCHINGS, json={"explain": 0}))
    plan = done(on_sunday.service, office, office.post(PLANS, json={"matching": key}))
    since = office.get(f"{MATCHINGS}/{key}").json()["since"]
    assert since["changes"] == 0
    for employees in (7, 8, 9):
        sent = office.patch(
            "/api/v1/register/companies/c1", json={"employees": employees}, headers={"If-Match": "*"}
        )
        assert sent.status_code == 200
    for path in (f"{MATCHINGS}/{key}", f"{PLANS}/{plan}"):
        assert office.get(path).json()["since"] == {**since, "changes": 3}
    listed = office.get("/api/v1/changes", params={"after": since["change_set"]}).json()["items"]
    assert [each["changes"][0]["after"] for each in listed] == ["9", "8", "7"]


def test_the_own_adoption_is_no_change_since(on_sunday: World) -> None:
    """Publishing adopted the matching, which is a change set of its own; of the study it is one."""
    office = on_sunday.by("office")
    assert office.get(f"{MATCHINGS}/{on_sunday.matching}").json()["since"]["changes"] == 0


def test_a_replanning_is_about_the_weeks_that_its_plan_is_in_force_for(on_sunday: World) -> None:
    """W48 and W49 are planned together, then W49 anew: to move a visit of W48 leaves W49 as it is."""
    office = on_sunday.by("office")
    asked = {"matching": on_sunday.matching, "first_week": WEEK, "weeks": 2}
    both = done(on_sunday.service, office, office.post(PLANS, json=asked))
    assert published(on_sunday, both)["status"] == 200
    later = done(on_sunday.service, office, office.post(PLANS, json={"first_week": "2026-W49"}))
    assert published(on_sunday, later)["status"] == 200
    draft = replanned(on_sunday, moved("c2-2026-W48-1", "2026-11-25"), plan=both)
    with on_sunday.service.store.reading() as c:
        assert plan_of(c, draft).covered == (WEEK,)
    assert published(on_sunday, draft)["status"] == 200
    for week, plan in ((WEEK, draft), ("2026-W49", later)):
        assert office.get(f"/api/v1/buddies/bert/weeks/{week}").json()["plan"] == plan
    states = {each["id"]: each["state"] for each in office.get(PLANS).json()["items"]}
    assert (states[both], states[later], states[draft]) == ("superseded", "published", "published")
