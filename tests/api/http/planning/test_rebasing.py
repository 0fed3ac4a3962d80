"""Drafts know what was in force when they were made: an older one is refused, and rebased on what is."""

from tests.api.http.conftest import World
from tests.api.http.planning.test_adoption import adopted, given_to
from tests.api.http.test_acceptance import done

WEEK, PLANS = "2026-W48", "/api/v1/plans"
C1, C2, C3 = "c1-2026-W48-1", "c2-2026-W48-1", "c3-2026-W48-1"


def moved(visit: str, day: str, minute: int = 600) -> dict[str, object]:
    return {"kind": "moved", "visit": visit, "date": day, "from_min": minute, "to_min": minute + 60}


def replanned(world: World, *disruptions: dict[str, object], plan: str = "") -> str:
    asked = {"disruptions": list(disruptions)}
    office = world.by("office")
    return done(world.service, office, office.post(f"{PLANS}/{plan or world.plan}/replan", json=asked))


def published(world: World, plan: str) -> dict[str, object]:
    office = world.by("office")
    tag = office.get(f"{PLANS}/{plan}/affected").headers["ETag"]
    answer = office.post(f"{PLANS}/{plan}/publish", headers={"If-Match": tag})
    return {"status": answer.status_code, **answer.json()}


def days(world: World) -> dict[str, str]:
    """The day of each visit in force."""
    return {
        stop["visit"]: day["date"]
        for buddy in ("anna", "bert")
        for day in world.by("office").get(f"/api/v1/buddies/{buddy}/weeks/{WEEK}").json()["days"]
        for stop in day["stops"]
    }


def test_an_older_draft_is_refused_and_says_what_is_in_force(on_sunday: World) -> None:
    """A publishes version 3 with c2 on Wednesday; B's version 2, of the plan before, would undo it."""
    older = replanned(on_sunday, moved(C3, "2026-11-26"))
    newer = replanned(on_sunday, moved(C2, "2026-11-25"))
    assert published(on_sunday, newer)["status"] == 200
    refused = published(on_sunday, older)
    assert (refused["status"], refused["type"]) == (409, "urn:buddyplan:problem:other_base")
    assert (refused["code"], refused["fields"]) == ("published_since", {"version": 3, "week": WEEK})
    shown = on_sunday.by("office").get(f"{PLANS}/{older}/affected").json()
    assert not shown["base_in_force"]
    assert [each["visit"] for each in shown["published_since"]] == [C2]
    assert days(on_sunday)[C2] == "2026-11-25"


def test_the_order_of_versions_makes_no_difference(on_sunday: World) -> None:
    """The higher version is as old as the one that is published first: it too would undo the other."""
    first, second = (replanned(on_sunday, moved(visit, "2026-11-25")) for visit in (C2, C1))
    assert published(on_sunday, first)["status"] == 200
    assert published(on_sunday, second)["code"] == "published_since"


def test_a_rebased_draft_has_both_decisions(on_sunday: World) -> None:
    office = on_sunday.by("office")
    older = replanned(on_sunday, moved(C3, "2026-11-26"))
    assert published(on_sunday, replanned(on_sunday, moved(C2, "2026-11-25")))["status"] == 200
    asked = office.post(f"{PLANS}/{older}/rebase")
    assert asked.json()["left_out"] == []
    draft = done(on_sunday.service, office, asked)
    shown = office.get(f"{PLANS}/{draft}/affected").json()
    assert shown["base_in_force"] and C3 in [each["visit"] for each in shown["changes"]]
    assert published(on_sunday, draft)["status"] == 200
    assert (days(on_sunday)[C2], days(on_sunday)[C3]) == ("2026-11-25", "2026-11-26")


def test_what_no_longer_fits_is_named(on_sunday: World) -> None:
    """c3 was called off meanwhile, so it cannot be moved; c1 still can."""
    office = on_sunday.by("office")
    older = replanned(on_sunday, moved(C3, "2026-11-26"), moved(C1, "2026-11-25"))
    called_off = replanned(on_sunday, {"kind": "cancelled", "visit": C3})
    assert published(on_sunday, called_off)["status"] == 200
    asked = office.post(f"{PLANS}/{older}/rebase")
    assert [each["visit"] for each in asked.json()["left_out"]] == [C3]
    draft = done(on_sunday.service, office, asked)
    assert published(on_sunday, draft)["status"] == 200
    assert C3 not in days(on_sunday) and days(on_sunday)[C1] == "2026-11-25"


def test_nothing_left_is_refused(on_sunday: World) -> None:
    older = replanned(on_sunday, moved(C3, "2026-11-26"))
    published(on_sunday, replanned(on_sunday, {"kind": "cancelled", "visit": C3}))
    refused = on_sunday.by("office").post(f"{PLANS}/{older}/rebase")
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_left_to_rebase")


def test_a_draft_of_the_whole_week_takes_over_what_was_moved_since(on_sunday: World) -> None:
    office = on_sunday.by("office")
    whole = done(
        on_sunday.service, office,
        office.post(PLANS, json={"matching": on_sunday.matching, "first_week": WEEK}),
    )  # fmt: skip
    published(on_sunday, replanned(on_sunday, moved(C2, "2026-11-25")))
    assert published(on_sunday, whole)["code"] == "published_since"
    draft = done(on_sunday.service, office, office.post(f"{PLANS}/{whole}/rebase"))
    assert published(on_sunday, draft)["status"] == 200
    assert days(on_sunday)[C2] == "2026-11-25"


def test_a_draft_of_a_replaced_matching_is_planned_anew(on_sunday: World) -> None:
    """Somebody gave c2 to Anna meanwhile: publishing the draft would let Bert go there."""
    office = on_sunday.by("office")
    whole = done(
        on_sunday.service, office,
        office.post(PLANS, json={"matching": on_sunday.matching, "first_week": WEEK}),
    )  # fmt: skip
    adopted(on_sunday, given_to(on_sunday, c2="anna"), "2026-11-23")
    refused = published(on_sunday, whole)
    assert (refused["status"], refused["code"]) == (409, "adopted_since")
    draft = done(on_sunday.service, office, office.post(f"{PLANS}/{whole}/rebase"))
    assert published(on_sunday, draft)["status"] == 200
    anna = office.get(f"/api/v1/buddies/anna/weeks/{WEEK}").json()
    assert any(stop["place"] == "c2" for day in anna["days"] for stop in day["stops"])


def test_a_draft_on_what_is_in_force_needs_no_rebase(on_sunday: World) -> None:
    draft = replanned(on_sunday, moved(C3, "2026-11-26"))
    for plan, code in ((draft, "base_in_force"), (on_sunday.plan, "only_drafts_rebased")):
        refused = on_sunday.by("office").post(f"{PLANS}/{plan}/rebase")
        assert (refused.status_code, refused.json()["code"]) == (409, code)


def test_only_the_coordinator_of_all_hosts_rebases(on_sunday: World) -> None:
    draft = replanned(on_sunday, moved(C3, "2026-11-26"))
    for role, status in (("host", 403), ("planner", 403), ("viewer", 403), ("nobody", 401)):
        assert on_sunday.by(role).post(f"{PLANS}/{draft}/rebase").status_code == status, role
