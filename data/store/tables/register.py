"""Tables of the register: the rows of a programme as they are now, and every change set with its changes.

A row's values are texts in the notation of the files, as JSON by column; names, addresses and contacts are in
`identity`. What may name a person stands in `texts` and `register_text_change` alone, where it is erased.
"""

from sqlalchemy import Column, ForeignKey, Index, Table, UniqueConstraint

from data.store.tables.columns import ID, metadata, of_programme
from data.store.tables.storable import Integer, String, Text
from data.store.tables.utc import Moment

ENTITY = String(16)
ROW = String(120)

register_row = Table(
    "register_row",
    metadata,
    of_programme(primary_key=True),
    Column("entity", ENTITY, primary_key=True),
    Column("id", ROW, primary_key=True),
    # Rows are in the order in which they came: a later rule on somebody's hours overrides an earlier one.
    Column("position", Integer, nullable=False),
    Column("data", Text, nullable=False),
    Column("texts", Text, nullable=False),
    # The values of `data` as the last import had them; null: no import named the row.
    Column("imported", Text),
    # The number of the change set that made the row what it is; 0: moved here, and not entered yet.
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("changed_by", ID, nullable=False),
    Index("ix_register_row_version", "programme", "version"),
)

change_set = Table(
    "change_set",
    metadata,
    Column("id", ID, primary_key=True),
    of_programme(),
    # 1 for the first change set of a programme, and so on.
    Column("number", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_user", ID, nullable=False),
    Column("source", String(10), nullable=False),
    Column("note", Text, nullable=False),
    Column("undoes", ID, ForeignKey("change_set.id")),
    UniqueConstraint("programme", "number"),
)


def _changes(name: str) -> Table:
    return Table(
        name,
        metadata,
        Column("change_set", ID, ForeignKey("change_set.id"), primary_key=True),
        Column("ordinal", Integer, primary_key=True),
        of_programme(),
        Column("entity", ENTITY, nullable=False),
        Column("row", ROW, nullable=False),
        # A column of the row; empty: the whole row, with all its values as JSON.
        Column("field", String(40), nullable=False),
        # Null: there was no such row, or there is none any more.
        Column("before", Text),
        Column("after", Text),
        Index(f"ix_{name}_row", "programme", "entity", "row"),
    )


register_change = _changes("register_change")
register_text_change = _changes("register_text_change")
"""The same for values that may name a person, apart from the others so that they can be erased."""

remembered = Table(
    "remembered",
    metadata,
    of_programme(primary_key=True),
    # What it is about (`data.store.register.remembered.About`), and the key by which it is found.
    Column("about", String(16), primary_key=True),
    Column("key", ID, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by_user", ID, nullable=False),
)
"""What an office said once: what headers of its lists mean, and that it has looked at the rules."""
