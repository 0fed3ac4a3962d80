"""Trust 6, who is erased stays erased: a restore takes the union of store, backup and files, on any host."""

import json
import shutil
from pathlib import Path

import pytest
from sqlalchemy import Connection

from api.service.settings import Settings
from api.service.upkeep import erase, journals_of
from data.store.backup.restore import UnknownErasures, restore
from data.store.backup.write import back_up
from data.store.database.store import Store, sqlite_url
from data.store.privacy.erasure import Erased
from data.store.privacy.erasure_journal import FILE, NotNoted, note_erasures, read_journal
from data.store.work.programmes import identities_of
from tests.data.store.entered import PROGRAMME
from tests.data.store.privacy.test_erasure import planned
from tests.refusals import refused

LINE = {"programme": PROGRAMME, "what": "person", "erased_on": "2026-11-24", "by_user": "u"}
ANNA, BAKER = "Anna Quittenbaum", "Bäckerei Kruste"


@pytest.fixture
def house(store: Store, tmp_path: Path) -> Settings:
    """The settings of a host whose backups are on another disk; its store has a planned week."""
    with store.writing() as c:
        planned(c)
    return Settings(data_dir=tmp_path / "data", backup_dir=tmp_path / "disk")


def another_host(folder: Path) -> Store:
    folder.mkdir()
    return Store(sqlite_url(folder / "store.db"))


def erased(store: Store, house: Settings, who: str) -> None:
    erase(store, journals_of(house), PROGRAMME, who, Erased.PERSON, "u")


def names(store: Store) -> tuple[str, str]:
    with store.reading() as c:
        known = identities_of(c, PROGRAMME)
        return known.name("anna"), known.name("bakery")


def ids(journal: Path) -> list[str]:
    return [one.id for one in read_journal(journal)]


def test_an_erasure_is_in_the_store_and_in_the_file_beside_the_backups(store: Store, house: Settings) -> None:
    erased(store, house, "anna")
    assert [ids(journal) for journal in journals_of(house)] == [["anna"], ["anna"]]


def test_another_host_learns_from_the_file_beside_the_backup(
    store: Store, house: Settings, tmp_path: Path
) -> None:
    """The first host is lost with its data folder; its backup is older than the erasure."""
    assert house.backup_dir
    house.backup_dir.mkdir()
    back_up(store, house.backup_dir / "older.zip")
    erased(store, house, "anna")
    anew = another_host(tmp_path / "anew")
    restore(anew, house.backup_dir / "older.zip", tmp_path / "anew" / FILE)
    assert names(anew) == ("anna", BAKER)
    assert ids(tmp_path / "anew" / FILE) == ["anna"]


def test_the_union_of_store_backup_and_every_file_stays_erased(
    store: Store, house: Settings, tmp_path: Path
) -> None:
    """Anna stands in the store that is replaced alone, the bakery in the file beside the backup alone."""
    place = tmp_path / "elsewhere"
    place.mkdir()
    back_up(store, place / "older.zip")
    erased(store, house, "anna")
    (place / FILE).write_text(json.dumps(LINE | {"id": "bakery"}) + "\n")
    for journal in journals_of(house):
        journal.unlink()
    restore(store, place / "older.zip", *journals_of(house), replace=True)
    assert names(store) == ("anna", "bakery")
    assert [sorted(ids(journal)) for journal in journals_of(house)] == [["anna", "bakery"]] * 2


def test_an_empty_store_without_any_file_is_filled_only_where_that_is_accepted(
    store: Store, house: Settings, tmp_path: Path
) -> None:
    back_up(store, tmp_path / "older.zip")
    (tmp_path / "alone").mkdir()
    alone = shutil.copy(tmp_path / "older.zip", tmp_path / "alone" / "older.zip")
    anew = another_host(tmp_path / "anew")
    with refused(UnknownErasures, "--accept-unknown-erasures"):
        restore(anew, alone, tmp_path / "anew" / FILE)
    restore(anew, alone, tmp_path / "anew" / FILE, accept_unknown=True)
    assert names(anew) == (ANNA, BAKER)


def test_a_file_of_none_tells_that_nobody_was_erased(store: Store, house: Settings, tmp_path: Path) -> None:
    back_up(store, tmp_path / "backup.zip")
    assert (tmp_path / FILE).read_bytes() == b""
    anew = another_host(tmp_path / "anew")
    restore(anew, tmp_path / "backup.zip", tmp_path / "anew" / FILE)
    assert names(anew) == (ANNA, BAKER)


def test_where_a_file_cannot_be_written_nobody_is_erased(store: Store, house: Settings) -> None:
    assert house.backup_dir
    house.backup_dir.write_text("no folder")
    with refused(NotNoted, "nothing was erased"):
        erased(store, house, "anna")
    assert names(store) == (ANNA, BAKER)


def test_a_torn_line_is_dropped_in_every_file(c: Connection, tmp_path: Path) -> None:
    from datetime import date

    from data.store.privacy.erasure import erase_person

    planned(c)
    erase_person(c, PROGRAMME, "anna", "u", date(2026, 11, 24))
    whole = json.dumps(LINE | {"id": "zoe"}) + "\n"
    journals = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    for journal, torn in zip(journals, ("", whole[:-9]), strict=True):
        journal.write_text(whole + torn)
    note_erasures(c, *journals)
    assert [ids(journal) for journal in journals] == [["zoe", "anna"]] * 2
