"""The set-up script, as far as it can be tried without installing anything."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import run


def test_without_a_word_it_says_what_can_be_asked() -> None:
    said = subprocess.run([sys.executable, run.__file__], capture_output=True, text=True, check=False)
    assert said.returncode == 1
    assert "run.py demo" in said.stderr


def test_uv_looks_where_pip_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in run.UV_NAME.values():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_INDEX_URL", "https://packages.example/simple")
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "https://one.example\nhttps://two.example")
    monkeypatch.setenv("PIP_FIND_LINKS", "/wheels /more-wheels")

    found = run.uv_environment(pip=[])

    assert found["UV_DEFAULT_INDEX"] == "https://packages.example/simple"
    assert found["UV_INDEX"] == "https://one.example https://two.example"
    assert found["UV_FIND_LINKS"] == "/wheels,/more-wheels"
    assert found["UV_INDEX_STRATEGY"] == "unsafe-best-match"


def test_what_is_set_for_uv_itself_goes_before_what_is_set_for_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "https://of-pip.example/simple")
    monkeypatch.setenv("UV_DEFAULT_INDEX", "https://of-uv.example/simple")
    assert run.uv_environment(pip=[])["UV_DEFAULT_INDEX"] == "https://of-uv.example/simple"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a `.venv` that is finished for running, as far as `run.py` looks."""
    locks = ("requirements.lock", "requirements-service.lock", "requirements-test.lock")
    monkeypatch.setattr(run, "LOCKS", tuple(tmp_path / lock for lock in locks))
    for name, lock in zip(("LOCK", "SERVICE_LOCK", "TEST_LOCK"), run.LOCKS, strict=True):
        monkeypatch.setattr(run, name, lock)
    monkeypatch.setattr(run, "PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(run, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(run, "STAMP", tmp_path / "complete")
    for name in (*locks, "pyproject.toml", "python"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "complete").write_text(run.stamp(run.LOCK), encoding="utf-8")
    return tmp_path


def test_tests_of_large_libraries_are_dropped_and_of_others_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "VENV", tmp_path)
    dropped, kept = tmp_path / "lib" / "numpy" / "ma" / "tests", tmp_path / "lib" / "nicegui" / "tests"
    for folder in (dropped, kept, tmp_path / "lib" / "numpy" / "testing"):
        folder.mkdir(parents=True)
        (folder / "some.py").touch()
    run.drop_tests()
    assert not dropped.exists()
    assert (kept / "some.py").exists()
    assert (tmp_path / "lib" / "numpy" / "testing" / "some.py").exists()


def test_a_finished_set_up_is_left_alone(folder: Path) -> None:
    assert run.is_complete(run.LOCK)


@pytest.mark.parametrize(
    ("installed", "enough"),
    [
        ("requirements.lock", [True, False, False]),
        ("requirements-service.lock", [True, True, False]),
        ("requirements-test.lock", [True, True, True]),
    ],
)
def test_what_was_installed_for_more_is_enough_for_less(
    folder: Path, installed: str, enough: list[bool]
) -> None:
    (folder / "complete").write_text(run.stamp(folder / installed), encoding="utf-8")
    assert [run.is_complete(lock) for lock in (run.LOCK, run.SERVICE_LOCK, run.TEST_LOCK)] == enough


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_new_lock_or_project_is_installed(folder: Path, changed: str) -> None:
    (folder / changed).write_text("something else", encoding="utf-8")
    assert not run.is_complete(run.LOCK)


@pytest.mark.parametrize("gone", ["complete", "python"])
def test_an_interrupted_or_broken_set_up_is_done_again(folder: Path, gone: str) -> None:
    (folder / gone).unlink()
    assert not run.is_complete(run.LOCK)


def test_another_python_makes_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    assert not run.is_complete(run.LOCK)


def test_a_moved_folder_is_set_up_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripts in `.venv` hold its path."""
    monkeypatch.setattr(run, "ROOT", folder / "moved")
    assert not run.is_complete(run.LOCK)


@pytest.mark.parametrize(
    ("words", "lock", "kernels_too"),
    [
        (["demo"], "requirements.lock", True),
        (["check-data", "folder"], "requirements.lock", False),
        (["user", "list"], "requirements-service.lock", False),
        (["serve"], "requirements-service.lock", True),
        (["scenario", "batch", "--scheduler=tcp://a:1"], "requirements-service.lock", True),
        (["plan", "--help"], "requirements.lock", False),
        (["test"], "requirements-test.lock", True),
        (["lock"], "requirements-test.lock", False),
    ],
)
def test_a_command_waits_for_what_it_needs_and_no_more(
    monkeypatch: pytest.MonkeyPatch, words: list[str], lock: str, kernels_too: bool
) -> None:
    asked: list[tuple[str, bool]] = []
    monkeypatch.setattr(run, "prepare", lambda lock, kernels_too: asked.append((lock.name, kernels_too)))
    monkeypatch.setattr(run, "become", lambda *command: None)
    run.main(words)
    assert asked[0] == (lock, kernels_too)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], ["-n", "auto", "--dist", "worksteal"]),
        (["tests/data", "-x"], ["tests/data", "-x"]),
        (["--nightly"], ["-n", "auto", "--dist", "worksteal", "--cov", "--cov-report=term", "--nightly"]),
    ],
)
def test_all_tests_run_side_by_side_and_coverage_is_for_the_night(words: list[str], told: list[str]) -> None:
    assert run.pytest_words(words) == told


def test_the_installer_is_pinned_by_its_hashes() -> None:
    assert re.fullmatch(r"uv==[0-9.]+ (\\\n    --hash=sha256:[0-9a-f]{64} ?)+\n", run.pinned_uv())


def test_a_step_tells_in_one_line_what_was_done_and_all_where_it_fails(
    capfd: pytest.CaptureFixture[str],
) -> None:
    loud = (sys.executable, "-c", "print('loud')")
    assert run.run("Counting", loud, loud)
    assert re.fullmatch(r"Counting: done in \d+ s\n", capfd.readouterr().err)
    failing = (sys.executable, "-c", "import sys; print('no disk'); sys.exit(1)")
    assert not run.run("Counting", loud, failing)
    assert re.fullmatch(r"Counting: failed after \d+ s\n[\s\S]*no disk[\s\S]*", capfd.readouterr().err)


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages with one kernel each in a folder of theirs, where one kernel is kept on disk."""
    for package in ("data", *run.COMPILED):
        (tmp_path / package / "week" / "__pycache__").mkdir(parents=True)
        (tmp_path / package / "week" / "kernel.py").write_text("@compiled", encoding="utf-8")
    (tmp_path / "scheduling" / "week" / "__pycache__" / "kernel.f-1.py311.nbi").touch()
    (tmp_path / "requirements.lock").touch()
    monkeypatch.setattr(run, "KERNELS", tmp_path / "kernels")
    monkeypatch.setattr(run, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(run, "ROOT", tmp_path)
    return tmp_path


def test_kernels_are_compiled_once_and_none_of_the_old_ones_is_kept(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "run", lambda *command: True)
    assert not run.are_compiled()
    run.compile_kernels()
    assert run.are_compiled()
    assert not list(sources.rglob("*.nbi"))


def test_a_change_of_any_kernel_compiles_all_anew(sources: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "run", lambda *command: True)
    run.compile_kernels()
    (sources / "scheduling" / "week" / "solve.py").write_text("no kernel", encoding="utf-8")
    assert run.are_compiled()
    (sources / "data" / "week" / "kernel.py").write_text("@compiled  # changed", encoding="utf-8")
    assert not run.are_compiled()


def test_kernels_that_could_not_be_compiled_are_tried_again(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "run", lambda *command: False)
    run.compile_kernels()
    assert not run.are_compiled()
