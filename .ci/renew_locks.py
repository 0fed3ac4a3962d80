"""Renew the lock files from pyproject.toml: `python3 run.py lock`."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run  # noqa: E402 -- it stands in the folder above

BENCHMARKS_LOCK = ROOT / "benchmarks" / "requirements.lock"


def renew_locks() -> int:
    """Resolve pyproject.toml anew for every platform: hashes, but no address of where they were read.

    Extra indexes and folders of wheels are left out, since their files may be builds of one machine only.
    The lock of the tests comes first; the others take its versions.
    """
    environment = run.uv_environment(run.find_pip())
    for local in ("UV_INDEX", "UV_FIND_LINKS"):
        environment.pop(local, None)
    resolve = [str(run.SCRIPTS / "uv"), "pip", "compile", "--upgrade", "--universal", "--generate-hashes"]
    resolve += ["--fork-strategy=fewest", "--no-emit-index-url", "--no-header", "--no-annotate", "--quiet"]
    same_versions = ("--constraint", str(run.TEST_LOCK))
    wanted = {
        run.TEST_LOCK: (run.PROJECT.name, "--all-extras", "--group=dev"),
        run.SERVICE_LOCK: (run.PROJECT.name, "--all-extras", "--group=build", *same_versions),
        run.LOCK: (run.PROJECT.name, "--group=build", *same_versions),
        BENCHMARKS_LOCK: ("--group=bench", *same_versions),
    }
    for lock, what in wanted.items():
        command = [*resolve, *what, "--output-file", str(lock)]
        if subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=False).returncode:
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(renew_locks())
