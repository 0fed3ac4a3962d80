"""Scenarios as a batch: the same outcomes from one process, a pool, a Dask cluster, and `outcome_of`."""

from pathlib import Path

from api.service.sources import default_sources
from api.studies.batch.executors import Where
from api.studies.batch.scenario_batch import Shared, run_scenarios
from api.studies.outcome.folder import kept_outcome, outcome_key
from api.studies.outcome.run_scenario import StudyOptions, outcome_of
from data.scenario.companies import CareNeed
from data.scenario.kinds import Scenario
from data.scenario.people import RemoveBuddies
from tests.api.studies.stress.stressed import WEEKS, small

SOURCES = default_sources()

STACKS = (
    *((Scenario(name=f"care {percent}", changes=(CareNeed(percent=percent),)),) for percent in (80, 120)),
    (Scenario(name="no cem", changes=(RemoveBuddies(buddies=("cem",)),)),),
)


def test_whoever_computes_the_outcomes_are_the_same(tmp_path: Path, scheduler: str) -> None:
    shared = Shared(small(), SOURCES, None, StudyOptions(WEEKS[:1]))
    found = []
    for name, where in (("one", Where(1)), ("two", Where(2)), ("dask", Where(scheduler=scheduler))):
        done = run_scenarios(tmp_path / name, shared, STACKS, where, lambda *at: None)
        assert done.failed == {}
        parts = {file.name: file.read_bytes() for file in (tmp_path / name / "parts").iterdir()}
        found.append((done.outcomes, parts))
    assert found[0] == found[1] == found[2]
    assert len(found[0][1]) == 4
    for stack, outcome in zip(((), *STACKS), found[0][0], strict=True):
        assert outcome == outcome_of(small(), SOURCES, stack, shared.options)
        assert kept_outcome(tmp_path / "one", outcome_key(small(), stack, shared.options, None)) == outcome
