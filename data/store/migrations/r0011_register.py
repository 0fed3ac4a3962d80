"""The register: rows, change sets and their changes; a programme holds its reference data by their hash."""

from alembic import op
from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    PrimaryKeyConstraint,
    UniqueConstraint,
    column,
    select,
    table,
    update,
)

from data.store.tables.storable import Integer, String, Text
from data.store.tables.utc import Moment

revision = "0011"
down_revision = "0009"


def upgrade() -> None:
    """Create the tables; `data.register.first_rows` fills them with the last import of each programme."""
    op.create_table(
        "register_row",
        Column("programme", String(80), nullable=False),
        Column("entity", String(16), nullable=False),
        Column("id", String(120), nullable=False),
        Column("position", Integer, nullable=False),
        Column("data", Text, nullable=False),
        Column("texts", Text, nullable=False),
        Column("imported", Text),
        Column("version", Integer, nullable=False),
        Column("changed_at", Moment, nullable=False),
        Column("changed_by", String(80), nullable=False),
        PrimaryKeyConstraint("programme", "entity", "id", name="pk_register_row"),
        _of_programme("register_row"),
    )
    op.create_index("ix_register_row_version", "register_row", ["programme", "version"])
    op.create_table(
        "change_set",
        Column("id", String(80), nullable=False),
        Column("programme", String(80), nullable=False),
        Column("number", Integer, nullable=False),
        Column("at", Moment, nullable=False),
        Column("by_user", String(80), nullable=False),
        Column("source", String(10), nullable=False),
        Column("note", Text, nullable=False),
        Column("undoes", String(80)),
        PrimaryKeyConstraint("id", name="pk_change_set"),
        _of_programme("change_set"),
        ForeignKeyConstraint(["undoes"], ["change_set.id"], name="fk_change_set_undoes_change_set"),
        UniqueConstraint("programme", "number", name="uq_change_set_programme"),
    )
    _create_changes("register_change")
    _create_changes("register_text_change")
    op.add_column("programme", Column("reference", String(64)))
    op.add_column("identity", Column("imported", Text))
    _fill_references()


def _of_programme(name: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["programme"], ["programme.id"], name=f"fk_{name}_programme_programme")


def _create_changes(name: str) -> None:
    op.create_table(
        name,
        Column("change_set", String(80), nullable=False),
        Column("ordinal", Integer, nullable=False),
        Column("programme", String(80), nullable=False),
        Column("entity", String(16), nullable=False),
        Column("row", String(120), nullable=False),
        Column("field", String(40), nullable=False),
        Column("before", Text),
        Column("after", Text),
        PrimaryKeyConstraint("change_set", "ordinal", name=f"pk_{name}"),
        ForeignKeyConstraint(["change_set"], ["change_set.id"], name=f"fk_{name}_change_set_change_set"),
        _of_programme(name),
    )
    op.create_index(f"ix_{name}_row", name, ["programme", "entity", "row"])


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
