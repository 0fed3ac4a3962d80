"""Commands that compute nothing load neither a kernel nor a solver, so they answer at once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.folders import SAMPLE

LOADED = """
import sys
from api.cli.app import main
try:
    main()
except SystemExit:
    loaded = {name.partition(".")[0] for name in sys.modules}
    print("loaded:", *sorted(loaded & {"numba", "ortools", "matplotlib", "nicegui"}))
"""


@pytest.mark.parametrize("words", [("--help",), ("check-data", str(SAMPLE)), ("user", "list")])
def test_a_command_that_computes_nothing_loads_no_kernel(words: tuple[str, ...], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *words],
        env={**os.environ, "BUDDYPLAN_DATA_DIR": str(tmp_path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "loaded:"
