"""Reference data are stored once for each content, and each problem tells with which it was read."""

from sqlalchemy import Connection, func, select

from data.store.database.record import NotThere
from data.store.tables import schema as s
from data.store.work.problems import keep_problem, packed
from data.store.work.references import keep_reference, reference_of, reference_of_problem
from tests.data.reference.own_land import OWN
from tests.data.store.entered import RUN, entered
from tests.refusals import refused


def test_reference_data_come_back_and_are_kept_once(c: Connection) -> None:
    assert keep_reference(c, OWN) == keep_reference(c, OWN) == OWN.hash
    assert reference_of(c, OWN.hash) == OWN
    keep_reference(c, OWN.replace(attributions=()))
    assert c.execute(select(func.count()).select_from(s.reference)).scalar() == 2


def test_a_problem_tells_its_reference_data_and_one_of_an_earlier_version_none(c: Connection) -> None:
    entered(c)
    assert reference_of_problem(c, RUN.problem.hash) is None
    other = RUN.problem.replace(care=())
    keep_problem(c, packed(other, RUN.times, keep_reference(c, OWN)))
    assert reference_of_problem(c, other.hash) == OWN.hash


def test_what_is_not_there_is_named(c: Connection) -> None:
    with refused(NotThere, 'there are no reference data "x"'):
        reference_of(c, "x")
    with refused(NotThere, 'there is no problem "x"'):
        reference_of_problem(c, "x")
