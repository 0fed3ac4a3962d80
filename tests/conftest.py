"""Options and fixtures that several test files share."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import (
    database_of_module,
    database_url,
    empty_database_url,
    migrated_file,
    migrated_template,
    postgres_server,
)
from tests.drawn import NIGHTLY, QUICK

__all__ = [
    "database_of_module",
    "database_url",
    "empty_database_url",
    "migrated_file",
    "migrated_template",
    "postgres_server",
]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="more drawn examples and longer kills")
    parser.addoption(
        "--bench",
        type=Path,
        default=Path(__file__).parent.parent.parent / "shared" / "bench",
        help="folder of public benchmark instances (default: shared/bench beside the repository)",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(NIGHTLY if config.getoption("--nightly") else QUICK)


LONG = ("service/test_serve", "service/test_supervisor", "jobs/test_kills", "pages/desk/test_")
"""Files whose tests take a minute or so each: real services, browsers and kills."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files on either of two workers, so that none is left alone with them in the end.

    Each worker begins with its half of the list and takes from the end of the other's when it is done.
    """
    files = sorted({item.path for item in items if any(part in item.nodeid for part in LONG)})
    turn = {path: number % 2 for number, path in enumerate(files)}
    first, second = ([item for item in items if turn.get(item.path) == side] for side in (0, 1))
    short = [item for item in items if item.path not in turn]
    middle = len(short) // 2
    items[:] = [*first, *short[:middle], *second, *short[middle:]]


@pytest.fixture(scope="session")
def bench(request: pytest.FixtureRequest) -> Path:
    """The folder of public instances; tests that want it are skipped where it is absent."""
    folder: Path = request.config.getoption("--bench")
    if not folder.is_dir():
        pytest.skip(f"no folder of benchmark instances at {folder}; name one with --bench")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests measured at the desk; nothing is decided by it.

    It stands here because, with several workers, the one that prints knows this file alone.
    """
    ended = [each for kind in ("passed", "failed") for each in terminalreporter.stats.get(kind, [])]
    noted = [note for each in ended if each.when == "call" for note in each.user_properties]
    if noted:
        terminalreporter.section("the desk on the sample")
    for name, figure in noted:
        terminalreporter.line(f"{name}: {figure}")
