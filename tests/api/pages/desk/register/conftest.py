"""The small service of the API's tests, for what needs no browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.http.conftest import World, filled


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    yield from filled("", tmp_path)
