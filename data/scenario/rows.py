"""Helpers for changes: remove, replace and look up rows of a problem, with errors that say what is wrong."""

import itertools
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date
from typing import Any, TypeVar

from pydantic import ValidationError

from data.base.entity import Entity, canonical_json
from data.base.foreign_errors import why_wrong
from data.base.message import Message, message
from data.model.findings import meant
from data.model.problem import Buddy, Company, Problem
from data.model.vocabulary import Vehicle

Kept = TypeVar("Kept", bound=Entity)
Named = TypeVar("Named", Buddy, Company)


class WrongChange(ValueError):
    """A change that cannot be made: the field, its value, what is wrong, and what would be right."""

    def __init__(self, field: str, value: str, problem: Message, remedy: Message) -> None:
        super().__init__(f"{field} {value}: {problem}; {remedy}")
        self.field, self.value, self.problem, self.remedy = field, value, problem, remedy


NOBODY: frozenset[str] = frozenset()


def without(problem: Problem, buddies: Set[str] = NOBODY, companies: Set[str] = NOBODY) -> Problem:
    """Return the problem without some buddies and companies and all rows that name them; history stays."""
    gone = buddies | companies

    def kept(rows: Iterable[Kept]) -> tuple[Kept, ...]:
        names = ("buddy", "company", "who")
        return tuple(row for row in rows if not any(getattr(row, name, None) in gone for name in names))

    appointments = [
        each.replace(buddies=tuple(key for key in each.buddies if key not in buddies))
        for each in problem.appointments
        if each.company not in companies and not (each.buddies and set(each.buddies) <= buddies)
    ]
    return problem.replace(
        buddies=tuple(_without_deputies(each, buddies) for each in problem.buddies if each.id not in buddies),
        companies=tuple(company for company in problem.companies if company.id not in companies),
        specialists=kept(problem.specialists),
        care=kept(problem.care),
        relations=kept(problem.relations),
        requests=kept(problem.requests),
        appointments=tuple(appointments),
        availability=kept(problem.availability),
        pins=kept(problem.pins),
        bans=kept(problem.bans),
        history=tuple(row for row in problem.history if row.company not in companies),
        terms=kept(problem.terms),
        bases=kept(row for row in problem.bases if row.place not in companies),
    )


def _without_deputies(buddy: Buddy, gone: Set[str]) -> Buddy:
    left = tuple(key for key in buddy.deputies if key not in gone)
    return buddy if left == buddy.deputies else buddy.replace(deputies=left)


def with_fields(entity: Kept, fields: Mapping[str, Any]) -> Kept:
    """Return an entity with fields changed, given as JSON; raises `WrongChange`."""
    held = {**entity.model_dump(mode="json", by_alias=True), **fields}
    unknown = sorted(fields.keys() - type(entity).model_fields.keys())
    if unknown:
        remedy = meant(unknown[0], type(entity).model_fields, message("look_at_fields"))
        raise WrongChange("fields", unknown[0], message("no_field", entity=type(entity).__name__), remedy)
    if "id" in fields:
        raise WrongChange("fields", "id", message("cannot_be_changed"), message("remove_and_add"))
    try:
        changed = type(entity).model_validate_json(canonical_json(held))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise WrongChange("fields", where, message("does_not_fit"), why_wrong(first)) from None
    _refuse_impossible(changed, fields)
    return changed


SPANS = (("employed_from", "employed_to"), ("min_care_min", "max_care_min"))


def _refuse_impossible(entity: Entity, fields: Mapping[str, Any]) -> None:
    """Raise `WrongChange` for what no file may say: reversed spans, and vehicles other than cars."""
    for low, high in SPANS:
        start, end = (getattr(entity, name, None) for name in (low, high))
        if fields.keys() & {low, high} and start is not None and end is not None and start > end:
            less = "before_other" if isinstance(start, date) else "less_than_other"
            raise WrongChange("fields", high, message(less, other=f"{low} ({start})"), message("swap"))
    if "vehicle" in fields and getattr(entity, "vehicle", Vehicle.CAR) is not Vehicle.CAR:
        raise WrongChange("fields", "vehicle", message("only_by_car"), message("leave_vehicle_empty"))


def with_buddies(problem: Problem, wanted: set[str], change: Callable[[Buddy], Buddy]) -> Problem:
    """Return the problem with some buddies changed."""
    return problem.replace(buddies=tuple(change(b) if b.id in wanted else b for b in problem.buddies))


def with_companies(problem: Problem, wanted: set[str], change: Callable[[Company], Company]) -> Problem:
    """Return the problem with some companies changed."""
    return problem.replace(companies=tuple(change(c) if c.id in wanted else c for c in problem.companies))


def by_id(rows: Iterable[Named]) -> tuple[Named, ...]:
    """Return rows sorted by id."""
    return tuple(sorted(rows, key=lambda row: row.id))


def known(field: str, key: str, ids: Iterable[str]) -> str:
    """Return an id if it exists; raises `WrongChange` if it does not."""
    there = list(ids)
    if key not in there:
        remedy = meant(key, there, message("name_one_there"))
        raise WrongChange(field, key, message("does_not_exist"), remedy)
    return key


def all_known(field: str, keys: Iterable[str], ids: Iterable[str]) -> set[str]:
    """Return ids that all exist; raises `WrongChange` for the first that does not."""
    there = list(ids)
    return {known(field, key, there) for key in keys}


def new_ids(stem: str, count: int, problem: Problem) -> list[str]:
    """Return new ids, `stem`-1, `stem`-2 and so on, without those that the problem has already.

    They are skipped and not refused: a refusal would tell a reader which ids there are.
    """
    used = problem.buddy.keys() | problem.company.keys() | problem.place.keys()
    free = (key for number in itertools.count(1) if (key := f"{stem}-{number}") not in used)
    return list(itertools.islice(free, count))
