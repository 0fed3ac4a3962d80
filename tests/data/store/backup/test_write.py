"""A backup can be restored into either database, completely or not at all."""

import json
import stat
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from data.store.backup.restore import NotEmpty, restore
from data.store.backup.write import LEFT_OUT, MANIFEST, BrokenBackup, back_up
from data.store.database.migrate import OtherDatabase, head_revision, migrate, revision_of, revisions
from data.store.database.store import Store, sqlite_url
from data.store.tables import schema as s
from data.store.tables.schema import metadata
from data.store.tables.utc import now
from tests.data.store.database.test_migrate import filled
from tests.data.store.rows import one_row_each
from tests.refusals import refused


def fill(store: Store) -> None:
    with store.writing() as c:
        for table in metadata.sorted_tables:
            c.execute(insert(table).values(one_row_each(table)))
        # Named so that it sorts before the plan that it re-plans.
        later = one_row_each(s.plan) | {"id": "a", "version": 31, "parent": "x", "created_at": now()}
        c.execute(insert(s.plan).values(later))


def rows(store: Store) -> dict[str, Any]:
    """Everything, but for the mark of changes and the moment of plans, which a restore renews."""
    renewed = {*s.change.c, s.plan.c.told_at}
    with store.reading() as c:
        return {
            table.name: sorted(
                map(repr, c.execute(select(*(each for each in table.c if each not in renewed))))
            )
            for table in metadata.sorted_tables
            if table is not s.change
        }


@pytest.fixture
def other(tmp_path: Path) -> Store:
    (tmp_path / "other").mkdir()
    return Store(sqlite_url(tmp_path / "other" / "store.db"))


def test_every_row_but_sessions_and_invitations_comes_back_and_goes_back(
    store: Store, other: Store, tmp_path: Path
) -> None:
    """From this database to SQLite, and from there back to this one."""
    fill(store)
    before = rows(store) | {"session": [], "invitation": []}
    manifest = back_up(store, tmp_path / "there.zip")
    assert {name: table.rows for name, table in manifest.tables.items() if name != "plan"} == dict.fromkeys(
        metadata.tables.keys() - LEFT_OUT - {"plan"}, 1
    )
    restore(other, tmp_path / "there.zip", tmp_path / "journal")
    assert rows(other) == before
    back_up(other, tmp_path / "back.zip")
    restore(store, tmp_path / "back.zip", tmp_path / "journal", replace=True)
    assert rows(store) == before


def test_rows_that_come_after_a_restore_are_numbered_on(store: Store, tmp_path: Path) -> None:
    fill(store)
    back_up(store, tmp_path / "b.zip")
    restore(store, tmp_path / "b.zip", tmp_path / "journal", replace=True)
    row = {key: value for key, value in one_row_each(s.audit).items() if key != "id"}
    with store.writing() as c:
        assert c.execute(insert(s.audit).values(row)).inserted_primary_key == (31,)


def test_a_backup_is_for_its_owner_alone(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "b.zip")
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600
    assert list(tmp_path.glob(".b.zip*")) == []


def test_a_backup_that_fails_leaves_the_former_file(store: Store, tmp_path: Path) -> None:
    target = tmp_path / "b.zip"
    target.write_bytes(b"the former one")
    with store.writing(shown=False) as c:
        metadata.drop_all(c)
        c.exec_driver_sql("DROP TABLE alembic_version")
    with refused(OtherDatabase, "nothing to back up"):
        back_up(store, target)
    assert target.read_bytes() == b"the former one" and list(tmp_path.glob(".b.zip*")) == []


def test_a_store_with_rows_is_left_alone(store: Store, tmp_path: Path) -> None:
    back_up(store, tmp_path / "empty.zip")
    fill(store)
    before = rows(store)
    with refused(NotEmpty, "`--replace`"):
        restore(store, tmp_path / "empty.zip", tmp_path / "journal")
    assert rows(store) == before


def test_a_backup_of_an_earlier_version_is_migrated(
    empty_database_url: str, other: Store, tmp_path: Path
) -> None:
    old = Store(empty_database_url)
    migrate(old, revisions()[0])
    with old.writing(shown=False) as c:
        before = filled(c)
    assert back_up(old, tmp_path / "old.zip").revision == "0001"
    for target in (other, old):
        restore(target, tmp_path / "old.zip", tmp_path / "journal", replace=True)
        with target.reading() as c:
            assert revision_of(c) == head_revision()
            for name in before.keys() - LEFT_OUT:
                kept = c.execute(select(metadata.tables[name])).one()._mapping
                assert {column: kept[column] for column in before[name]} == before[name]
    old.close()


def changed(source: Path, **members: bytes | None) -> Path:
    """Rewrite a backup with other members; None removes one."""
    target = source.with_name("changed.zip")
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = members.get(Path(name).stem, old.read(name))
            if content is not None:
                new.writestr(name, content)
    return target


@pytest.fixture
def whole(store: Store, tmp_path: Path) -> Path:
    fill(store)
    back_up(store, tmp_path / "whole.zip")
    return tmp_path / "whole.zip"


def test_a_broken_backup_changes_nothing(store: Store, whole: Path, tmp_path: Path) -> None:
    before, raw = rows(store), whole.read_bytes()
    for length in (0, 100, len(raw) // 2, len(raw) - 1):
        (tmp_path / "cut.zip").write_bytes(raw[:length])
        with refused(BrokenBackup, r"cut\.zip is no whole backup"):
            restore(store, tmp_path / "cut.zip", tmp_path / "journal", replace=True)
    for message, members in (
        ("the table plan is not as it was written", {"plan": b""}),
        ("lacks its table plan", {"plan": None}),
        ("is no backup", {"manifest": None}),
        ("is no backup", {"manifest": b"{}"}),
    ):
        with refused(BrokenBackup, message):
            restore(store, changed(whole, **members), tmp_path / "journal", replace=True)
    assert rows(store) == before


def test_any_byte_that_flips_is_noticed_or_does_not_matter(store: Store, whole: Path, tmp_path: Path) -> None:
    """Flip eight bytes spread over the file; only the zip's own dates may change unnoticed."""
    before, raw = rows(store) | {"session": [], "invitation": []}, whole.read_bytes()
    with store.writing() as c:
        c.execute(s.session.delete())
        c.execute(s.invitation.delete())
    for k in range(8):
        at = len(raw) * (2 * k + 1) // 16
        (tmp_path / "flip.zip").write_bytes(raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])
        with suppress(BrokenBackup):
            restore(store, tmp_path / "flip.zip", tmp_path / "journal", replace=True)
        assert rows(store) == before


@pytest.mark.parametrize(
    ("field", "value", "error"), [("format", 2, BrokenBackup), ("revision", "9999", OtherDatabase)]
)
def test_a_backup_of_a_later_version_is_refused(
    store: Store, whole: Path, tmp_path: Path, field: str, value: object, error: type[Exception]
) -> None:
    with zipfile.ZipFile(whole) as archive:
        manifest = json.loads(archive.read(MANIFEST)) | {field: value}
    later = changed(whole, manifest=json.dumps(manifest).encode())
    with pytest.raises(error, match=str(value)):
        restore(store, later, tmp_path / "journal", replace=True)
