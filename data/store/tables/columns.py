"""Shared by all tables: metadata, and the types of ids, hashes and weeks."""

from sqlalchemy import Column, ForeignKey, MetaData

from data.store.tables.storable import String

# Constraints are named, so that a migration can refer to them on every database.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

ID = String(80)
HASH = String(64)
WEEK = String(8)


def of_programme(primary_key: bool = False) -> Column[str]:
    """Return the programme column of a table whose rows belong to one programme."""
    return Column("programme", ID, ForeignKey("programme.id"), nullable=False, primary_key=primary_key)
