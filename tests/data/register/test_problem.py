"""The problem of a register equals that of files with the same rows, however these were entered."""

from dataclasses import replace
from pathlib import Path

from api.planning.programme import read_demo
from api.service.sources import default_sources
from data.model.identity import Identities
from data.model.problem import Horizon
from data.register.changes.draft import Area, Stamp, draft
from data.register.changes.operations import Act, Operation
from data.register.from_problem import operations_of
from data.register.lists.file_rows import rows_of_files
from data.register.lists.proposal import propose
from data.register.lists.to_files import tables_of
from data.register.problem import problem_of
from data.register.rows.register import Register, empty
from data.store.register.imported import LastImport
from data.store.tables.free_texts import without_free_texts
from data.tables.read import Reading, read_programme
from data.tables.writer import write_tables, write_xlsx_tables
from tests.data.register.office import NOW

READ: Reading = read_demo(6, 40, 3, 4)
assert READ.problem and READ.rows
READ = replace(READ, problem=without_free_texts(READ.problem))
assert READ.problem and READ.rows
NOTHING = empty(READ.problem.programme.id)
OF_FILES = propose(NOTHING, rows_of_files(READ.rows), LastImport(), NOW.date(), complete=False).operations()


def entered(*sets: list[Operation]) -> Register:
    """The register after some change sets."""
    assert READ.problem
    register = empty(READ.problem.programme.id)
    area = Area(READ.problem.programme, default_sources().gazetteer)
    for number, operations in enumerate(sets, start=1):
        register = draft(register, area, operations, Stamp(number, str(number), "u", NOW)).register
    return register


def hash_of(register: Register) -> str:
    assert READ.problem
    return problem_of(register, READ.problem.programme, READ.problem.horizon).hash


def test_rows_of_files_give_the_problem_of_the_files() -> None:
    assert READ.problem
    assert hash_of(entered(OF_FILES)) == READ.problem.hash


def test_one_row_after_the_other_gives_the_same() -> None:
    assert READ.problem
    assert hash_of(entered(*([each] for each in OF_FILES))) == READ.problem.hash


def test_rows_of_a_stored_problem_give_that_problem() -> None:
    assert READ.problem
    assert hash_of(entered(operations_of(READ.problem, READ.identities))) == READ.problem.hash
    assert hash_of(entered(operations_of(READ.problem, Identities()))) == READ.problem.hash


def test_another_horizon_changes_nothing_else() -> None:
    assert READ.problem
    ahead = Horizon(first_week="2027-W03", weeks=2)
    register = entered(OF_FILES)
    problem = problem_of(register, READ.problem.programme, ahead)
    assert problem == READ.problem.replace(horizon=ahead)


def test_what_is_written_reads_back_as_the_same_programme(tmp_path: Path) -> None:
    assert READ.problem
    tables = tables_of(entered(OF_FILES))
    write_tables(tmp_path / "csv", tables)
    write_xlsx_tables(tmp_path / "rows.xlsx", tables)
    for source in (tmp_path / "csv", tmp_path / "rows.xlsx"):
        week = READ.problem.horizon.first_week
        again = read_programme(source, default_sources().gazetteer, week).problem
        assert again is not None
        named = again.replace(programme=READ.problem.programme, policy=READ.problem.policy)
        assert without_free_texts(named).hash == READ.problem.hash


def test_free_texts_stay_in_the_register() -> None:
    assert READ.problem
    pair = {"buddy": READ.problem.buddies[0].id, "company": READ.problem.companies[0].id}
    said = Operation(Act.ENTER, "bans", "", {**pair, "reason": "Frau Kern wohnt nebenan"})
    register = entered(OF_FILES, [said])
    problem = problem_of(register, READ.problem.programme, READ.problem.horizon)
    assert pair in [{"buddy": ban.buddy, "company": ban.company} for ban in problem.bans]
    assert "Kern" not in problem.model_dump_json()


def test_a_change_shares_what_was_made_of_all_other_rows() -> None:
    assert READ.problem
    before = entered(OF_FILES)
    first = problem_of(before, READ.problem.programme, READ.problem.horizon)
    key = first.companies[0].id
    row = before.rows["companies"][key]
    after = before.with_rows(2, "2", [], [("companies", key)])
    second = problem_of(after, READ.problem.programme, READ.problem.horizon)
    assert all(a is b for a, b in zip(first.companies[1:], second.companies, strict=True))
    assert row.id not in second.company
