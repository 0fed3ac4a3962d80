"""Schemathesis over the whole OpenAPI as each role: no 5xx, and no undocumented answer."""

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.api.http.conftest import World, filled
from tests.api.http.test_roles import ROLES

EXAMPLES = 3
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for world in filled("", tmp_path_factory.mktemp("whole")):
        world.published()
        yield world


@pytest.fixture(scope="module")
def cases(published: World) -> list[schemathesis.Case]:
    """Some requests for every operation, drawn once, since that takes longer than all answers to a role."""
    drawn: list[schemathesis.Case] = []
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", published.app)
    for found in schema.get_all_operations():
        operation = found.ok()
        if operation.path == "/api/v1/session":
            continue  # its answers depend on the number of attempts, which its own tests count

        @given(case=operation.as_strategy())
        @settings(
            max_examples=EXAMPLES,
            database=None,
            derandomize=True,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def draw(case: schemathesis.Case) -> None:
            drawn.append(case)

        draw()
    return drawn


@pytest.mark.parametrize("role", ROLES)
def test_no_answer_is_undocumented(published: World, cases: list[schemathesis.Case], role: str) -> None:
    key = published.keys.get(role)
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    for case in cases:
        case.call_and_validate(headers=headers, checks=list(CHECKS))
    assert len({(case.operation.method, case.operation.path) for case in cases}) > 60
