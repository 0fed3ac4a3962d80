"""The register as files: what `data.register.lists` reads back without a change."""

from collections.abc import Mapping

from data.register.rows.kinds import KINDS
from data.register.rows.policy import POLICY
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow, in_order

Tables = dict[str, list[Mapping[str, str]]]


def tables_of(register: Register) -> Tables:
    """Return the rows of each table in the notation of files, in the order in which they were entered.

    A company without care says so, since files give one that says nothing the usual care. Rows whose address
    is not known (any longer) have their coordinates.
    """
    cared_for = {row.values["company"] for row in register.of("care")}
    tables: Tables = {}
    for entity in KINDS:
        rows = in_order(list(register.of(entity)))
        if entity != POLICY and rows:
            tables[entity] = [_row(row, row.id in cared_for) for row in rows]
    return tables


def _row(row: RegisterRow, cared_for: bool) -> dict[str, str]:
    values = dict(row.values)
    if row.entity == "companies" and not cared_for:
        values["visits_per_4_weeks"] = "0"
    if row.where and not values.keys() & {"lat", "postcode", "town", "address"}:
        values["lat"], values["lon"] = f"{row.where.point.lat:.5f}", f"{row.where.point.lon:.5f}"
    return values
