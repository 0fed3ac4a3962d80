"""The week instance and its result: the file format of `buddyplan solve week`, without domain terms.

All numbers are integers: minutes after midnight of a day, minutes of travel, and costs in one objective
(penalties of unplanned visits + travel + costs of broken promises). docs/solver-files.md has the rules.
"""

import json
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from data.base.instance_text import InstanceError, expect, misfit_of, read_object
from data.base.status import ReasonCode, Status

Minutes = Annotated[int, Field(ge=0, le=1_000_000)]
Clock = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
"""Minutes after midnight of a day; may be on another day."""
Cost = Annotated[int, Field(ge=0, le=2**50)]
MAX_TOTAL = 2**53
"""Every sum of costs must also be exact as a float, since other tools read these files."""
MAX_VISITS = 1000
"""Maximum for a week's file; weeks with more than `MAX_LISTED` are planned without listing their days."""
MAX_LISTED = 62
"""Listed sets of visits are bits of one signed 64-bit integer."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)


class SoFar(_Record):
    """What a running day has behind it: minutes of work and breaks, and when the current stretch began."""

    work_min: Minutes = 0
    break_min: Minutes = 0
    stretch_from: Clock


class Day(_Record):
    """One shift; `from` and `to` are the nodes where it starts and ends (None: the base)."""

    start: Minutes
    end: Minutes
    from_node: Annotated[int | None, Field(alias="from", ge=0)] = None
    to_node: Annotated[int | None, Field(alias="to", ge=0)] = None
    so_far: SoFar | None = None


class Promise(_Record):
    """A promised window; `cost` applies unless the service starts on `day` within `from` … `to`."""

    day: Annotated[int, Field(ge=0)]
    from_min: Annotated[Clock, Field(alias="from")]
    to_min: Annotated[Clock, Field(alias="to")]
    cost: Cost


class WeekVisit(_Record):
    """One visit; `windows[d]` are closed intervals in which its service may start on day d."""

    id: str
    node: Annotated[int, Field(ge=0)]
    duration_min: Minutes
    penalty: Cost
    windows: tuple[tuple[tuple[Clock, Clock], ...], ...]
    required: bool = False
    group: str | None = None
    promise: Promise | None = None


class Breaks(_Record):
    """Break rules: longest stretch, shortest break, and `[work above, breaks at least]` pairs."""

    max_stretch_min: Annotated[int, Field(ge=1)]
    piece_min: Annotated[int, Field(ge=1)]
    totals: tuple[tuple[Minutes, Minutes], ...] = ()


LEGAL_BREAKS = Breaks(max_stretch_min=360, piece_min=15, totals=((360, 30), (540, 45)))
"""ArbZG §§ 2 and 4."""


class WeekInstance(_Record):
    """One buddy's week for the kernel; see the module docstring for units."""

    days: tuple[Day | None, ...]
    travel_min: tuple[tuple[Minutes, ...], ...]
    visits: tuple[WeekVisit, ...]
    base: Annotated[int, Field(ge=0)] = 0
    breaks: Breaks | None = None
    max_work_min: Annotated[int | None, Field(ge=0)] = None
    max_week_work_min: Annotated[int | None, Field(ge=0)] = None
    max_days: Annotated[int | None, Field(ge=0)] = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        size = len(self.travel_min)
        given = len(self.visits)
        expect(given <= MAX_VISITS, "visits", "instance_too_many_visits", given=given, most=MAX_VISITS)
        for i, row in enumerate(self.travel_min):
            expect(len(row) == size, f"travel_min[{i}]", "instance_not_square", given=len(row), rows=size)
            expect(row[i] == 0, f"travel_min[{i}][{i}]", "instance_diagonal", value=row[i])
        self._expect_node(self.base, "base")
        for d, day in enumerate(self.days):
            if day is not None:
                order = day.start <= day.end
                expect(order, f"days[{d}]", "instance_day_reversed", start=day.start, end=day.end)
                self._expect_node(day.from_node, f"days[{d}]")
                self._expect_node(day.to_node, f"days[{d}]")
        seen: dict[str, int] = {}
        for v, visit in enumerate(self.visits):
            other = f"visits[{seen.get(visit.id)}]"
            expect(visit.id not in seen, f"visits[{v}].id", "instance_id_twice", id=visit.id, other=other)
            seen[visit.id] = v
            self._check_visit(v, visit)
        total = sum(v.penalty + (v.promise.cost if v.promise else 0) for v in self.visits)
        expect(total < MAX_TOTAL, "visits", "instance_sum_too_large", total=total)
        return self

    def _expect_node(self, node: int | None, where: str) -> None:
        size = len(self.travel_min)
        expect(node is None or node < size, where, "instance_no_node", node=node, nodes=size)

    def _check_visit(self, v: int, visit: WeekVisit) -> None:
        days, given, place = len(self.days), len(visit.windows), f"visits[{v}]"
        self._expect_node(visit.node, f"{place}.node")
        expect(given == days, f"{place}.windows", "instance_windows", given=given, days=days)
        for d, windows in enumerate(visit.windows):
            for opens, closes in windows:
                window, where = f"[{opens}, {closes}]", f"{place}.windows[{d}]"
                expect(opens <= closes, where, "instance_window_reversed", window=window)
        if visit.promise is not None:
            day = visit.promise.day
            expect(day < days, f"{place}.promise.day", "instance_no_day", day=day, days=days)

    def from_node(self, d: int) -> int:
        """Return the node where day d starts."""
        day = self.days[d]
        return self.base if day is None or day.from_node is None else day.from_node

    def to_node(self, d: int) -> int:
        """Return the node where day d ends."""
        day = self.days[d]
        return self.base if day is None or day.to_node is None else day.to_node


class PlannedStop(_Record):
    """A service on a day; the drive to it leaves at `arrive` minus the leg's travel."""

    id: str
    arrive: int
    start: int
    end: int


class PlannedBreak(_Record):
    """A break, from `start` to `end`."""

    start: int
    end: int


class PlannedDay(_Record):
    """The stops of one day in order; `leave` is at the start node and `back` at the end node."""

    leave: int
    back: int
    stops: tuple[PlannedStop, ...]
    breaks: tuple[PlannedBreak, ...] = ()


class UnplannedVisit(_Record):
    """A visit left out, with the first reason that applies; its price and what it would displace."""

    id: str
    reason: ReasonCode
    detail: str = ""
    price: int | None = None
    displaces: tuple[str, ...] = ()


class WeekResult(_Record):
    """The week with its proof: `optimal` means that the integer objective equals the integer bound."""

    status: Status
    objective: int | None = None
    bound: int = 0
    travel_min: int | None = None
    seconds: float = 0.0
    stopped: Literal["seconds", "work", "memory"] | None = None
    days: tuple[PlannedDay | None, ...] = ()
    unplanned: tuple[UnplannedVisit, ...] = ()
    clash: tuple[str, ...] = ()


def parse_week(text: str) -> WeekInstance:
    """Parse a week instance from JSON, where null means absent; raises `InstanceError`."""
    raw = read_object(text)
    try:
        return WeekInstance.model_validate_json(json.dumps(_without_nulls(raw)))
    except ValidationError as error:
        misfit = misfit_of(error)
        raise InstanceError(misfit.wrong, misfit.where) from None


def result_json(result: WeekResult) -> str:
    """Return the result as JSON, with days without visits as null and without empty fields."""
    shown = json.loads(result.model_dump_json())
    for optional in ("stopped", "clash", "objective", "travel_min"):
        if not shown[optional] and shown[optional] != 0:
            del shown[optional]
    for visit in shown["unplanned"]:
        if visit["price"] is None:
            del visit["price"], visit["displaces"]
    return json.dumps(shown)


def _without_nulls(raw: Any) -> Any:
    """Drop null fields of objects; a null in a list (a day off) stays."""
    if isinstance(raw, dict):
        return {key: _without_nulls(value) for key, value in raw.items() if value is not None}
    return [_without_nulls(item) for item in raw] if isinstance(raw, list) else raw
