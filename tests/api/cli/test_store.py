"""The commands that maintain the store, as typed; on either database."""

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from api.cli.app import app
from api.run.registered.programmes import Programmes
from api.service.upkeep import RULES_FILE
from data.base.errors import BuddyplanError
from data.model.history import Contact
from data.model.vocabulary import CareMode, Outcome
from data.register.changes.enter import By, enter
from data.register.changes.operations import Act, Operation
from data.store.backup.restore import NotEmpty, UnknownErasures
from data.store.database.migrate import migrate
from data.store.database.record import NotThere
from data.store.database.store import Store
from data.store.people.audit_check import AuditChanged
from data.store.people.audit_seals import seal_audit
from data.store.register.change_sets import Source
from data.store.work.programmes import identities_of, keep_programme
from tests.data.store.bytes_on_disk import everything, settled
from tests.data.store.entered import PROGRAMME, RUN, reported
from tests.data.store.privacy.test_erasure import GONE, WHO, planned
from tests.refusals import refused

Run = Callable[..., Result]


@pytest.fixture
def run(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a store with a planned week."""
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("BUDDYPLAN_DATABASE_URL", database_url)
    store = Store(database_url)
    migrate(store)
    with store.writing() as c:
        planned(c)
    store.close()
    return lambda *words: CliRunner().invoke(app, [*map(str, words)], catch_exceptions=False)


@pytest.fixture
def opened(database_url: str) -> Store:
    return Store(database_url)


def test_a_person_is_handed_out_and_erased_and_a_backup_brings_nobody_back(
    run: Run, opened: Store, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    assert "tables" in run("backup", file).stdout
    told = json.loads(run("person", "export", "anna").stdout)
    assert told["found"]["identity"][0]["name"] == "Anna Quittenbaum"
    run("person", "export", "anna", "--to", tmp_path / "anna.json")
    assert json.loads((tmp_path / "anna.json").read_text())["id"] == "anna"
    for words in (("anna",), ("bakery", "--contact", "--programme", PROGRAMME)):
        assert "erased" in run("person", "erase", *words).stdout
    assert (tmp_path / "data" / "erasures.jsonl").read_text().count("\n") == 2
    with pytest.raises(NotEmpty):
        run("restore", file)
    assert " rows as of " in run("restore", file, "--replace").stdout
    settled(opened)
    assert [name for name in GONE if name.encode() in everything(opened)] == []


def test_a_backup_alone_on_another_host_needs_a_word(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "alone").mkdir()
    alone = tmp_path / "alone" / "backup.zip"
    run("backup", tmp_path / "backup.zip")
    shutil.copy(tmp_path / "backup.zip", alone)
    monkeypatch.setenv("BUDDYPLAN_DATABASE_URL", "")
    monkeypatch.setenv("BUDDYPLAN_DATA_DIR", str(tmp_path / "another host"))
    with pytest.raises(UnknownErasures):
        run("restore", alone)
    assert " rows as of " in run("restore", alone, "--accept-unknown-erasures").stdout


def test_erasing_and_handing_out_leave_a_trace(run: Run, opened: Store) -> None:
    run("person", "export", "ben")
    run("person", "erase", "ben")
    with opened.reading() as c:
        rows = c.exec_driver_sql("SELECT action, subject FROM audit ORDER BY id").all()
    assert [tuple(row) for row in rows] == [("export person", "ben"), ("erase person", "ben")]


def test_a_dry_run_counts_and_removes_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / RULES_FILE).write_text("people_who_left = 0\nidempotency = 0\n")
    dry = json.loads(run("retention", "--dry-run", "--json").stdout)
    assert json.loads(run("retention", "--dry-run", "--json").stdout) == dry
    assert json.loads(run("retention", "--json").stdout) == dry
    assert "drafts" in run("retention").stdout
    assert set(json.loads(run("retention", "--json").stdout).values()) == {0}


def test_wrong_rules_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / RULES_FILE).write_text("cats = 1\n")
    with refused(BuddyplanError, 'there is no class "cats"'):
        run("retention")


def test_of_several_programmes_one_must_be_named(run: Run, opened: Store) -> None:
    with opened.writing() as c:
        keep_programme(c, RUN.problem.programme.replace(id="another"), WHO)
    assert run("person", "erase", "anna").exit_code == 2
    with opened.reading() as c:
        assert identities_of(c, PROGRAMME).name("anna") == "Anna Quittenbaum"
    with pytest.raises(NotThere):
        run("person", "erase", "anna", "--programme", "nowhere")


def test_funding_bodies_are_told_of_what_buddies_logged(run: Run, opened: Store) -> None:
    told = {"company": "bakery", "buddy": "anna", "minutes": 50, "specialists_met": 2}
    done = Contact(date=date(2026, 11, 25), mode=CareMode.VISIT, outcome=Outcome.DONE, **told)
    employed = [
        Operation(Act.ENTER, "hosts", "chamber", {"id": "chamber"}),
        Operation(Act.CHANGE, "buddies", "anna", {"host": "chamber"}),
    ]
    with opened.writing() as c:
        programmes = Programmes()
        enter(c, programmes.registers, programmes.area(c, PROGRAMME), employed, By("u", Source.DESK))
    asked = "report", "funding", "--host", "chamber", "--from", "2026-11-01", "--to", "2026-11-30", "--json"
    before = json.loads(run(*asked).stdout)["figures"]
    with opened.writing() as c:
        reported(c, "bakery-2026-W48-1", done)
    after = json.loads(run(*asked).stdout)
    assert [each["contacts"] for each in before[:1]] == [0]
    # 50 minutes are stored as 45.
    figures = after["figures"][0]
    assert [figures[name] for name in ("contacts", "specialists", "care_min")] == [1, 2, 45]
    assert after["rows"][0]["contact"]["company"] == "bakery"


def test_the_audit_log_is_checked_in_the_language_asked_for(run: Run, opened: Store) -> None:
    run("person", "export", "ben")
    run("person", "export", "anna")
    assert "2 newer rows have no seal yet" in run("audit", "check").stdout
    seal_audit(opened)
    told = run("audit", "check").stdout.splitlines()
    assert told[0].startswith("2 rows sealed until 2") and told[0].endswith(", all as they were")
    seal = told[-1].split()[-1]
    assert run("audit", "check", "--noted", seal, "--german").stdout.startswith("2 Zeilen bis 2")
    with opened.writing() as c:
        c.exec_driver_sql("UPDATE audit SET subject = 'anna' WHERE subject = 'ben'")
    with refused(AuditChanged, "rows among 1 to 2 of .* are not as they were sealed"):
        run("audit", "check")
    assert AuditChanged.exit_status == 2
