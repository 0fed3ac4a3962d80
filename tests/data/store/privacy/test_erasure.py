"""An erased name is gone from the store and restored backups, and old plans stay valid; on both databases."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from data.base.errors import BuddyplanError
from data.model.identity import Identities, Identity
from data.register.first_rows import fill_register
from data.register.pair_rules import rules_of
from data.register.rows.load import register_of
from data.store.backup.restore import restore
from data.store.backup.write import back_up
from data.store.database.migrate import migrate
from data.store.database.store import Store, sqlite_url
from data.store.privacy.compaction import StillRead, compact
from data.store.privacy.erasure import erase_contact, erase_person
from data.store.privacy.erasure_journal import catch_up, note_erasures, read_journal
from data.store.register.remembered import About, remember, remembered
from data.store.studies.scenarios import NewScenario, keep_scenario, scenarios_of
from data.store.tables import schema as s
from data.store.tables.utc import now
from data.store.work.matchings import keep_matching, matching_of
from data.store.work.plans import NewPlan, keep_draft, plan_of, publish, weeks_of_plan
from data.store.work.problems import keep_import, keep_problem, packed, problem_of
from data.store.work.programmes import identities_of, keep_programme
from matching.judge.matching import check_matching
from matching.solve import match
from scheduling.judge.plan import check_weeks
from scheduling.plan.plan_weeks import plan_weeks
from tests.data.store.bytes_on_disk import everything, sampled, settled
from tests.data.store.entered import PROGRAMME, RUN, ruled
from tests.refusals import refused

ON = date(2026, 11, 24)
WHO = Identities(
    people=(
        Identity(id="anna", name="Anna Quittenbaum", street="Zwetschgenweg 7", town="Magdeburg"),
        Identity(
            id="bakery",
            name="Bäckerei Kruste",
            contact_name="Jörg Xanthopoulos",
            contact_phone="0391 7766554",
            contact_email="joerg@kruste.example",
        ),
    )
)
GONE = ("Quittenbaum", "quittenbaum", "Zwetschgenweg", "Xanthopoulos", "7766554", "joerg@kruste")


def planned(c: Connection) -> str:
    """Match, plan and publish the small run, write names into every free text; return the plan."""
    problem, times = RUN.problem, RUN.times
    keep_programme(c, problem.programme, WHO)
    keep_import(c, PROGRAMME, keep_problem(c, packed(problem, times, None)), 0, 0, "u")
    fill_register(c, PROGRAMME)
    matching = match(problem, times)
    stored = keep_matching(c, PROGRAMME, matching, None, None, "u")
    weeks = plan_weeks(problem, matching, times)
    plan = publish(c, keep_draft(c, NewPlan(PROGRAMME, stored, "2026-W48", 1, weeks, "u")), "u")
    header = {"Absprachen Quittenbaum": "not read"}
    remember(c, PROGRAMME, About.HEADERS, "h1", header, "u")
    remember(c, PROGRAMME, About.HEADERS, "h2", {"Bezirk": "district"}, "u")
    ruled(c, "pins", "anna", "bakery", "Quittenbaums Sohn; Herr XANTHOPOULOS mag sie")
    note = "ohne Anna Quittenbaum, Anruf 0391 7766554"
    keep_scenario(c, NewScenario(PROGRAMME, problem.hash, "Quittenbaum geht", (), "u", note=note))
    _enter_user(c)
    return plan.id


def _enter_user(c: Connection) -> None:
    user = {"id": "u1", "login": "anna.quittenbaum", "role": "buddy", "programme": PROGRAMME, "host": ""}
    user |= {"buddy": "anna", "password_hash": "h", "active": True, "created_at": now(), "version": 1}
    c.execute(insert(s.user).values(user))
    c.execute(insert(s.session).values(hash="h", user="u1", expires_at=now()))
    token = {
        "id": "t",
        "user": "u1",
        "kind": "feed",
        "hash": "h",
        "label": "Quittenbaum",
        "created_at": now(),
    }
    c.execute(insert(s.token).values(token))
    answer = {"user": "u", "key": "k", "request_hash": "h", "status": 201, "headers": "", "day": ON}
    c.execute(insert(s.idempotency).values(answer | {"answer": '{"name": "Anna Quittenbaum"}'}))


@pytest.fixture
def plan(store: Store) -> Iterator[str]:
    with store.writing() as c:
        made = planned(c)
    sampled(store)
    settled(store)
    yield made


def erased(store: Store, journal: Path) -> None:
    with store.writing() as c:
        erase_person(c, PROGRAMME, "anna", "u", ON)
        erase_contact(c, PROGRAMME, "bakery", "u", ON)
        note_erasures(c, journal)
    compact(store)
    settled(store)


def found(store: Store) -> list[str]:
    held = everything(store)
    return [name for name in GONE if name.encode() in held]


def expect_right(store: Store, plan: str) -> None:
    with store.reading() as c:
        matching = matching_of(c, plan_of(c, plan).matching).matching
        problem, times = problem_of(c, matching.problem_hash)
        assert check_matching(problem, times, matching) == []
        assert check_weeks(problem, times, matching, weeks_of_plan(c, plan)) == []
        assert problem.hash == matching.problem_hash


def test_no_byte_of_an_erased_name_is_left_and_the_plan_stays_right(
    store: Store, plan: str, tmp_path: Path
) -> None:
    assert found(store) == [*GONE]
    erased(store, tmp_path / "erasures.jsonl")
    assert found(store) == []
    assert not any(name in (tmp_path / "erasures.jsonl").read_text() for name in GONE)
    expect_right(store, plan)
    with store.reading() as c:
        assert identities_of(c, PROGRAMME).of("bakery").name == "Bäckerei Kruste"
        assert [rule.reason for rule in rules_of(register_of(c, PROGRAMME))] == ["… Sohn; Herr … mag sie"]
        assert [(one.name, one.note) for one in scenarios_of(c, PROGRAMME)] == [("… geht", "ohne …, Anruf …")]
        for table in (s.user, s.session, s.token, s.idempotency):
            assert c.execute(select(table)).all() == []


def test_an_older_backup_brings_nobody_back(store: Store, plan: str, tmp_path: Path) -> None:
    journal, older = tmp_path / "erasures.jsonl", tmp_path / "older.zip"
    back_up(store, older)
    erased(store, journal)
    restore(store, older, journal, replace=True)
    settled(store)
    assert found(store) == []
    expect_right(store, plan)
    anew = Store(sqlite_url(tmp_path / "anew" / "store.db"))
    (tmp_path / "anew").mkdir()
    restore(anew, older, journal)
    assert found(anew) == []
    expect_right(anew, plan)
    anew.close()


def test_who_reads_an_old_state_is_waited_for(
    store: Store, plan: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    monkeypatch.setattr("data.store.database.store.WAIT_MS", 200)
    impatient = Store(database_url)
    with store.reading() as reader:
        assert identities_of(reader, PROGRAMME).name("anna") == "Anna Quittenbaum"
        with refused(StillRead, "is on the disk until this is done again"):
            erased(impatient, tmp_path / "erasures.jsonl")
        assert identities_of(reader, PROGRAMME).name("anna") == "Anna Quittenbaum"
    erased(impatient, tmp_path / "erasures.jsonl")
    assert found(impatient) == []
    impatient.close()


def test_without_a_journal_the_store_itself_remembers(store: Store, plan: str, tmp_path: Path) -> None:
    journal, older = tmp_path / "erasures.jsonl", tmp_path / "older.zip"
    back_up(store, older)
    erased(store, journal)
    journal.unlink()
    restore(store, older, journal, replace=True)
    settled(store)
    assert found(store) == []
    assert [(one.id, one.what, one.by_user) for one in read_journal(journal)] == [
        ("anna", "person", "u"),
        ("bakery", "contact", "u"),
    ]


def test_a_store_put_back_without_the_command_catches_up(store: Store, plan: str, tmp_path: Path) -> None:
    journal = tmp_path / "erasures.jsonl"
    assert catch_up(store, journal) == 0
    note = '{"programme": "test", "id": "%s", "what": "%s", "erased_on": "2026-11-24", "by_user": "u"}\n'
    others = note.replace("test", "elsewhere") % ("anna", "person")
    journal.write_text(note % ("anna", "person") + note % ("bakery", "contact") + others)
    assert catch_up(store, journal) == 2
    assert found(store) == []
    assert catch_up(store, journal) == 0


def test_a_file_that_still_names_the_erased_changes_nothing(store: Store, plan: str, tmp_path: Path) -> None:
    erased(store, tmp_path / "erasures.jsonl")
    with store.writing() as c:
        keep_programme(c, RUN.problem.programme, WHO)
        known = identities_of(c, PROGRAMME)
    assert (known.name("anna"), known.of("bakery").contact_name) == ("anna", "")


def test_one_whom_nobody_knows_is_recorded_all_the_same(c: Connection, tmp_path: Path) -> None:
    planned(c)
    erase_person(c, PROGRAMME, "zoe", "u", ON)
    note_erasures(c, tmp_path / "e.jsonl")
    note_erasures(c, tmp_path / "e.jsonl")
    assert [one.id for one in read_journal(tmp_path / "e.jsonl")] == ["zoe"]


def test_a_journal_whose_last_line_was_cut_off_is_read_up_to_it(tmp_path: Path) -> None:
    line = '{"programme": "p", "id": "anna", "what": "person", "erased_on": "2026-11-24", "by_user": "u"}\n'
    journal = tmp_path / "erasures.jsonl"
    journal.write_text(line + line[:20])
    assert [one.id for one in read_journal(journal)] == ["anna"]
    journal.write_text("nonsense\n" + line)
    with refused(BuddyplanError, "line 1 is no erasure"):
        read_journal(journal)


@pytest.mark.parametrize("cut", [1, 20, -30, -2])
def test_an_entry_after_a_torn_line_is_not_torn_with_it(c: Connection, tmp_path: Path, cut: int) -> None:
    """Trust 6: power fails within a line, also within a letter of two bytes; then somebody is erased."""
    planned(c)
    line = '{"programme": "p", "id": "bö", "what": "person", "erased_on": "2026-11-24", "by_user": "ü"}\n'
    journal = tmp_path / "erasures.jsonl"
    torn = line.encode()[:cut] if cut != -2 else line.encode()[: line.encode().index("ü".encode()) + 1]
    journal.write_bytes(line.encode() + torn)
    erase_person(c, PROGRAMME, "anna", "u", ON)
    note_erasures(c, journal)
    note_erasures(c, journal)
    assert [one.id for one in read_journal(journal)] == ["bö", "anna"]


def test_parts_of_words_are_not_taken_for_a_name(c: Connection) -> None:
    planned(c)
    ruled(c, "bans", "ben", "garage", "Susanna kennt den Betrieb")
    erase_person(c, PROGRAMME, "anna", "u", ON)
    assert "Susanna kennt den Betrieb" in [rule.reason for rule in rules_of(register_of(c, PROGRAMME))]


def test_an_erasure_takes_whole_words_within_the_programme(c: Connection) -> None:
    """Trust 8: Eva von der Weide leaves, and nothing but her name leaves with her."""
    planned(c)
    people = (Identity(id="eva", name="Eva von der Weide"), Identity(id="weide-gmbh", name="Hof Elster"))
    keep_programme(c, RUN.problem.programme, Identities(people=people))
    keep_programme(c, RUN.problem.programme.replace(id="other"), Identities())
    reason = "Evas Termin wegen der Weiden am Derby verschoben; Evamaria fährt von der Weide aus"
    ruled(c, "bans", "ben", "garage", reason)
    ruled(c, "bans", "ben", "garage", "Eva von der Weide", "other")
    for subject in ("buddy=eva week=2026-W48", "company=weide-gmbh visit=eva-2026-W48-1", "key=Weide"):
        row = {"at": now(), "user": "u", "role": "coordinator", "action": "GET", "outcome": 200}
        c.execute(insert(s.audit).values(row | {"subject": subject}))
    erase_person(c, PROGRAMME, "eva", "u", ON)
    assert "… Termin wegen der Weiden am Derby verschoben; Evamaria fährt von der … aus" in [
        rule.reason for rule in rules_of(register_of(c, PROGRAMME))
    ]
    assert [rule.reason for rule in rules_of(register_of(c, "other"))] == ["Eva von der Weide"]
    assert list(c.execute(select(s.audit.c.subject).order_by(s.audit.c.id)).scalars())[-3:] == [
        "buddy=eva week=2026-W48",
        "company=weide-gmbh visit=eva-2026-W48-1",
        "key=…",
    ]


def test_migrating_an_erased_store_keeps_it_so(store: Store, plan: str, tmp_path: Path) -> None:
    erased(store, tmp_path / "erasures.jsonl")
    migrate(store)
    assert found(store) == []


def test_a_header_that_names_somebody_is_asked_about_again(store: Store, plan: str, tmp_path: Path) -> None:
    erased(store, tmp_path / "erasures.jsonl")
    with store.reading() as c:
        assert remembered(c, PROGRAMME, About.HEADERS) == {"h2": {"Bezirk": "district"}}
