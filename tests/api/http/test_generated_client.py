"""A client that openapi-python-client makes of the service's description has every operation, and works."""

import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import httpx
import pytest

from tests.api.apart import apart
from tests.api.http.conftest import PASSWORD, PROGRAMME, USERS, World, filled
from tests.folders import DOCS

NAME = "buddyplan_client"
OVERRIDES = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
"""The settings that docs/http-api.md tells to use."""
FORMATTING = "post_hooks: []\n"
"""The generator formats its files by ruff, which takes longer than making them."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    for world in filled("", tmp_path_factory.mktemp("service")):
        world.published()
        yield world


@pytest.fixture(scope="module")
def client(published: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The package that the generator makes; it may complain of nothing."""
    folder = tmp_path_factory.mktemp("generated")
    description, config = folder / "openapi.json", folder / "client.yaml"
    description.write_text(json.dumps(published.app.openapi()), encoding="utf-8")
    overrides = OVERRIDES.search((DOCS / "http-api.md").read_text(encoding="utf-8"))
    assert overrides
    config.write_text(FORMATTING + overrides[1], encoding="utf-8")
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--path", description]
    command += ["--config", config, "--meta", "none", "--output-path", folder / NAME, "--fail-on-warning"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == ["Generating", str(folder / NAME)]
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(folder)
        yield importlib.import_module(NAME)


def operations(client: ModuleType) -> dict[str, ModuleType]:
    """The modules that call an operation, by its name; every module of the package is imported."""
    names = [each.name for each in pkgutil.walk_packages(client.__path__, f"{NAME}.")]
    modules = map(importlib.import_module, names)
    return {each.__name__.split(".")[-1]: each for each in modules if hasattr(each, "asyncio_detailed")}


def test_every_operation_has_a_function(published: World, client: ModuleType) -> None:
    described = [
        operation["operationId"]
        for path in published.app.openapi()["paths"].values()
        for operation in path.values()
    ]
    assert len(described) > 80
    assert sorted(described) == sorted(operations(client))


class Calls:
    """Calls of the generated functions to the app, with an API key or a cookie."""

    def __init__(self, world: World, client: ModuleType, key: str = "") -> None:
        given: dict[str, Any] = {
            "base_url": "http://testserver",
            "headers": {"X-Requested-With": NAME},
            "httpx_args": {"transport": httpx.ASGITransport(world.app)},
        }
        self.operations = operations(client)
        self.client = client.AuthenticatedClient(**given, token=key) if key else client.Client(**given)

    async def __call__(self, operation: str, *given: Any, **named: Any) -> Any:
        """The parsed answer of an operation such as `show_me`."""
        answer = await self.operations[operation].asyncio_detailed(*given, client=self.client, **named)
        assert answer.status_code < 300, answer.content
        return answer.parsed


def test_it_signs_in_and_makes_a_key_that_opens_the_api(published: World, client: ModuleType) -> None:
    models = importlib.import_module(f"{NAME}.models")

    async def key_made() -> tuple[Any, str]:
        calls = Calls(published, client)
        sent = models.Credentials(login=USERS["coordinator"].login, password=PASSWORD)
        user = await calls("sign_in", body=sent)
        made = await calls("make_token", body=models.TokenRequest(label="scripts"))
        return user, made.secret

    user, key = apart(key_made())
    assert (user.role, user.programme) == (models.Role.COORDINATOR, PROGRAMME)
    (programme,) = apart(Calls(published, client, key)("list_programmes"))
    assert (programme.id, programme.state) == (PROGRAMME, "ST")


def test_answers_are_read_into_models(published: World, client: ModuleType) -> None:
    office, anna = (Calls(published, client, published.keys[role]) for role in ("coordinator", "buddy"))
    read = apart(office("show_matching", published.matching))
    assert published.run.matching
    assert [(pair.company, pair.buddy) for pair in read.matching.pairs] == list(
        published.run.matching.buddy_of.items()
    )
    (plan,) = apart(office("list_plans")).items
    week = apart(anna("my_week", "2026-W48"))
    assert (week.buddy, week.plan, plan.id) == ("anna", published.plan, published.plan)
    assert week.days[0].stops[0].name == "Bäckerei Kruste"


def test_a_file_is_read_as_bytes(published: World, client: ModuleType) -> None:
    anna = Calls(published, client, published.keys["buddy"])
    paper = apart(anna("my_paper", "2026-W48"))
    assert paper.payload.read().startswith(b"%PDF")
