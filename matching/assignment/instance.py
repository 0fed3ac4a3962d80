"""The assignment instance and its result: the file format of `buddyplan solve assignment`.

Agents are rows, items columns; all numbers are integers. The format does not depend on buddies or companies.
"""

import json
from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import Field, ValidationError, model_validator

from data.base.entity import Entity
from data.base.instance_text import InstanceError, Misfit, expect, misfit_of, read_object
from data.base.message import Message, message
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
        for name, rows in (("capacity", self.capacity), ("min_load", self.min_load)):
            expect(len(rows) == len(self.load), name, "instance_resources", resources=len(self.load))
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
                expect(
                    here is not None or there is None, place, "instance_null", other="penalty", value=there
                )
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
            raise InstanceError(message("should_be_list"), key)
    flat = not any(isinstance(each, list) for each in given["capacity"])
    if flat:
        given |= {key: [given[key]] for key in ("capacity", "min_load", "load") if key in given}
    given.setdefault("min_load", [[0] * len(row) for row in given["capacity"] if isinstance(row, list)])
    items = next((len(row) for row in given["cost"] if isinstance(row, list)), 0)
    given.setdefault("penalty", [None] * items)
    try:
        return AssignmentInstance.model_validate_json(json.dumps(given))
    except ValidationError as error:
        raise _in_file(misfit_of(error), flat) from None


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


def _in_file(misfit: Misfit, flat: bool) -> InstanceError:
    """Return the error with the places as the file has them: with one resource, lists without its index."""
    if not flat:
        return InstanceError(misfit.wrong, misfit.where)
    fields = tuple(
        (name, _flat(value) if isinstance(value, str) else value) for name, value in misfit.wrong.fields
    )
    return InstanceError(Message(misfit.wrong.code, fields), _flat(misfit.where))


def _flat(place: str) -> str:
    """Return `load[3]` for `load[0][3]`."""
    for key in ("capacity", "min_load", "load"):
        if place.startswith(f"{key}[0]"):
            return place.replace(f"{key}[0]", key, 1)
    return place


def _sized(row: Row, where: str, size: int, of_what: str) -> None:
    expect(len(row) == size, where, f"instance_of_{of_what}", given=len(row), there=size)


def _alike(table: Table, where: str, cost: Table, name: str) -> None:
    """Check that a table has the shape of `cost` and is null exactly where `cost` is."""
    expect(len(table) == len(cost), where, "instance_rows", given=len(table), other=name, there=len(cost))
    for i, (row, costs) in enumerate(zip(table, cost, strict=True)):
        _sized(row, f"{where}[{i}]", len(costs), "items")
        for j, (here, there) in enumerate(zip(row, costs, strict=True)):
            if (here is None) != (there is None):
                empty, full, value = (where, name, there) if here is None else (name, where, here)
                raise Misfit(f"{empty}[{i}][{j}]", message("instance_null", other=full, value=value))
