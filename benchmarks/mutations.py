"""What share of small faults in judges, kernels, access and calendar the tests find.

    python benchmarks/mutations.py [--count 40] [--first 0] [--seed 1] [--only scheduling/week/day]

Each mutation changes one place of one module in a copy of the tree, and the tests that cover the module run
until the first fails. A mutated kernel runs interpreted, as do the kernels that call it (machine code holds
copies of what it calls); all others stay compiled. Drawn examples are the same in every run, and no failing
one is made smaller. Exit status 1: a mutation survives.
"""

import argparse
import ast
import difflib
import importlib
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from benchmarks.mutation_places import Mutation, places

ROOT = Path(__file__).resolve().parent.parent
WEEK = "tests/scheduling/week"
RULES, BRUTE_FORCE = f"{WEEK}/test_rules.py", f"{WEEK}/test_solve.py"
COVERED_BY = {
    "data/access.py": ("tests/data/test_access.py",),
    "data/base/dates.py": ("tests/data/base/test_dates.py",),
    "data/model/calendar.py": ("tests/data/model/test_calendar.py", "tests/scheduling/plan/test_model.py"),
    "matching/assignment/search/": (
        "tests/matching/assignment", "-k", "not (work_limit or cancelling or agrees or progress or longer)",
    ),
    "matching/judge/": (*(f"tests/matching/{part}" for part in ("judge", "positions", "test_solve.py")),),
    "scheduling/judge/": (
        *(f"tests/scheduling/{part}" for part in ("judge", "cadence", "plan", "replan")), "-k", "not pool",
    ),
    "scheduling/week/day/": (RULES, f"{WEEK}/day", BRUTE_FORCE, f"{WEEK}/large/test_timing.py"),
    "scheduling/week/judge.py": (f"{WEEK}/test_judge.py", RULES, BRUTE_FORCE),
    "scheduling/week/large/": tuple(
        f"{WEEK}/large/test_{name}.py" for name in ("places", "timing", "exchanges", "route_choice", "solve")
    ),
    "scheduling/week/listed/": (RULES, f"{WEEK}/listed", BRUTE_FORCE, f"{WEEK}/test_options.py"),
}  # fmt: skip
"""The tests that cover what begins with a prefix: the mirrored ones and the quickest first."""
TEST_SECONDS, RUN_SECONDS, MEMORY = 90, 1200, 8 << 30
"""How much processor time one test may take before it hangs, wall time all of them, and bytes of memory."""
LOADED = (
    "holidays", "hypothesis", "networkx", "numba", "ortools.math_opt.python.mathopt", "pydantic", "pytest",
)  # fmt: skip
"""Libraries that are loaded once; each run is forked from there."""
INTERPRETER = """
import os

_compiled, _compiled_leaf = compiled, compiled_leaf


def _plain(value):
    if isinstance(value, tuple):
        return tuple(map(_plain, value)) if type(value) is tuple else value
    return value.item() if isinstance(value, np.generic) else value


def _chosen(compiler, function):
    if function.__module__ not in os.environ["INTERPRETED"].split():
        return compiler(function)
    return lambda *given, **named: _plain(function(*given, **named))


def compiled(function):
    return _chosen(_compiled, function)


def compiled_leaf(function):
    return _chosen(_compiled_leaf, function)
"""
"""What is added to `compiled.py`: an interpreted kernel returns plain numbers, as machine code does."""


def prefix_of(path: str) -> str:
    return next(prefix for prefix in COVERED_BY if path.startswith(prefix))


def text_of(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def sources() -> list[str]:
    """All modules that are mutated."""
    found = (path for prefix in COVERED_BY for path in (ROOT / prefix.rpartition("/")[0]).rglob("*.py"))
    names = sorted({path.relative_to(ROOT).as_posix() for path in found})
    return [name for name in names if any(name.startswith(prefix) for prefix in COVERED_BY)]


def drawn(count: int, seed: int, only: str) -> list[Mutation]:
    """Draw places without return, and what becomes of each; a larger count adds to a smaller one."""
    chance = random.Random(seed)
    every = [place for path in sources() if path.startswith(only) for place in places(path, text_of(path))]
    chance.shuffle(every)
    return [chance.choice(place) for place in every[:count]]


def interpreted(paths: list[str]) -> str:
    """Name the modules of these paths and all kernels that call them, by way of others too."""
    uses: dict[str, set[str]] = {}
    for path in (p for package in ("matching", "scheduling") for p in (ROOT / package).rglob("*.py")):
        if "@compiled" in (text := path.read_text(encoding="utf-8")):
            imports = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom))
            uses[_module(path.relative_to(ROOT).as_posix())] = {str(node.module) for node in imports}
    found = {_module(path) for path in paths}
    while more := {module for module, used in uses.items() if used & found} - found:
        found |= more
    return " ".join(sorted(found))


def _module(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


class Watch:
    """Writes down which test runs, and ends a test that takes too long by a signal."""

    def __init__(self, note: Path) -> None:
        self.note = note

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.note.write_text(nodeid, encoding="utf-8")
        signal.setitimer(signal.ITIMER_PROF, TEST_SECONDS)


def tested(tree: Path, tests: tuple[str, ...], kernels: str) -> str:
    """Run tests in a copy of the tree; returns which failed, empty if none did."""
    note = tree / "running"
    note.write_text("import", encoding="utf-8")
    run = multiprocessing.get_context("fork").Process(target=_run, args=(tree, tests, kernels, note))
    run.start()
    run.join(RUN_SECONDS)
    late = run.is_alive()
    if late and run.pid:
        os.killpg(run.pid, signal.SIGKILL)
        run.join()
    if run.exitcode == 0:
        return ""
    if run.exitcode in (4, 5):
        sys.exit((tree / "log").read_text(encoding="utf-8"))
    test = note.read_text(encoding="utf-8").removeprefix("tests/")
    return f"{test} (hang)" if late or run.exitcode == -signal.SIGPROF else test


def _run(tree: Path, tests: tuple[str, ...], kernels: str, note: Path) -> None:
    """Run pytest in a process of its own, which loads the project from the copy."""
    os.setsid()
    os.chdir(tree)
    log = os.open("log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(log, 1)
    os.dup2(log, 2)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    os.environ["INTERPRETED"] = kernels
    sys.path[:] = [str(tree), *(each for each in sys.path if Path(each) not in (ROOT, ROOT / "benchmarks"))]
    sys.dont_write_bytecode = True
    import pytest  # noqa: PLC0415 -- loaded before, by its name
    from hypothesis import HealthCheck, Phase, settings  # noqa: PLC0415

    settings.register_profile(
        "mutations", derandomize=True, database=None, deadline=None, phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    told = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=mutations", *tests]
    status = pytest.main(told, plugins=[Watch(note)])
    sys.stdout.flush()
    os._exit(status)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--first", type=int, default=0, help="leave out so many: go on where a run stopped")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="the beginning of the paths that are mutated")
    told = parser.parse_args()
    for name in LOADED:
        importlib.import_module(name)
    mutations = drawn(told.count, told.seed, told.only)[told.first :]
    with tempfile.TemporaryDirectory(prefix="buddyplan-mutations-") as folder:
        tree = Path(folder) / "tree"
        shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".*", "*.svg"), symlinks=True)
        with (tree / "data" / "base" / "compiled.py").open("a", encoding="utf-8") as added:
            added.write(INTERPRETER)
        for prefix in sorted({prefix_of(mutation.path) for mutation in mutations}):
            begun = time.monotonic()
            kernels = interpreted([path for path in sources() if path.startswith(prefix)])
            if failed := tested(tree, COVERED_BY[prefix], kernels):
                log = (tree / "log").read_text(encoding="utf-8")
                sys.exit(f"{log}\n{failed} fails without any mutation")
            print(f"{prefix} as it is: passes in {time.monotonic() - begun:.0f} s", flush=True)
        return judged(tree, mutations)


def judged(tree: Path, mutations: list[Mutation]) -> int:
    """Try every mutation and print the table."""
    drawn_from, caught = Counter[str](), Counter[str]()
    print("\n| place | mutation | caught by |\n|---|---|---|", flush=True)
    for mutation in mutations:
        prefix, here = prefix_of(mutation.path), tree / mutation.path
        here.write_text(mutation.text, encoding="utf-8")
        test = tested(tree, COVERED_BY[prefix], interpreted([mutation.path]))
        shutil.copy2(ROOT / mutation.path, here)
        drawn_from[prefix] += 1
        caught[prefix] += bool(test)
        change = f"`{mutation.was}` → `{mutation.becomes}`".replace("\n", " ")
        print(f"| {mutation.path}:{mutation.line} | {change} | {test or 'SURVIVED'} |", flush=True)
        if not test:
            was, now = text_of(mutation.path).splitlines(), mutation.text.splitlines()
            print(*list(difflib.unified_diff(was, now, lineterm="", n=2))[2:], sep="\n", flush=True)
    print("\n| mutated | drawn | caught |\n|---|---|---|")
    for prefix, count in sorted(drawn_from.items()):
        print(f"| {prefix} | {count} | {caught[prefix]} |")
    print(f"| all | {drawn_from.total()} | {caught.total()} ({caught.total() / drawn_from.total():.0%}) |")
    return int(caught.total() < drawn_from.total())


if __name__ == "__main__":
    sys.exit(main())
