"""The assignment instance and its result: the file format of `buddyplan solve assignment`.

Agents are rows, items columns; all numbers are integers. The format does not depend on buddies or companies.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from data.base.entity import Entity
from data.base.instance_text import InstanceError, read_object
from data.base.status import Status

MOST = 10**9
"""Numbers must be within ± this, so that sums over any programme are exact in the solver's floats too."""
Number = Annotated[int, Field(ge=-MOST, le=MOST)]
Row = tuple[Number | None, ...]
Table = tuple[Row, ...]


class Limit(Entity):
    """A side constraint: `cost` of chosen pairs + `penalty` of items left out ≤ `at_most`."""

    cost: Table
    penalty: Row
    at_most: Number


class AssignmentInstance(Entity):
    """Assign items to agents at least cost.

    `load[r][i][j]` is the load of item j on resource r of agent i, and `cost[i][j]` its cost; both are None
    if the pair is not eligible. `penalty[j]` is the price of leaving item j out, None if that is not allowed.
    Each agent's load of every resource, idle agents included, must be between `min_load[r][i]` and
    `capacity[r][i]`.
    """

    capacity: tuple[tuple[Number, ...], ...]
    min_load: tuple[tuple[Number, ...], ...]
    load: tuple[Table, ...]
    cost: Table
    penalty: Row
    limits: tuple[Limit, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        agents, items = len(self.cost), len(self.penalty)
        _expect(len(self.capacity) == len(self.load), "capacity", f"{len(self.load)} resources in load")
        _expect(len(self.min_load) == len(self.load), "min_load", f"{len(self.load)} resources in load")
        for r in range(len(self.load)):
            _sized(self.capacity[r], f"capacity[{r}]", agents, "agents")
            _sized(self.min_load[r], f"min_load[{r}]", agents, "agents")
        for i, costs in enumerate(self.cost):
            _sized(costs, f"cost[{i}]", items, "items")
        for r, table in enumerate(self.load):
            _alike(table, f"load[{r}]", self.cost, "cost")
        for k, limit in enumerate(self.limits):
            _alike(limit.cost, f"limits[{k}].cost", self.cost, "cost")
            _sized(limit.penalty, f"limits[{k}].penalty", items, "items")
            for j, (here, there) in enumerate(zip(limit.penalty, self.penalty, strict=True)):
                place = f"limits[{k}].penalty[{j}]"
                _expect(here is not None or there is None, place, f"null where penalty is {there}")
        return self


class AssignmentResult(Entity):
    """The result with its proof: `optimal` means that the integer objective equals the integer bound.

    `assignee[j]` is the agent of item j, None if it is left out; `assignee` itself is None if nothing was
    found. `stopped` is the limit that ended the search, None if it finished.
    """

    status: Status
    objective: int | None = None
    bound: int | None = None
    seconds: float = 0.0
    assignee: tuple[int | None, ...] | None = None
    stopped: Literal["seconds", "work", "cancelled"] | None = None


def parse_assignment(text: str) -> AssignmentInstance:
    """Parse an instance from JSON, with one resource (flat) or several; raises `InstanceError`."""
    given = {key: value for key, value in read_object(text).items() if value is not None}
    for key in ("capacity", "load", "cost"):
        if not isinstance(given.get(key), list):
            raise InstanceError(f"{key}: expected a list")
    flat = not any(isinstance(each, list) for each in given["capacity"])
    if flat:
        given |= {key: [given[key]] for key in ("capacity", "min_load", "load") if key in given}
    given.setdefault("min_load", [[0] * len(row) for row in given["capacity"] if isinstance(row, list)])
    items = next((len(row) for row in given["cost"] if isinstance(row, list)), 0)
    given.setdefault("penalty", [None] * items)
    try:
        return AssignmentInstance.model_validate_json(json.dumps(given))
    except ValidationError as error:
        raise InstanceError(_line(error, flat)) from None


def result_json(result: AssignmentResult) -> str:
    """Return the result as JSON, with `stopped` only if a limit ended the search."""
    shown = json.loads(result.model_dump_json())
    if shown["stopped"] is None:
        del shown["stopped"]
    return json.dumps(shown)


def pairs_of(instance: AssignmentInstance) -> Iterator[tuple[int, int]]:
    """Yield the eligible pairs as (agent, item), agent by agent."""
    for i, row in enumerate(instance.cost):
        for j, cost in enumerate(row):
            if cost is not None:
                yield i, j


def _line(error: ValidationError, flat: bool) -> str:
    """Return the first error as one line, with its position in the file."""
    first = error.errors()[0]
    if "error" in first.get("ctx", {}):
        where, what = str(first["ctx"]["error"]).split(": ", 1)
        parts: list[Any] = [where]
    else:
        what, parts = first["msg"], list(first["loc"])
        where = str(parts[0]) + "".join(f"[{p}]" if isinstance(p, int) else f".{p}" for p in parts[1:])
    if flat:
        for key in ("capacity", "min_load", "load"):
            where = where.replace(f"{key}[0]", key, 1) if where.startswith(f"{key}[0]") else where
            what = what.replace(f" {key}[0]", f" {key}")
    return f"{where}: {what}"


def _sized(row: Row, where: str, size: int, of_what: str) -> None:
    _expect(len(row) == size, where, f"{len(row)} numbers, but there are {size} {of_what}")


def _alike(table: Table, where: str, cost: Table, name: str) -> None:
    """Check that a table has the shape of `cost` and is null exactly where `cost` is."""
    _expect(len(table) == len(cost), where, f"{len(table)} rows, but {name} has {len(cost)}")
    for i, (row, costs) in enumerate(zip(table, cost, strict=True)):
        _sized(row, f"{where}[{i}]", len(costs), "items")
        for j, (here, there) in enumerate(zip(row, costs, strict=True)):
            if (here is None) != (there is None):
                empty, full, value = (where, name, there) if here is None else (name, where, here)
                raise ValueError(f"{empty}[{i}][{j}]: null where {full} is {value}")


def _expect(holds: bool, where: str, what: str) -> None:
    if not holds:
        raise ValueError(f"{where}: {what}")
