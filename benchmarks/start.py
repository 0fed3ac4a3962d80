"""How long starts take, as multiples of `python -c "import numpy"` in the same run.

python benchmarks/start.py                        this checkout
python benchmarks/start.py --beside OTHER         and another one with a finished set-up, turn by turn

Processor time is counted, not the clock, and the least of several rounds: others on the machine disturb it
less. Every round starts each program once, so that a slow moment falls on all alike.
"""

import argparse
import json
import resource
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
WANTED = {"buddyplan --help": 2.0, "solve week, one visit": 5.5, "the web app": 14.0}
ONE_VISIT = {
    "days": [{"start": 480, "end": 990}],
    "travel_min": [[0, 25], [25, 0]],
    "visits": [{"id": "a", "node": 1, "duration_min": 60, "penalty": 900, "windows": [[[480, 900]]]}],
}
UNIT = "import numpy"


def commands(root: Path, instance: Path) -> dict[str, list[str]]:
    """Return what is started, by its name."""
    python, buddyplan = str(root / ".venv/bin/python"), str(root / ".venv/bin/buddyplan")
    return {
        UNIT: [python, "-c", "import numpy"],
        "buddyplan --help": [buddyplan, "--help"],
        "import numba": [python, "-c", "import numba"],
        "solve week, one visit": [buddyplan, "solve", "week", str(instance)],
        "import of the frameworks": [python, "-c", "import fastapi, nicegui, sqlalchemy"],
        # `api.web` imports them late, so its own import would say nothing.
        "the web app": [python, "-c", "import api.http.app, api.pages.desk.site, api.pages.site"],
    }


def cpu_seconds(command: list[str], folder: Path) -> float:
    """Return the processor time of a command and its children; raises `CalledProcessError`."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def measured(roots: Mapping[str, Path], rounds: int) -> dict[str, dict[str, float]]:
    """Return the least processor time of each start, by checkout."""
    least: dict[str, dict[str, float]] = {name: {} for name in roots}
    with tempfile.TemporaryDirectory() as folder:
        instance = Path(folder) / "one.json"
        instance.write_text(json.dumps(ONE_VISIT), encoding="utf-8")
        for turn in range(rounds + 1):
            for name, root in roots.items():
                for what, command in commands(root, instance).items():
                    seconds = cpu_seconds(command, root)
                    # The first turn fills the caches of the system and writes what Python compiles.
                    if turn:
                        least[name][what] = min(seconds, least[name].get(what, seconds))
    return least


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--beside", type=Path, metavar="CHECKOUT", help="another checkout to measure beside")
    asked.add_argument("--rounds", type=int, default=7)
    given = asked.parse_args()
    roots = {"here": ROOT} | ({"beside": given.beside.resolve()} if given.beside else {})
    least = measured(roots, given.rounds)
    heads = "".join(f"{name:>10} s{'x numpy':>9}" for name in roots)
    print(f"{'start':<26}{heads}{'wanted':>9}")
    for what in least["here"]:
        cells = "".join(f"{own[what]:>12.2f}{own[what] / own[UNIT]:>9.1f}" for own in least.values())
        print(f"{what:<26}{cells}{WANTED.get(what, ''):>9}")


if __name__ == "__main__":
    main()
