"""Two people at once: both read, one acts, the other acts on what was read. Nothing is undone in silence.

Each pair of acts is tried on both databases. Either both take effect, or the second is refused and the first
stands.
"""

from dataclasses import dataclass
from typing import Any, Protocol

import pytest

from data.store.work.matchings import keep_matching
from tests.api.http.conftest import PROGRAMME, World
from tests.api.http.test_acceptance import done, worked

WEEK = "2026-W48"
ROW, PLANS, MATCHINGS = "/api/v1/register/companies/c1", "/api/v1/plans", "/api/v1/matchings"
FIELD, WEDNESDAY = "companies/c1/employees", "2026-11-25"
POLICY = f'[programme]\nid = "{PROGRAMME}"\nstate = "ST"\n'


@dataclass(frozen=True)
class Person:
    """Who acts: how many employees c1 has by them and by their list, to which day they move c1, which visit
    of Bert's their draft moves to Wednesday, and which company of Bert's they give to Anna."""

    name: str
    employees: int
    listed: int
    day: str
    company: str
    minute: int


A = Person("A", 11, 31, "2026-11-25", "c2", 600)
B = Person("B", 12, 32, "2026-11-26", "c3", 720)


class Act(Protocol):
    """What somebody does: on what was read, and whether it is so."""

    def read(self, world: World, who: Person) -> Any: ...

    def act(self, world: World, who: Person, read: Any) -> int: ...

    def holds(self, world: World, who: Person) -> bool: ...


def employees(world: World) -> str:
    return str(world.by("office").get(ROW).json()["values"].get("employees") or "")


def starts(world: World, buddy: str) -> dict[str, str]:
    """The start of each visit in a buddy's week in force."""
    week = world.by("office").get(f"/api/v1/buddies/{buddy}/weeks/{WEEK}").json()
    return {stop["visit"]: stop["start"] for day in week["days"] for stop in day["stops"]}


class Edit:
    """A field of c1 is changed."""

    def read(self, world: World, who: Person) -> Any:
        return world.by("office").get(ROW).headers["ETag"]

    def act(self, world: World, who: Person, read: Any) -> int:
        sent, seen = {"employees": who.employees}, {"If-Match": read}
        return world.by("office").patch(ROW, json=sent, headers=seen).status_code

    def holds(self, world: World, who: Person) -> bool:
        return employees(world) == str(who.employees)


class Undo:
    """The last change of c1 is taken back."""

    def read(self, world: World, who: Person) -> Any:
        return world.by("office").get("/api/v1/changes").json()["items"][0]["id"]

    def act(self, world: World, who: Person, read: Any) -> int:
        return world.by("office").post(f"/api/v1/changes/{read}/undo").status_code

    def holds(self, world: World, who: Person) -> bool:
        return employees(world) == ""


class Import:
    """A list is taken, in a conflict as the list has it."""

    def _sent(self, who: Person) -> Any:
        texts = {"policy.toml": POLICY, "companies.csv": f"id,employees\nc1,{who.listed}\n"}
        return [("files", (name, text.encode())) for name, text in texts.items()]

    def read(self, world: World, who: Person) -> Any:
        asked = {"week": WEEK, "dry_run": "true"}
        shown = world.by("office").post("/api/v1/imports", files=self._sent(who), data=asked)
        assert shown.json()["differs"][0]["conflict"], shown.text
        return shown.json()["register_number"]

    def act(self, world: World, who: Person, read: Any) -> int:
        asked = {"week": WEEK, "from_file": FIELD, "seen": str(read)}
        return world.by("office").post("/api/v1/imports", files=self._sent(who), data=asked).status_code

    def holds(self, world: World, who: Person) -> bool:
        return employees(world) == str(who.listed)


class Move:
    """A buddy moves a visit, from one of two phones."""

    def read(self, world: World, who: Person) -> Any:
        return starts(world, "anna")["c1-2026-W48-1"]

    def act(self, world: World, who: Person, read: Any) -> int:
        wish = {"visit": "c1-2026-W48-1", "day": who.day, "from_min": 600, "to_min": 620, "was": read}
        asked = world.by("buddy").post(f"/api/v1/me/weeks/{WEEK}/moves", json=wish)
        if asked.status_code == 202:
            done(world.service, world.by("buddy"), asked)
        return asked.status_code

    def holds(self, world: World, who: Person) -> bool:
        return starts(world, "anna")["c1-2026-W48-1"].startswith(who.day)


class Publish:
    """A draft that was made before is published."""

    def read(self, world: World, who: Person) -> Any:
        office = world.by("office")
        window = {"from_min": who.minute, "to_min": who.minute + 60}
        wish = {"kind": "moved", "visit": f"{who.company}-2026-W48-1", "date": WEDNESDAY, **window}
        asked = office.post(f"{PLANS}/{world.plan}/replan", json={"disruptions": [wish]})
        draft = done(world.service, office, asked)
        return draft, office.get(f"{PLANS}/{draft}/affected").headers["ETag"]

    def act(self, world: World, who: Person, read: Any) -> int:
        draft, tag = read
        return world.by("office").post(f"{PLANS}/{draft}/publish", headers={"If-Match": tag}).status_code

    def holds(self, world: World, who: Person) -> bool:
        return starts(world, "bert")[f"{who.company}-2026-W48-1"].startswith(WEDNESDAY)


class Adopt:
    """A matching that gives one of Bert's companies to Anna is adopted."""

    def read(self, world: World, who: Person) -> Any:
        assert world.run.matching
        pairs = tuple(
            pair.replace(buddy="anna") if pair.company == who.company else pair
            for pair in world.run.matching.pairs
        )
        with world.service.store.writing() as c:
            given = world.run.matching.replace(pairs=pairs)
            key = keep_matching(c, PROGRAMME, given, None, None, "u")
        shown = world.by("office").get(f"{MATCHINGS}/{key}/adoption")
        assert [each["company"] for each in shown.json()["successions"]] == [who.company]
        return key, shown.headers["ETag"]

    def act(self, world: World, who: Person, read: Any) -> int:
        key, tag = read
        made = world.by("office").post(f"{MATCHINGS}/{key}/adopt", headers={"If-Match": tag})
        for job in made.json().get("jobs", ()):
            worked(world.service, job)
        return made.status_code

    def holds(self, world: World, who: Person) -> bool:
        rows = world.by("office").get("/api/v1/register/relations", params={"limit": 200}).json()["items"]
        main = {"company": who.company, "buddy": "anna"}
        return any(main.items() <= row["values"].items() and not row["values"].get("to") for row in rows)


ACTS: dict[str, Act] = {
    "edit": Edit(), "undo": Undo(), "import": Import(),
    "move": Move(), "publish": Publish(), "adopt": Adopt(),
}  # fmt: skip
REFUSED = {
    "edit": {"edit", "undo", "import"},
    "undo": {"edit", "undo", "import"},
    "import": {"edit", "undo", "import"},
    "move": {"move", "publish"},
    "publish": {"publish"},
    "adopt": {"adopt", "publish"},
}
"""Which acts are refused after which: those on the same field, visit, week or relation."""


@pytest.fixture
def world(on_sunday: World) -> World:
    """The week is published, and somebody has changed c1 last."""
    changed = on_sunday.by("office").patch(ROW, json={"employees": 7}, headers={"If-Match": "*"})
    assert changed.status_code == 200, changed.text
    return on_sunday


@pytest.mark.parametrize("second", ACTS)
@pytest.mark.parametrize("first", ACTS)
def test_both_take_effect_or_the_second_is_refused(world: World, first: str, second: str) -> None:
    one, other = ACTS[first], ACTS[second]
    read_by_a, read_by_b = one.read(world, A), other.read(world, B)
    assert one.act(world, A, read_by_a) < 300 and one.holds(world, A)
    status = other.act(world, B, read_by_b)
    assert one.holds(world, A)
    if second in REFUSED[first]:
        assert status in (409, 412)
    else:
        assert status < 300 and other.holds(world, B)
