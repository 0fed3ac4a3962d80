"""One process of a kind works in a data folder; its lock goes with it, however it ends."""

import re
import subprocess
import sys
from pathlib import Path

from api.jobs.lock import NIGHTLY, WORKER, AtWork, alone, at_work
from tests.refusals import refused

HOLDER = """
import sys, time
from pathlib import Path
from api.jobs.lock import WORKER, alone
with alone(Path(sys.argv[1]), WORKER):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path.cwd()) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        assert at_work(tmp_path, WORKER)
        assert not at_work(tmp_path, NIGHTLY)
        holder.kill()
    assert not at_work(tmp_path, WORKER)


def test_a_process_is_not_alone_twice(tmp_path: Path) -> None:
    taken = f"{tmp_path}: a worker is at work in this data folder already"
    with alone(tmp_path, WORKER), refused(AtWork, re.escape(taken)), alone(tmp_path, WORKER):
        pass
    assert not at_work(tmp_path, WORKER)
