"""Programmes stored before there was a register have one afterwards, nothing lost; on both databases."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, column, insert, select, table

from api.planning.programme import DEMO_WEEK, read_folder
from api.run.registered.programmes import Programmes
from api.service.sources import default_sources
from data.model.problem import Horizon, Problem
from data.register.first_rows import fill_registers
from data.register.problem import problem_of
from data.register.rows.load import Registers
from data.store.database.migrate import migrate
from data.store.database.store import Store
from data.store.register.change_sets import last_change_set
from data.store.tables import schema as s
from data.store.tables.free_texts import without_free_texts
from data.store.tables.utc import Moment
from data.store.work.programmes import identities_of
from data.tables.read import Reading
from data.travel.provider import times_of
from tests.folders import SAMPLE

FIRST, OF_F7F32CF = "0001", "0006"
"""Revisions: the first schema, and that of commit f7f32cf."""
MOMENT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def sample() -> Reading:
    """The sample as it was stored ever since: without free texts."""
    read = read_folder(SAMPLE, DEMO_WEEK, 4, default_sources())
    assert read.problem is not None
    return replace(read, problem=without_free_texts(read.problem))


def stored(c: Connection, reading: Reading) -> None:
    """Store a programme as versions before the register did: its problem, its names, and an import."""
    problem, held = reading.problem, io.BytesIO()
    assert problem is not None
    times_of(problem, default_sources().travel).save(held)
    key = problem.programme.id
    c.execute(
        insert(_table("programme", "created_at")).values(id=key, state="ST", invented=True, created_at=MOMENT)
    )
    people = [{"programme": key, **one.model_dump()} for one in reading.identities.people]
    c.execute(insert(_table("identity")), people)
    body = {"body": problem.model_dump_json(by_alias=True), "times": held.getvalue(), "created_at": MOMENT}
    weeks = {"first_week": problem.horizon.first_week, "weeks": problem.horizon.weeks}
    c.execute(
        insert(_table("problem", "created_at")).values(hash=problem.hash, programme=key, **weeks, **body)
    )
    imported = {"id": "i", "programme": key, "problem": problem.hash, "warnings": 0, "repaired": 0}
    c.execute(
        insert(_table("programme_import", "created_at")).values(**imported, by_user="u", created_at=MOMENT)
    )


def _table(name: str, *moments: str) -> table:  # type: ignore[valid-type]
    """A table by its columns of the first schema."""
    columns = {
        "programme": ("id", "state", "invented"),
        "identity": (
            "programme",
            "id",
            "name",
            "street",
            "postcode",
            "town",
            "contact_name",
            "contact_phone",
            "contact_email",
        ),
        "problem": ("hash", "programme", "first_week", "weeks", "body", "times"),
        "programme_import": ("id", "programme", "problem", "warnings", "repaired", "by_user"),
    }[name]
    return table(name, *map(column, columns), *(column(each, Moment) for each in moments))


@pytest.mark.parametrize("revision", [FIRST, OF_F7F32CF])
def test_the_last_import_becomes_the_register(
    empty_database_url: str, revision: str, sample: Reading
) -> None:
    problem, store = sample.problem, Store(empty_database_url)
    assert problem is not None
    migrate(store, revision)
    with store.writing(shown=False) as c:
        stored(c, sample)
    migrate(store)
    fill_registers(store)
    fill_registers(store)
    with store.reading() as c:
        register = Registers().of(c, problem.programme.id)
        assert register.number == 1
        assert problem_of(register, problem.programme, problem.horizon).hash == problem.hash
        assert identities_of(c, problem.programme.id).people == sample.identities.people
    store.close()


def test_pins_and_bans_that_were_entered_beside_an_import_go_on(store: Store, sample: Reading) -> None:
    problem = sample.problem
    assert problem is not None
    key, (company, other, *_), buddy = problem.programme.id, problem.companies, problem.buddies[0].id
    with store.writing(shown=False) as c:
        stored(c, sample)
        rule = {"programme": key, "buddy": buddy, "reason": "kennt ihn", "version": 1, "by_user": "u"}
        rule |= {"created_at": MOMENT}
        for number, (kind, of) in enumerate((("ban", company.id), ("pin", other.id), ("pin", "gone"))):
            c.execute(insert(s.pair_rule).values(id=str(number), kind=kind, company=of, **rule))
    fill_registers(store)
    with store.reading() as c:
        now = Programmes().problem(c, key, Horizon(first_week=DEMO_WEEK))
        left = c.execute(select(s.pair_rule.c.company)).scalars().all()
    assert (buddy, company.id) in {(ban.buddy, ban.company) for ban in now.bans}
    assert [pin.buddy for pin in now.pins if pin.company == other.id] == [buddy]
    assert left == ["gone"]


def test_rows_that_no_rule_of_today_allows_come_along(store: Store, sample: Reading) -> None:
    assert sample.problem is not None
    bad: Problem = sample.problem.replace(
        buddies=tuple(b.replace(min_care_min=9000, max_care_min=100) for b in sample.problem.buddies)
    )
    with store.writing(shown=False) as c:
        stored(c, Reading(bad, sample.identities, ()))
    fill_registers(store)
    with store.reading() as c:
        register = Registers().of(c, bad.programme.id)
        assert problem_of(register, bad.programme, bad.horizon).buddies == bad.buddies
        assert (last := last_change_set(c, bad.programme.id)) and last.by_user == "migration"
        assert c.execute(select(s.register_row.c.imported).limit(1)).scalar() is not None
