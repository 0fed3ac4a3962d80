"""What is in the store has the sources with which it was read."""

import pytest
from sqlalchemy import Connection

from api.run.stored_sources import sources_of_problem, sources_of_programme
from api.service.sources import default_sources
from data.store.database.record import NotThere
from data.store.work.problems import keep_problem, packed
from data.store.work.references import keep_reference
from tests.data.conftest import c, store
from tests.data.reference.own_land import OWN
from tests.data.store.entered import PROGRAMME, RUN, entered

__all__ = ["c", "store"]


def test_a_stored_problem_has_the_sources_it_was_read_with(c: Connection) -> None:
    entered(c)
    other = RUN.problem.replace(care=())
    keep_problem(c, packed(other, RUN.times, keep_reference(c, OWN)))
    assert sources_of_problem(c, other.hash).reference == OWN
    assert sources_of_problem(c, other.hash) is sources_of_problem(c, other.hash)


def test_one_of_an_earlier_version_has_those_that_ship(c: Connection) -> None:
    entered(c)
    assert sources_of_problem(c, RUN.problem.hash) is default_sources()
    assert sources_of_programme(c, PROGRAMME) is default_sources()


def test_a_programme_without_an_import_has_none(c: Connection) -> None:
    with pytest.raises(NotThere):
        sources_of_programme(c, "nowhere")
