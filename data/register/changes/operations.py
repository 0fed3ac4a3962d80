"""What a change set consists of: rows to enter, to change and to take away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from data.model.findings import Finding
from data.model.vocabulary import CareMode
from data.register.rows.kinds import SHORTHAND
from data.register.rows.row import Whereabouts
from data.tables.columns import COLUMNS
from data.tables.entities import CARE_OF_VISITS
from data.tables.rows import Row


class Act(StrEnum):
    """What an operation does with its row."""

    ENTER = "enter"
    CHANGE = "change"
    REMOVE = "remove"


@dataclass(frozen=True)
class Operation:
    """One step of a change set.

    `id` is empty for a row to be entered that gets one. `values` are texts as the files have them; in a
    change, empty ones clear their column. `version` is the one that was seen, None: any will do. `where` is a
    place that is known already, `read_from` the file and the row in it.
    """

    act: Act
    entity: str
    id: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    version: int | None = None
    where: Whereabouts | None = None
    read_from: tuple[str, int] | None = None


NO_MORE_CARE = {"visits_per_4_weeks": "0"}
"""For a company whose care, if it has any, is entered by rows of its own."""


def expanded(operations: Sequence[Operation], findings: list[Finding] | None = None) -> Iterator[Operation]:
    """Yield operations in which shorthand of a new company is rows of their own: groups, care, its buddy.

    A new company without any care gets the usual one, as in files. `findings` get what cannot be read.
    """
    cared_for = {
        each.values.get("company", "")
        for each in operations
        if each.entity == "care" and each.act is Act.ENTER
    }
    for each in operations:
        if each.entity != "companies" or each.act is not Act.ENTER:
            yield each
            continue
        short = SHORTHAND["companies"]
        own = {name: text for name, text in each.values.items() if name not in short}
        yield replace(each, values=own)
        for entity, values in _of_shorthand(each, each.id in cared_for, findings):
            yield Operation(Act.ENTER, entity, values=values, read_from=each.read_from)


def _of_shorthand(
    given: Operation, cared_for: bool, findings: list[Finding] | None
) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield entity and values of each row that a company's shorthand stands for."""
    company, row = given.id, _readable(given, [] if findings is None else findings)
    for languages, count in row["specialists"]:
        yield "specialists", {"company": company, "languages": "/".join(languages), "count": str(count)}
    visits = 1 if row["visits_per_4_weeks"] is None else row["visits_per_4_weeks"]
    if visits and not cared_for:
        every_weeks, times = CARE_OF_VISITS[visits]
        rhythm = {"every_weeks": str(every_weeks), "times": str(times), "minutes": str(row["visit_min"])}
        yield "care", {"company": company, "mode": CareMode.VISIT.value, **rhythm}
    if row["buddy"]:
        since = {"from": row["buddy_since"].isoformat()} if row["buddy_since"] else {}
        yield "relations", {"company": company, "buddy": row["buddy"], "role": "main", **since}
    if row["last_contact"]:
        by = {"buddy": row["buddy"]} if row["buddy"] else {}
        yield "history", {"company": company, "date": row["last_contact"].isoformat(), **by}


def _readable(given: Operation, findings: list[Finding]) -> Mapping[str, Any]:
    """Return the shorthand of a company, at its emptiest where it cannot be read."""
    row = Row("companies", 0, dict(given.values), findings, key=given.id)
    for column in COLUMNS["companies"]:
        if column.name in SHORTHAND["companies"]:
            row.read(column, column.fallback())
    return {name: row[name] for name in SHORTHAND["companies"] if name in row}
