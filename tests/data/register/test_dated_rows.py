"""Rows that hold for a time: from the register to the problem, to files and back."""

from pathlib import Path

from api.service.sources import default_sources
from data.model.identity import Identities
from data.model.problem import Horizon, Problem
from data.register.from_problem import operations_of
from data.register.lists.to_files import tables_of
from data.register.problem import problem_of
from data.register.rows.register import Register, empty
from data.store.tables.free_texts import without_free_texts
from data.tables.read import read_programme
from data.tables.writer import write_tables
from tests.data.register.office import KEY, area, changing, drafted, entering, office

HORIZON = Horizon(first_week="2026-W49", weeks=4)
WEEKLY = {"every_weeks": "1"}
ROWS = (
    entering("terms", buddy="eva", to="2026-12-13", max_companies="8", fri="-"),
    entering("places", id="hall", address="Marktplatz 1, 06108 Halle"),
    entering("availability", who="hall", **{"from": "2026-12-15"}),
    entering("appointments", id="team", start="2026-12-01 09:00", place="hall", buddies="eva", **WEEKLY),
    entering("bases", buddy="eva", weekdays="mon wed", place="hall"),
    entering("bases", buddy="eva", weekdays="fri", street="Markt 1", postcode="06217", town="Merseburg"),
    entering("care", company="farm", minutes="90", **{"from": "2026-12-10", "to": "2027-03-31"}),
    entering("specialists", company="farm", languages="ar", to="2026-12-31"),
    changing("companies", "mill", paused_from="2026-12-10", paused_until="2026-12-20", ended_on="2027-06-30"),
    entering("terms", buddy="eva", hours_per_week="20", mon="08:00-12:00", **{"from": "2026-12-14"}),
)


def register() -> Register:
    return drafted(office(), *ROWS).register


def asked(held: Register) -> Problem:
    return problem_of(held, area().programme, HORIZON)


def test_terms_are_what_rows_say() -> None:
    first, second = asked(register()).terms
    assert (first.max_companies, first.week_work_min, first.shifts[4]) == (8, None, ())
    assert (second.week_work_min, second.shifts[0], second.shifts[4]) == (1200, ((480, 720),), None)


def test_what_repeats_is_there_for_the_weeks_that_are_asked_for() -> None:
    assert [each.id for each in asked(register()).appointments] == [
        "team", "team.2026-12-08", "team.2026-12-22"
    ]  # fmt: skip


def test_files_written_from_the_register_read_back_as_the_same_problem(tmp_path: Path) -> None:
    write_tables(tmp_path, tables_of(register()))
    read = read_programme(tmp_path, default_sources().gazetteer, HORIZON.first_week).problem
    assert read is not None
    assert without_free_texts(read.replace(programme=area().programme)) == asked(register())


def test_rows_of_a_stored_problem_give_that_problem() -> None:
    problem = asked(register())
    operations = operations_of(problem, Identities())
    assert asked(drafted(empty(KEY), *operations).register) == problem
