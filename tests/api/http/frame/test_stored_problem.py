"""What is computed refers to a stored problem, with the reference data that it was read with."""

from data.store.work.problems import is_stored
from data.store.work.references import reference_of, reference_of_problem
from tests.api.http.conftest import World


def test_a_study_stores_problem_and_reference_also_where_an_earlier_version_stored_none(world: World) -> None:
    office = world.by("coordinator")
    path = "/api/v1/register/companies/bakery"
    assert office.patch(path, json={"employees": 31}, headers={"If-Match": "*"}).status_code == 200
    assert office.post("/api/v1/studies/hire", json={}).status_code == 202
    with world.service.store.reading() as c:
        problem = world.app.state.app_state.latest(c, "test")
        key = reference_of_problem(c, problem.hash)
        assert is_stored(c, problem.hash) and key is not None
        assert reference_of(c, key).hash == key
