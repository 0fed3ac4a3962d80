"""From an imported programme to the published week on a buddy's phone, over HTTP alone."""

import json

from tests.api.http.conftest import PASSWORD, World

WEEK = "/api/v1/me/weeks/2026-W48"


def test_a_plan_is_published_after_reading_who_is_affected(world: World) -> None:
    own = world.by("coordinator")
    answer = own.get(f"/api/v1/plans/{world.plan}/affected")
    affected = answer.json()
    assert affected["buddies"] == ["anna", "ben"]
    assert [change["effect"] for change in affected["changes"]] == ["added", "added"]
    path = f"/api/v1/plans/{world.plan}/publish"
    assert own.post(path).status_code == 428
    assert own.post(path, headers={"If-Match": '"old"'}).status_code == 412
    done = own.post(path, headers={"If-Match": answer.headers["ETag"]})
    assert done.status_code == 200 and done.json()["state"] == "published"
    assert own.post(path, headers={"If-Match": answer.headers["ETag"]}).status_code == 409


def test_a_buddy_reads_the_own_week_in_every_form(world: World) -> None:
    anna = world.by("buddy")
    assert anna.get(WEEK).status_code == 404
    world.published()
    week = anna.get(WEEK)
    stop = week.json()["days"][0]["stops"][0]
    assert stop["name"] == "Bäckerei Kruste" and stop["address"] == "Am Markt 1, 39104 Magdeburg"
    # the start at 09:00 plus and minus half an hour
    assert stop["promise"]["from"] == "2026-11-23T08:30:00+01:00"
    assert stop["promise"]["to"] == "2026-11-23T09:30:00+01:00"
    assert b"BEGIN:VEVENT" in anna.get(f"{WEEK}.ics").content
    assert anna.get(f"{WEEK}.pdf").content.startswith(b"%PDF")
    assert b"<gpx" in anna.get(f"{WEEK}.gpx").content


def test_nothing_changed_since_is_answered(world: World) -> None:
    world.published()
    anna = world.by("buddy")
    for path in (WEEK, f"{WEEK}.ics", f"/api/v1/feeds/{world.ids['feed']}.ics"):
        tag = anna.get(path).headers["ETag"]
        again = anna.get(path, headers={"If-None-Match": tag})
        assert again.status_code == 304 and not again.content


def test_a_feed_is_opened_by_its_token_alone(world: World) -> None:
    world.published()
    feed = world.client.get(f"/api/v1/feeds/{world.ids['feed']}.ics")
    assert feed.status_code == 200 and "SUMMARY:Bäckerei Kruste" in feed.text
    assert "SEQUENCE:" in feed.text
    assert world.client.get("/api/v1/feeds/not-a-token.ics").status_code == 404
    assert world.client.get(f"/api/v1/feeds/{world.keys['buddy']}.ics").status_code == 404


def test_a_session_is_begun_with_a_password(world: World) -> None:
    given = {"login": "anna", "password": PASSWORD}
    done = world.client.post("/api/v1/session", json=given)
    assert done.status_code == 201
    cookie = done.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=lax" in cookie and "secure" not in cookie
    assert world.client.get("/api/v1/me").json()["login"] == "anna"
    assert world.client.delete("/api/v1/session").status_code == 403
    elsewhere = {"Origin": "https://elsewhere.example"}
    assert world.client.delete("/api/v1/session", headers=elsewhere).status_code == 403
    here = {"Origin": "http://testserver"}
    assert world.client.delete("/api/v1/session", headers=here).status_code == 204
    assert world.client.get("/api/v1/me").status_code == 401


def test_a_matching_is_asked_for_as_a_job_and_followed(world: World) -> None:
    own = world.by("coordinator")
    done = own.post("/api/v1/matchings", json={"weeks": 1})
    assert done.status_code == 202
    job = done.headers["Location"]
    assert own.get(job).json()["state"] == "queued"
    assert own.post("/api/v1/matchings", json={}).status_code == 409
    assert own.delete(job).status_code == 202
    events = own.get(f"{job}/events")
    last = [line for line in events.text.splitlines() if line.startswith("data:")][-1]
    assert json.loads(last[5:])["state"] == "cancelled"
    assert own.delete(job).status_code == 409


def test_a_file_is_in_the_language_asked_for_else_in_that_of_the_browser_else_german(world: World) -> None:
    world.published()
    anna, office = world.by("buddy"), world.by("coordinator")
    feed = f"/api/v1/feeds/{world.ids['feed']}.ics"
    export = f"/api/v1/plans/{world.plan}/exports/ics"
    of = {"buddy": "anna"}
    for client, path in ((world.client, feed), (anna, f"{WEEK}.ics"), (office, export)):
        german, english = client.get(path, params=of), client.get(path, params=of | {"language": "en"})
        assert "Abfahrt" in german.text and "Leave" not in german.text
        assert "Leave" in english.text and "Abfahrt" not in english.text
        browser = client.get(path, params=of, headers={"Accept-Language": "en-GB,en;q=0.8"})
        assert (browser.text, browser.headers.get("ETag")) == (english.text, english.headers.get("ETag"))
        assert client.get(path, params=of | {"language": "xx"}).status_code == 422
    tags = [world.client.get(feed, params={"language": each}).headers["ETag"] for each in ("de", "en")]
    assert tags[0] != tags[1]
