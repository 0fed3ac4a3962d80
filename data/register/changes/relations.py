"""Relations as rows: whether one is of a main buddy, from when to when it lasts, and how it ends."""

from datetime import date, timedelta

from data.model.vocabulary import RelationRole
from data.register.changes.operations import Act, Operation
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow, Values


def is_main(values: Values) -> bool:
    """Return whether a relation is of the main buddy."""
    return values.get("role", RelationRole.MAIN) == RelationRole.MAIN


def main_relations(register: Register) -> dict[str, list[RegisterRow]]:
    """Return the relations of main buddies by company, past and future ones too."""
    found: dict[str, list[RegisterRow]] = {}
    for row in register.of("relations"):
        if is_main(row.values):
            found.setdefault(row.values["company"], []).append(row)
    return found


def first_day(values: Values, otherwise: date = date.min) -> date:
    """Return the first day of a relation; `otherwise` where none is given."""
    return date.fromisoformat(values["from"]) if values.get("from") else otherwise


def last_day(values: Values) -> date:
    """Return the last day of a relation, the end of time where none is given."""
    return date.fromisoformat(values["to"]) if values.get("to") else date.max


def lasts_on(values: Values, day: date) -> bool:
    """Return whether a relation lasts on a day."""
    return first_day(values) <= day <= last_day(values)


def ended_before(row: RegisterRow, day: date) -> Operation:
    """Return the end of a relation on the eve of a day; one that would begin then or later never was."""
    if first_day(row.values) >= day:
        return Operation(Act.REMOVE, "relations", row.id, version=row.version)
    last = {"to": (day - timedelta(days=1)).isoformat()}
    return Operation(Act.CHANGE, "relations", row.id, last, row.version)
