"""The week instance and its result: the file format of `buddyplan solve week`, without domain terms.

All numbers are integers: minutes after midnight of a day, minutes of travel, and costs in one objective
(penalties of unplanned visits + travel + costs of broken promises). docs/solver-files.md has the rules.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from data.base.instance_text import expect
from data.base.status import ReasonCode, Status

Minutes = Annotated[int, Field(ge=0, le=1_000_000)]
Clock = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
"""Minutes after midnight of a day; may be on another day."""
Cost = Annotated[int, Field(ge=0, le=2**50)]
MAX_TOTAL = 2**53
"""Every sum of costs must also be exact as a float, since other tools read these files."""
MAX_VISITS = 1000
"""Maximum for a week's file; weeks with more than `MAX_LISTED` are planned without listing their days."""
MAX_OFF = 6
"""Maximum number of times off in a day: each one more doubles the ways to stand at a stop."""
MAX_LISTED = 62
"""Listed sets of visits are bits of one signed 64-bit integer."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True)


class SoFar(_Record):
    """What a running day has behind it: minutes of work, of breaks and off; and its stretch under way."""

    work_min: Minutes = 0
    break_min: Minutes = 0
    off_min: Minutes = 0
    stretch_from: Clock


class Day(_Record):
    """One shift; `from` and `to` are the nodes where it starts and ends (None: the base).

    In each interval of `off` the person is off duty and stays where he or she is.
    """

    start: Minutes
    end: Minutes
    from_node: Annotated[int | None, Field(alias="from", ge=0)] = None
    to_node: Annotated[int | None, Field(alias="to", ge=0)] = None
    off: tuple[tuple[Minutes, Minutes], ...] = ()
    so_far: SoFar | None = None

    @field_validator("off")
    @classmethod
    def _in_order(cls, off: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
        return tuple(sorted(off))

    def on_duty_from(self, earliest: int, minutes: int) -> int:
        """Return when something of so many minutes can begin at the earliest that overlaps no time off."""
        for begin, end in self.off:
            if earliest < end and earliest + minutes > begin:
                earliest = end
        return earliest

    def off_before(self, back: int) -> int:
        """Return the minutes off before a return, which are no work."""
        return sum(end - begin for begin, end in self.off if end <= back)


class Promise(_Record):
    """A promised window; `cost` applies unless the service starts on `day` within `from` … `to`."""

    day: Annotated[int, Field(ge=0)]
    from_min: Annotated[Clock, Field(alias="from")]
    to_min: Annotated[Clock, Field(alias="to")]
    cost: Cost


class WeekVisit(_Record):
    """One visit; `windows[d]` are closed intervals in which its service may start on day d.

    The service begins at `node` and ends at `leave_node` (None: where it began).
    """

    id: str
    node: Annotated[int, Field(ge=0)]
    duration_min: Minutes
    penalty: Cost
    windows: tuple[tuple[tuple[Clock, Clock], ...], ...]
    required: bool = False
    group: str | None = None
    promise: Promise | None = None
    leave_node: Annotated[int | None, Field(ge=0)] = None

    @property
    def left_from(self) -> int:
        """The node where its service ends."""
        return self.node if self.leave_node is None else self.leave_node


class Breaks(_Record):
    """Break rules: longest stretch, shortest break, and `[work above, breaks at least]` pairs.

    No break begins in the first `first_min` minutes of a day.
    """

    max_stretch_min: Annotated[int, Field(ge=1)]
    piece_min: Annotated[int, Field(ge=1)]
    totals: tuple[tuple[Minutes, Minutes], ...] = ()
    first_min: Minutes = 0


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
                _check_off(day, f"days[{d}].off")
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
        self._expect_node(visit.leave_node, f"{place}.leave_node")
        expect(given == days, f"{place}.windows", "instance_windows", given=given, days=days)
        for d, windows in enumerate(visit.windows):
            for opens, closes in windows:
                window, where = f"[{opens}, {closes}]", f"{place}.windows[{d}]"
                expect(opens <= closes, where, "instance_window_reversed", window=window)
        if visit.promise is not None:
            day = visit.promise.day
            expect(day < days, f"{place}.promise.day", "instance_no_day", day=day, days=days)

    def first_break(self, d: int) -> int:
        """Return the minute before which no break of day d begins, counted from the day's true start."""
        day = self.days[d]
        assert day is not None and self.breaks is not None, "only a shift under break rules has a first break"
        done = day.so_far or SoFar(stretch_from=day.start)
        return day.start - done.work_min - done.break_min - done.off_min + self.breaks.first_min

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


def _check_off(day: Day, where: str) -> None:
    """Times off are disjoint, inside the shift, not empty, and few enough for the kernels."""
    given = len(day.off)
    expect(given <= MAX_OFF, where, "instance_too_many_off", given=given, most=MAX_OFF)
    free_from = day.start
    for begin, end in day.off:
        interval = f"[{begin}, {end}]"
        expect(begin < end, where, "instance_off_empty", interval=interval)
        expect(free_from <= begin, where, "instance_off_too_early", interval=interval, free_from=free_from)
        expect(end <= day.end, where, "instance_off_too_late", interval=interval, end=day.end)
        free_from = end
