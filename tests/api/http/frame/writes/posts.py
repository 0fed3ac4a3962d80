"""A request that fits for every route that takes a POST, in a world where each of them can be done."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pyotp
from sqlalchemy import delete

from api.run.run import Run
from api.service.settings import SETUP_CODE_FILE
from api.service.sources import default_sources
from data.invented.generate import generate, write_programme
from data.model.identity import Identities
from data.model.policy import Policy
from data.store.tables import schema as s
from data.store.work.plans import NewPlan, keep_draft, publish
from matching.solve import match
from scheduling.plan.plan_weeks import plan_weeks
from tests.api.http.conftest import PASSWORD, World, filled
from tests.builders import times
from tests.scheduling.programmes import two_buddies

WEEK, SUNDAY = "2026-W48", "2026-11-22T10:00:00+01:00"
STOP = "c1-2026-W48-1"


@dataclass(frozen=True)
class Post:
    """Who sends what to a route, and whether it takes a key; `{plan}` and the like are ids of the world."""

    role: str
    path: str
    sent: dict[str, Any] = field(default_factory=dict)
    keyed: bool = True


def _json(by: str, path: str, /, keyed: bool = True, **body: Any) -> Post:
    return Post(by, path, {"json": body}, keyed)


POSTS = {
    "/session": _json("nobody", "/session", keyed=False, login="anna", password=PASSWORD),
    "/me/weeks/{week}/moves": _json(
        "buddy", f"/me/weeks/{WEEK}/moves", visit=STOP, day="2026-11-25", from_min=600, to_min=620
    ),
    "/imports": Post("office", "/imports", {"data": {"week": WEEK}, "files": "programme"}),
    "/programmes": _json("office", "/programmes", id="new", state="SN"),
    "/register/{entity}": _json("coordinator", "/register/places", id="hall", address="06108 Halle"),
    "/register/companies/{key}/buddy": _json(
        "coordinator", "/register/companies/c1/buddy", buddy="bert", **{"from": "2027-03-01"}
    ),
    "/changes": _json(
        "coordinator",
        "/changes",
        operations=[{"act": "enter", "entity": "places", "values": {"id": "inn", "address": "06108 Halle"}}],
    ),
    "/changes/{change_set}/undo": Post("coordinator", "/changes/{change_set}/undo"),
    "/matchings": _json("coordinator", "/matchings", weeks=1),
    "/matchings/{matching}/adopt": Post("coordinator", "/matchings/{matching}/adopt"),
    "/pins": _json("coordinator", "/pins", kind="pin", buddy="anna", company="c1", reason="x"),
    "/plans": _json("coordinator", "/plans", weeks=1),
    "/plans/{plan}/publish": Post("coordinator", "/plans/{draft}/publish"),
    "/plans/{plan}/rebase": Post("coordinator", "/plans/{stale}/rebase"),
    "/plans/{plan}/restore": Post("coordinator", "/plans/{superseded}/restore"),
    "/plans/{plan}/replan": _json("coordinator", "/plans/{draft}/replan", moment=SUNDAY, disruptions=[]),
    "/contacts": _json("buddy", "/contacts", visit=STOP, date="2026-11-27", outcome="done", minutes=45),
    "/requests": _json("buddy", "/requests", company="c1", kind="urgent", due="2199-12-31"),
    "/me/absences": _json("buddy", "/me/absences", first="2199-12-30", last="2199-12-31"),
    "/first-steps/rules": Post("coordinator", "/first-steps/rules"),
    "/register/buddies/{key}/leaving": _json(
        "coordinator", "/register/buddies/bert/leaving?on=2027-06-30", successors=[]
    ),
    "/scenarios/{scenario}/adopt": Post("coordinator", "/scenarios/{scenario}/adopt"),
    "/scenarios": _json("planner", "/scenarios", name="None", changes=[]),
    "/studies": _json("planner", "/studies"),
    "/studies/frontier": Post("planner", "/studies/frontier", {"data": {"most": "2"}}),
    "/studies/hire": _json("planner", "/studies/hire"),
    "/studies/stress": _json("coordinator", "/studies/stress", draws=2, weeks=1),
    "/users": _json("office", "/users", keyed=False, login="new", role="viewer", programme="test"),
    "/invitations": _json(
        "office", "/invitations", keyed=False, people=[{"login": "p", "role": "planner", "programme": "test"}]
    ),
    "/invitations/accept": Post("nobody", "/invitations/accept", keyed=False),
    "/tokens": _json("buddy", "/tokens", keyed=False),
    "/tokens/{token}/rotate": Post("buddy", "/tokens/{token}/rotate", keyed=False),
    "/me/second-factor": _json("viewer", "/me/second-factor", keyed=False, password=PASSWORD),
    "/me/second-factor/on": _json("viewer", "/me/second-factor/on", keyed=False, code="of the app"),
    "/me/second-factor/codes": _json("viewer", "/me/second-factor/codes", keyed=False, password=PASSWORD),
    "/me/second-factor/off": _json("viewer", "/me/second-factor/off", keyed=False, password=PASSWORD),
    "/setup": _json("nobody", "/setup", keyed=False, code="the code", login="first", password=PASSWORD),
}
"""By the route's path below /api/v1. `/setup` is the last, since it wants a service without users."""
ASKING = {"/imports/headers", "/invitations/look", "/register/possible"}
"""Routes that only ask, by POST so that a code is in no address, or since there is much to say."""


@dataclass
class Sender:
    """Sends the requests to a world, each as often as asked, under one key."""

    world: World
    folder: Path
    ids: dict[str, str] = field(default_factory=dict)

    def prepare(self, post: Post) -> None:
        """Make the request possible once: no job is under way, and of no users where it makes the first."""
        with self.world.service.store.writing() as c:
            c.execute(delete(s.job))
            if post.path == "/setup":
                for table in (s.session, s.token, s.invitation, s.user):
                    c.execute(delete(table))
                (self.world.service.settings.data_dir / SETUP_CODE_FILE).write_text("the code\n")

    def send(self, post: Post) -> httpx.Response:
        """Send a request anew, as somebody does who got no answer."""
        client, sent = self.world.by(post.role), dict(post.sent)
        if sent.get("files") == "programme":
            sent["files"] = [("files", (f.name, f.read_bytes())) for f in sorted(self.folder.iterdir())]
        if post.path.endswith("/on"):
            sent["json"] = {"code": pyotp.TOTP(self.ids["secret"]).now()}
        if post.path.endswith("/accept"):
            sent["json"] = {"code": self.ids["code"], "password": "wrong donkey accumulator"}
        headers = {"Idempotency-Key": post.path} if post.keyed else {}
        if post.path.endswith(("/buddy", "/publish", "/adopt", "/leaving?on=2027-06-30")):
            headers["If-Match"] = "*"
        answer = client.post("/api/v1" + post.path.format(**self.ids), headers=headers, **sent)
        if post.path.endswith("/second-factor") and answer.is_success:
            self.ids["secret"] = answer.json()["secret"]
        return answer


def senders(database_url: str, folder: Path) -> Iterator[Sender]:
    """A world with a plan that is in force, one that was before, a draft, and files to import."""
    asked = two_buddies(policy=Policy(promise_min=60))
    ways = times(asked)
    matching = match(asked, ways)
    weeks = plan_weeks(asked, matching, ways, 1)
    run = Run(asked, Identities(), ways, default_sources(), matching, weeks=weeks)
    files = folder / "files"
    files.mkdir()
    write_programme(files, generate(3, 12, 1, WEEK, default_sources()))
    (files / "policy.toml").write_text('[programme]\nid = "other"\nstate = "ST"\n')
    for world in filled(database_url, folder, run):
        with world.service.store.writing() as c:
            new = NewPlan("test", world.matching, WEEK, 1, weeks, "u")
            publish(c, world.plan, "u")
            stale = keep_draft(c, new)
            publish(c, keep_draft(c, new), "u")
            draft = keep_draft(c, new)
        ids = {"superseded": world.plan, "draft": draft, "stale": stale}
        ids["matching"] = world.matching
        place = {"id": "spot", "address": "06108 Halle"}
        world.by("coordinator").post("/api/v1/register/places", json=place)
        ids["change_set"] = world.by("coordinator").get("/api/v1/changes").json()["items"][0]["id"]
        whom = {"users": [world.ids["planner"]]}
        ids["code"] = world.by("coordinator").post("/api/v1/invitations", json=whom).json()[0]["code"]
        ids["token"] = world.by("buddy").post("/api/v1/tokens", json={}).json()["id"]
        spoken = {"kind": "learns", "buddies": ["anna"], "language": "fa", "level": "B2"}
        named = {"name": "One more language", "changes": [spoken]}
        ids["scenario"] = world.by("coordinator").post("/api/v1/scenarios", json=named).json()["id"]
        yield Sender(world, files, ids)
