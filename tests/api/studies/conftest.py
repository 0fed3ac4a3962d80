"""A real Dask cluster for the tests of this folder."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from socket import socket

import pytest

from tests.folders import ROOT

PATIENCE_S = 60.0
CALM = {
    "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false",
    "DASK_DISTRIBUTED__ADMIN__TICK__INTERVAL": "1s",
    "DASK_DISTRIBUTED__ADMIN__SYSTEM_MONITOR__INTERVAL": "10s",
    "DASK_DISTRIBUTED__WORKER__MEMORY__MONITOR_INTERVAL": "10s",
}
"""Idle processes of Dask look at themselves a hundred times a second, for as long as the tests take."""


@pytest.fixture(scope="session")
def scheduler() -> Iterator[str]:
    """A real Dask scheduler with two workers, each in its own process."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    quiet = ["--no-dashboard"]
    here = ["--host", "127.0.0.1"]
    commands = [
        ["distributed.cli.dask_scheduler", *here, "--port", str(port), *quiet],
        *2 * [["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *quiet]],
    ]
    with ExitStack() as stack:
        for command in commands:
            process = subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, env=os.environ | CALM,
            )  # fmt: skip
            stack.callback(process.wait)
            stack.callback(process.terminate)
        begun = time.monotonic()
        while True:
            with socket() as trial:
                if trial.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() < begun + PATIENCE_S, "the scheduler does not start"
            time.sleep(0.05)
        yield address
