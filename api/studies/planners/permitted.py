"""What readers who do not see every row may put into a scenario; no refusal tells about hidden rows.

Planners change groups: whole rows of the table of companies by district, sector or host, as the stored
programme's `min_cell` merges them, and all of one kind. What is refused depends on what the scenario says and
on that table alone, never on whether a hidden id exists or what a hidden row holds.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from api.run.aggregated.aggregates import Dimension, cells_of_companies
from data.access import Planner, Reader, Sight, ids_of, sees_all, visible_to
from data.base.message import Message, message
from data.model.findings import ChangeFinding, Finding, Severity, meant
from data.model.problem import Problem
from data.scenario.change import Change
from data.scenario.companies import CallShare, ChangeCompanies
from data.scenario.groups import OfCompanies
from data.scenario.kinds import Scenario, ScenarioChange
from data.scenario.people import ChangeBuddies, HostLeaves

FIELDS: dict[type[Change], tuple[str, ...]] = {
    ChangeBuddies: ("max_companies", "week_work_min", "max_days_per_week", "max_one_way_min", "districts"),
    ChangeCompanies: ("priority", "host", "sector"),
}
"""The fields whose new values are right or wrong whatever a hidden row holds."""
STEPS = (10, 20, 25, 50, 100)
"""The steps of a share, in percent: each step is to be about enough companies."""


def not_permitted(reader: Reader, problem: Problem, scenarios: Iterable[Scenario]) -> tuple[Finding, ...]:
    """Return what a reader may not ask in a stack of scenarios of a stored problem, if anything."""
    if sees_all(reader):
        return ()
    return tuple(_Check(reader, problem, list(scenarios)).findings())


Wrong = tuple[str, str, Message, Message]
"""Field, value, what is wrong, and what would be right."""


class _Check:
    """One stack, checked change by change."""

    def __init__(self, reader: Reader, problem: Problem, stack: list[Scenario]) -> None:
        self._planner = isinstance(reader, Planner)
        self._problem, self._stack = problem, stack
        self._sight: Sight = visible_to(reader, problem)
        self._kinds: set[Dimension] = set()

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with each change; `row` is its number."""
        for scenario in self._stack:
            for number, change in enumerate(scenario.changes, 1):
                for field, value, wrong, remedy in self._wrong(change):
                    about = scenario.name, number, f"{change.kind}.{field}", value
                    yield ChangeFinding(Severity.ERROR, *about, wrong, remedy)

    def _wrong(self, change: ScenarioChange) -> Iterator[Wrong]:
        yield from self._ids(change)
        yield from self._fields(change)
        yield from self._share(change)
        groups = _groups(change)
        for by, keys in groups.items():
            yield from self._group(by, keys)
        self._kinds |= groups.keys()
        if groups and len(self._kinds) > 1:
            yield "groups", "", message("several_kinds_of_groups"), message("one_kind_of_group")

    def _ids(self, change: Change) -> Iterator[Wrong]:
        seen = self._sight.buddies | self._sight.companies
        for name, kind in ids_of(type(change)).items():
            if kind is None:
                continue
            held = getattr(change, name)
            for key in held if isinstance(held, tuple) else (held,) if held else ():
                if self._planner:
                    yield name, key, message("by_group_only"), message("name_groups")
                elif key not in seen and not self._made_before(key):
                    remedy = meant(key, sorted(seen), message("name_one_there"))
                    yield name, key, message("does_not_exist"), remedy

    def _made_before(self, key: str) -> bool:
        """Return whether the scenario itself may have made an id; a hidden one is not among them."""
        stems = {getattr(change, "id", "") for scenario in self._stack for change in scenario.changes}
        return key not in self._sight.hidden and key.rpartition("-")[0] in stems - {""}

    def _fields(self, change: Change) -> Iterator[Wrong]:
        allowed = FIELDS.get(type(change))
        given: Mapping[str, Any] = getattr(change, "fields", {})
        for name in sorted(given.keys() - set(allowed or given)):
            fields = ", ".join(allowed or ())
            yield "fields", name, message("field_not_for_planners"), message("only_fields", fields=fields)

    def _share(self, change: Change) -> Iterator[Wrong]:
        if isinstance(change, CallShare):
            least, there = self._problem.policy.min_cell, len(self._problem.care)
            step = next((step for step in STEPS if there * step >= 200 * least), STEPS[-1])
            if change.percent % step:
                wrong, remedy = message("share_too_fine"), message("only_steps", step=step)
                yield "percent", str(change.percent), wrong, remedy

    def _group(self, by: Dimension, keys: tuple[str, ...]) -> Iterator[Wrong]:
        field = f"{by}s"
        cell_of = {key: cell for cell in cells_of_companies(self._problem, by) for key in cell}
        for key in keys:
            together = cell_of.get(key, ())
            if not together:
                yield field, key, message("group_too_small"), message("name_a_larger_group")
            elif not set(together) <= set(keys):
                others = ", ".join(other for other in together if other != key)
                yield field, key, message("group_too_small"), message("name_together", keys=others)


def _groups(change: Change) -> dict[Dimension, tuple[str, ...]]:
    """Return the groups that a change names, by kind."""
    match change:
        case OfCompanies(districts=districts, sectors=sectors, hosts=hosts):
            named = {Dimension.DISTRICT: districts, Dimension.SECTOR: sectors, Dimension.HOST: hosts}
            return {by: keys for by, keys in named.items() if keys}
        case HostLeaves(host=host):
            return {Dimension.HOST: (host,)}
        case _:
            return {}
