"""Trust 14, what one store takes the other takes too; a restore names row and field, never contents."""

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from data.store.backup.restore import restore
from data.store.backup.write import MANIFEST, BrokenBackup, back_up
from data.store.database.store import Store, sqlite_url
from data.store.people.users import users_after
from data.store.tables import schema as s
from data.store.tables import storable
from data.store.tables.storable import NotStorable
from tests.data.store.backup.test_write import fill, rows
from tests.data.store.rows import one_row_each
from tests.refusals import refused

SECRET = "Quittenbaum"
NAMES = ["Zoe", "anna", "b-1", "b1", "ba", "strasse", "straße", "äpfel", "Äpfel", "日本", "😀"]


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        (s.pair_rule, "reason", f"{SECRET}\0"),
        (s.pair_rule, "reason", f"{SECRET}\ud83d"),
        (s.pair_rule, "id", SECRET + "x" * 80),
        (s.job, "stage", SECRET + "x" * 20),
        (s.promise, "from_min", 2**31),
        (s.promise, "from_min", -(2**31) - 1),
        (s.promise, "from_min", 2**63),
        (s.promise, "from_min", SECRET),
        (s.job, "share", float("nan")),
        (s.job, "share", float("inf")),
        (s.identity, "name", 7),
    ],
)
def test_what_one_store_cannot_hold_both_refuse_without_repeating_it(
    store: Store, table: Any, column: str, value: Any
) -> None:
    fill(store)
    before = rows(store)
    with pytest.raises(NotStorable) as refusal, store.writing() as c:
        c.execute(update(table).values({column: value}))
    assert SECRET not in str(refusal.value) and rows(store) == before


def test_rows_compared_with_what_cannot_be_stored_are_refused_alike(store: Store) -> None:
    with pytest.raises(NotStorable), store.reading() as c:
        c.execute(select(s.identity).where(s.identity.c.id == "anna\0")).all()


def test_every_column_of_a_plain_type_is_checked() -> None:
    """A column of a type of SQLAlchemy's own would take on SQLite what PostgreSQL refuses."""
    plain = {
        f"{table.name}.{column.name}"
        for table in s.metadata.sorted_tables
        for column in table.columns
        if type(column.type).__name__ in ("String", "Text", "Integer", "Float")
        and type(column.type).__module__ != storable.__name__
    }
    assert plain == set()


def test_both_stores_sort_by_code_point_and_tell_case_apart(store: Store) -> None:
    """Pages of a list follow one another by that order; one that is sorted otherwise would lose rows."""
    row = one_row_each(s.user) | {"role": "viewer"}
    with store.writing() as c:
        for number, name in enumerate(reversed(NAMES)):
            c.execute(insert(s.user).values(row | {"id": str(number), "login": name, "subject": name}))
    with store.reading() as c:
        found: list[str] = []
        while page := users_after(c, "", 2, found[-1] if found else ""):
            found += [user.login for user in page]
    assert found == sorted(NAMES)


def test_every_text_of_postgresql_sorts_by_code_point(store: Store) -> None:
    if store.on_sqlite:
        return
    with store.reading() as c:
        texts = c.exec_driver_sql(
            "SELECT table_name, column_name, collation_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type IN ('text', 'character varying')"
        ).all()
    ours = [row for row in texts if row.table_name in s.metadata.tables]
    assert [row for row in ours if row.collation_name != "C"] == [] and len(ours) > 50


def test_a_backup_of_one_goes_into_the_other_and_back_with_all_it_holds(
    database_url: str, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    here, there = Store(database_url), Store(sqlite_url(tmp_path / "other" / "store.db"))
    fill(here)
    with here.writing() as c:
        for number, name in enumerate(NAMES):
            person = {"id": f"p{number}", "name": name, "street": "", "town": name * 500}
            c.execute(insert(s.identity).values(one_row_each(s.identity) | person))
            edge = {"visit": name * (160 // len(name)), "from_min": 2**31 - 1 - number, "to_min": -(2**31)}
            c.execute(insert(s.promise).values(one_row_each(s.promise) | edge))
    before = rows(here) | {"session": [], "invitation": []}
    back_up(here, tmp_path / "there.zip")
    restore(there, tmp_path / "there.zip")
    assert rows(there) == before
    back_up(there, tmp_path / "back.zip")
    restore(here, tmp_path / "back.zip", replace=True)
    assert rows(here) == before


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        ("pair_rule", {"reason": f"{SECRET}\0"}, "row 1 of the table pair_rule, column reason: .*U.0000"),
        ("pair_rule", {"reason": f"{SECRET}\ud800"}, "column reason: .*U.D800"),
        ("pair_rule", {"id": SECRET * 20}, "column id: a text of 220 signs, and 80 fit"),
        ("promise", {"from_min": SECRET}, "column from_min: it should be a valid integer"),
        ("promise", {"from_min": 2**40}, "column from_min: a whole number from"),
        ("promise", {"date": SECRET}, "column date: write another value"),
        ("pair_rule", {"kind": "may"}, "rows of the table pair_rule contradict"),
        ("identity", {"programme": SECRET}, "rows of the table identity contradict"),
        ("identity", {"name": None}, "column name: it has to be given"),
        ("job", {"share": float("nan")}, "column share: it should be a valid number"),
        ("audit", {SECRET: 1}, "row 1 of the table audit has not the columns"),
        ("problem", {"times": "Quitten"}, "column times: write another value"),
    ],
)
def test_a_restore_names_row_and_field_and_never_what_is_in_it(
    store: Store, tmp_path: Path, table: str, change: dict[str, Any], told: str
) -> None:
    fill(store)
    back_up(store, tmp_path / "whole.zip")
    before = rows(store)
    with refused(BrokenBackup, told) as refusal:
        restore(store, _changed(tmp_path / "whole.zip", table, change), replace=True)
    assert SECRET not in str(refusal.value) and refusal.value.__cause__ is None
    assert rows(store) == before


def _changed(source: Path, table: str, change: dict[str, Any]) -> Path:
    """Write a backup whose first row of a table is another, with the right hash: as another program might."""
    target, name = source.with_name("changed.zip"), f"tables/{table}.jsonl"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        first, *others = old.read(name).splitlines(keepends=True)
        lines = json.dumps(json.loads(first) | change).encode() + b"\n" + b"".join(others)
        manifest = json.loads(old.read(MANIFEST))
        manifest["tables"][table]["sha256"] = hashlib.sha256(lines).hexdigest()
        for each in old.namelist():
            changed = {name: lines, MANIFEST: json.dumps(manifest).encode()}
            new.writestr(each, changed.get(each, old.read(each)))
    return target
