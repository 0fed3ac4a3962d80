"""The rules that every file keeps, so that `pytest` alone says whether a change may go in."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.folders import ROOT

PACKAGES = ("data", "matching", "scheduling", "api")
LOCKS = (
    "requirements.lock",
    "requirements-service.lock",
    "requirements-test.lock",
    "benchmarks/requirements.lock",
)
MOST_NAMES = 14
"""So many modules and folders may stand in a folder, whether they hold code or data."""
NO_ROOMS = {"templates", "static", "samples", "states", "migrations"}
"""What stands in these is listed, not read: nobody looks for a place to change code there."""
LONGEST_FILE = 280
NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc"}

# Split, so that this file does not hold what it looks for.
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("yarnpkg", "com"),
        ("anaconda", "org"),
        ("crates", "io"),
        ("deb", "debian", "org"),
        ("archive", "ubuntu", "com"),
    )
]


def committed() -> list[Path]:
    """Every file that git knows and that is there."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [path for path in committed() if path.suffix == ".py"]


def expect_no_complaint(*command: str | Path, folder: Path = ROOT) -> None:
    """Run a tool; where it finds fault, fail with all that it says."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.fail(f"{done.stdout}\n{done.stderr}", pytrace=False)


@pytest.mark.parametrize("words", [("check",), ("format", "--check")], ids=["lint", "format"])
def test_ruff_finds_nothing(words: tuple[str, ...]) -> None:
    expect_no_complaint(sys.executable, "-m", "ruff", *words, ".")


def test_types_are_strict_and_hold() -> None:
    expect_no_complaint(sys.executable, "-m", "mypy")


def test_imports_keep_to_the_five_arrows_without_a_circle() -> None:
    expect_no_complaint(Path(sys.executable).with_name("lint-imports"), "--no-logo")


def test_one_folder_calls_a_solver() -> None:
    """Import contracts hold between our own modules; this one is about a library."""
    imports = re.compile(r"^\s*(from|import) ortools\b", re.MULTILINE)
    found = {
        path.parent.relative_to(ROOT).as_posix()
        for path in python_files()
        if imports.search(path.read_text("utf-8"))
    }
    assert {folder for folder in found if folder.split("/")[0] in PACKAGES} == {"data/solver"}


@pytest.mark.parametrize("package", PACKAGES)
def test_package_names_mean_the_folders_of_this_repository(package: str, tmp_path: Path) -> None:
    """Other packages of these plain names exist; from any folder, ours must be the ones found."""
    ours = ROOT / package / "__init__.py"
    same = f"import {package}, sys; sys.exit({package}.__file__ != {str(ours)!r} and {package}.__file__)"
    expect_no_complaint(sys.executable, "-c", same, folder=tmp_path)


def test_no_committed_file_holds_the_address_of_a_registry() -> None:
    address = re.compile("|".join(map(re.escape, REGISTRY_HOSTS)).encode())
    assert [path for path in committed() if address.search(path.read_bytes())] == []


def test_file_names_say_what_a_file_holds() -> None:
    assert [path for path in committed() if path.stem.lower() in NAMES_THAT_SAY_NOTHING] == []


def test_no_file_of_the_product_is_too_long_to_read_at_once() -> None:
    lines = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in python_files()
        if path.relative_to(ROOT).parts[0] in (*PACKAGES, "run.py")
    }
    assert {name: count for name, count in lines.items() if count > LONGEST_FILE} == {}


@pytest.mark.parametrize("package", PACKAGES)
def test_no_folder_shows_more_names_than_one_takes_in_at_once(package: str) -> None:
    shown: dict[Path, set[str]] = {}
    for path in committed():
        inside = path.relative_to(ROOT)
        rooms = [room for room in list(inside.parents)[:-1] if not NO_ROOMS & set(room.parts)]
        for room in rooms if inside.parts[0] == package else []:
            shown.setdefault(room, set()).add(inside.relative_to(room).parts[0])
    counts = {str(room): len(names - {"__init__.py"} - NO_ROOMS) for room, names in shown.items()}
    assert {room: count for room, count in counts.items() if count > MOST_NAMES} == {}


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_pins_versions_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    pinned = re.compile(r"[a-z0-9-]+==[^ ]+( ; [^\\]+)? \\\n(    --hash=sha256:[0-9a-f]{64}( \\\n)?)+")
    assert [entry for entry in entries if not pinned.fullmatch(entry)] == []


@pytest.mark.parametrize(
    ("lock", "group", "extras"),
    [
        ("requirements.lock", "build", False),
        ("requirements-service.lock", "build", True),
        ("requirements-test.lock", "dev", True),
        ("benchmarks/requirements.lock", "bench", False),
    ],
)
def test_lock_names_what_the_project_asks_for(lock: str, group: str, extras: bool) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = {name for name in project["dependency-groups"][group] if isinstance(name, str)}
    if group != "bench":
        asked |= {*project["project"]["dependencies"], *project["build-system"]["requires"]}
    if extras:
        asked |= {name for extra in project["project"]["optional-dependencies"].values() for name in extra}
    assert {re.split(r"[\[;]", name)[0] for name in asked} - _locked(lock).keys() == set()


def test_the_tests_run_on_the_versions_that_people_run() -> None:
    files, service, tests = (_locked(lock).items() for lock in LOCKS[:3])
    assert files <= service <= tests


def test_running_needs_nothing_that_only_the_tests_use() -> None:
    only_tests = {"pytest", "mypy", "ruff", "playwright", "uv"}
    assert only_tests & _locked("requirements-service.lock").keys() == set()


def test_planning_from_files_needs_nothing_of_the_service() -> None:
    assert {"fastapi", "nicegui", "sqlalchemy", "uvicorn"} & _locked("requirements.lock").keys() == set()


def test_peers_of_the_benchmarks_stay_out_of_the_product() -> None:
    assert "pyvroom" not in _locked("requirements.lock")


@pytest.mark.parametrize("lock", LOCKS)
def test_highspy_is_in_no_lock(lock: str) -> None:
    """It cannot be imported into one process with OR-Tools, which brings HiGHS itself."""
    assert "highspy" not in _locked(lock)


def _locked(lock: str) -> dict[str, str]:
    """Version by package."""
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
