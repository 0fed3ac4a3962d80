"""The register: rows, change sets and their changes; a programme holds its reference data by their hash."""

from alembic import op
from sqlalchemy import Column, ForeignKey, Index, UniqueConstraint, column, select, table, update

from data.store.tables.storable import Integer, String, Text
from data.store.tables.utc import Moment

revision = "0011"
down_revision = "0010"

ID, ENTITY, ROW = String(80), String(16), String(120)
SAID_OF_PEOPLE = (
    ("identity", "imported"),
    ("change_set", "note"),
    ("register_row", "texts"),
    ("register_text_change", "before"),
    ("register_text_change", "after"),
)


def upgrade() -> None:
    """Create the tables; `data.register.first_rows` fills them with the last import of each programme."""
    _create_rows()
    for name in ("register_change", "register_text_change"):
        _create_changes(name)
    op.add_column("programme", Column("reference", String(64)))
    op.add_column("identity", Column("imported", Text))
    op.add_column("matching", Column("adopted_at", Moment))
    _fill_references()
    if op.get_context().dialect.name == "postgresql":
        # Statistics contain sample values, so an erased value would remain in them.
        for of, name in SAID_OF_PEOPLE:
            op.execute(f'ALTER TABLE "{of}" ALTER COLUMN "{name}" SET STATISTICS 0')


def _create_rows() -> None:
    op.create_table(
        "register_row",
        Column("programme", ID, ForeignKey("programme.id"), primary_key=True),
        Column("entity", ENTITY, primary_key=True),
        Column("id", ROW, primary_key=True),
        Column("position", Integer, nullable=False),
        Column("data", Text, nullable=False),
        Column("texts", Text, nullable=False),
        Column("imported", Text),
        Column("version", Integer, nullable=False),
        Column("changed_at", Moment, nullable=False),
        Column("changed_by", ID, nullable=False),
        Index("ix_register_row_version", "programme", "version"),
    )
    op.create_table(
        "change_set",
        Column("id", ID, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("number", Integer, nullable=False),
        Column("at", Moment, nullable=False),
        Column("by_user", ID, nullable=False),
        Column("source", String(10), nullable=False),
        Column("note", Text, nullable=False),
        Column("undoes", ID, ForeignKey("change_set.id")),
        UniqueConstraint("programme", "number"),
    )


def _create_changes(name: str) -> None:
    op.create_table(
        name,
        Column("change_set", ID, ForeignKey("change_set.id"), primary_key=True),
        Column("ordinal", Integer, primary_key=True),
        Column("programme", ID, ForeignKey("programme.id"), nullable=False),
        Column("entity", ENTITY, nullable=False),
        Column("row", ROW, nullable=False),
        Column("field", String(40), nullable=False),
        Column("before", Text),
        Column("after", Text),
        Index(f"ix_{name}_row", "programme", "entity", "row"),
    )


def _fill_references() -> None:
    """Let each programme have the reference data of its last import."""
    c = op.get_bind()
    programme = table("programme", column("id"), column("reference"))
    problem = table("problem", column("hash"), column("reference"))
    imports = table(
        "programme_import", column("id"), column("programme"), column("problem"), column("created_at", Moment)
    )
    found = select(imports.c.programme, problem.c.reference).join(
        problem, problem.c.hash == imports.c.problem
    )
    for row in c.execute(found.order_by(imports.c.created_at, imports.c.id)).all():
        c.execute(update(programme).where(programme.c.id == row.programme).values(reference=row.reference))
