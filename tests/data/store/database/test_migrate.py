"""Migration keeps the rows of any earlier version; tested on both databases."""

import subprocess
import sys
from datetime import datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, insert, inspect, select, text

from data.store.database.migrate import OtherDatabase, head_revision, migrate, revision_of, revisions
from data.store.database.store import Store
from data.store.tables.schema import metadata
from data.store.work.plans import plan_of
from tests.data.store.rows import one_row_each
from tests.refusals import refused


@pytest.fixture
def empty(empty_database_url: str) -> Store:
    return Store(empty_database_url)


def test_head_is_what_the_tables_say(store: Store) -> None:
    with store.reading() as c:
        context = MigrationContext.configure(c, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert revision_of(c) == head_revision() == revisions()[-1]


def test_head_has_the_checks_and_keys_that_the_tables_say(store: Store, empty_database_url: str) -> None:
    """Compare what alembic does not: the text of check constraints, and names of primary keys."""
    with store.reading() as c:
        migrated = constraints(c)
    with store.writing(shown=False) as c:
        reflected = MetaData()
        reflected.reflect(c)
        reflected.drop_all(c)
        metadata.create_all(c)
        assert constraints(c) == migrated


def constraints(c: Connection) -> dict[str, Any]:
    seen = inspect(c)
    return {
        table: (
            sorted((check["name"] or "", check["sqltext"]) for check in seen.get_check_constraints(table)),
            seen.get_pk_constraint(table),
            sorted(str(key) for key in seen.get_foreign_keys(table)),
        )
        for table in metadata.tables
    }


def test_a_database_of_the_first_migration_keeps_its_rows(empty: Store) -> None:
    migrate(empty, revisions()[0])
    with empty.writing(shown=False) as c:
        before = filled(c)
    migrate(empty)
    with empty.reading() as c:
        for name, row in before.items():
            kept = c.execute(select(metadata.tables[name])).one()._mapping
            assert {column: kept[column] for column in row} == row
        assert c.execute(select(metadata.tables["erasure"].c.by_user)).scalar() == ""
        context = MigrationContext.configure(c)
        assert compare_metadata(context, metadata) == []


def filled(c: Connection) -> dict[str, dict[str, Any]]:
    """Insert a row into every table of a database at the first revision, and return the rows."""
    first = MetaData()
    first.reflect(c)
    columns = {table.name: set(table.c.keys()) for table in first.tables.values()}
    rows = {}
    for table in metadata.sorted_tables:
        if table.name not in columns:
            continue
        row = {key: value for key, value in one_row_each(table).items() if key in columns[table.name]}
        c.execute(insert(table).values(row))
        rows[table.name] = row
    return rows


def test_migrating_again_changes_nothing(store: Store) -> None:
    migrate(store)
    with store.reading() as c:
        assert revision_of(c) == head_revision()


def test_a_database_of_a_later_version_is_refused(store: Store) -> None:
    with store.writing(shown=False) as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with refused(OtherDatabase, "of revision 9999, and the program knows 0001 to"):
        migrate(store)


def test_tables_of_another_program_are_left_alone(empty: Store) -> None:
    with empty.writing(shown=False) as c:
        c.execute(text("CREATE TABLE contact (phone INTEGER)"))
    with refused(OtherDatabase, "has a table contact that is not of this program"):
        migrate(empty)
    with empty.reading() as c:
        assert inspect(c).get_table_names() == ["contact"]


def test_processes_that_start_at_once_take_turns(empty_database_url: str) -> None:
    one = (
        "import sys; from data.store.database.store import Store; "
        "from data.store.database.migrate import migrate; "
    )
    command = [
        sys.executable,
        "-c",
        f"{one}sys.stdin.read(1); migrate(Store(sys.argv[1]))",
        empty_database_url,
    ]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE) for _ in range(3)]
    for process in started:
        assert process.stdin
        process.stdin.write(b"x")
        process.stdin.flush()
    assert [process.wait() for process in started] == [0, 0, 0]
    with Store(empty_database_url).reading() as c:
        assert revision_of(c) == head_revision()


def test_drafts_of_an_earlier_version_get_what_was_published_when_they_were_made(empty: Store) -> None:
    """The draft of W48 and W49 came after plan 1 (both weeks) and plan 2 (W49), and before plan 3 (W48)."""
    plans = (
        ("1", "published", "2026-W48", 2, 1, 1),
        ("2", "published", "2026-W49", 1, 2, 2),
        ("draft", "draft", "2026-W48", 2, 3, None),
        ("3", "published", "2026-W48", 1, 4, 4),
    )
    migrate(empty, "0012")
    with empty.writing(shown=False) as c:
        held = MetaData()
        held.reflect(c)
        for name in ("programme", "problem", "matching"):
            own = held.tables[name]
            row = {k: v for k, v in one_row_each(metadata.tables[name]).items() if k in own.c}
            c.execute(insert(own).values(row))
        own = held.tables["plan"]
        usual = {k: v for k, v in one_row_each(metadata.tables["plan"]).items() if k in own.c}
        for version, (key, state, first, weeks, made, published) in enumerate(plans, 1):
            moments = {
                "created_at": datetime(2026, 11, made),
                "published_at": datetime(2026, 11, published) if published else None,
                "told_at": None,
            }
            row = {"id": key, "state": state, "first_week": first, "weeks": weeks, "version": version}
            c.execute(insert(own).values({**usual, **row, **moments, "parent": None, "replanning": None}))
    migrate(empty)
    with empty.reading() as c:
        base = plan_of(c, "draft").base
    assert dict(base.plans) == {"2026-W48": "1", "2026-W49": "2"}
