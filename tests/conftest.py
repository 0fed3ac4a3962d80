"""Options and fixtures that several test files share."""

from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import database_url, postgres_server

__all__ = ["database_url", "postgres_server"]

# The machine's speed decides no test: the first example may have to compile a kernel.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--bench",
        type=Path,
        default=Path(__file__).parent.parent.parent / "shared" / "bench",
        help="folder of public benchmark instances (default: shared/bench beside the repository)",
    )


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
        terminalreporter.section("the desk on the sample (50 x 1,000)")
    for name, figure in noted:
        terminalreporter.line(f"{name}: {figure}")
