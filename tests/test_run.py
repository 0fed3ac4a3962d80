"""The set-up script, as far as it can be tried without installing anything."""

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
    """A folder with a finished `.venv`, as far as `run.py` looks."""
    monkeypatch.setattr(run, "LOCK", tmp_path / "requirements.lock")
    monkeypatch.setattr(run, "PROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(run, "PYTHON", tmp_path / "python")
    monkeypatch.setattr(run, "STAMP", tmp_path / "complete")
    for name in ("requirements.lock", "pyproject.toml", "python"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    (tmp_path / "complete").write_text(run.stamp(), encoding="utf-8")
    return tmp_path


def test_a_finished_set_up_is_left_alone(folder: Path) -> None:
    assert run.is_complete()


@pytest.mark.parametrize("changed", ["requirements.lock", "pyproject.toml"])
def test_a_new_lock_or_project_is_installed(folder: Path, changed: str) -> None:
    (folder / changed).write_text("something else", encoding="utf-8")
    assert not run.is_complete()


@pytest.mark.parametrize("gone", ["complete", "python"])
def test_an_interrupted_or_broken_set_up_is_done_again(folder: Path, gone: str) -> None:
    (folder / gone).unlink()
    assert not run.is_complete()


def test_another_python_makes_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "base_prefix", "/elsewhere")
    assert not run.is_complete()


def test_a_moved_folder_is_set_up_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The scripts in `.venv` hold its path."""
    monkeypatch.setattr(run, "ROOT", folder / "moved")
    assert not run.is_complete()


@pytest.fixture
def sources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two packages with one kernel each, where one kernel is kept on disk."""
    for package in ("data", *run.COMPILED):
        (tmp_path / package / "__pycache__").mkdir(parents=True)
        (tmp_path / package / "kernel.py").write_text("@compiled", encoding="utf-8")
    (tmp_path / "scheduling" / "__pycache__" / "kernel.f-1.py311.nbi").touch()
    monkeypatch.setattr(run, "KERNELS", tmp_path / "kernels")
    monkeypatch.setattr(run, "stamp", lambda: "")
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
    (sources / "scheduling" / "week.py").write_text("no kernel", encoding="utf-8")
    assert run.are_compiled()
    (sources / "data" / "kernel.py").write_text("@compiled  # changed", encoding="utf-8")
    assert not run.are_compiled()


def test_kernels_that_could_not_be_compiled_are_tried_again(
    sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "run", lambda *command: False)
    run.compile_kernels()
    assert not run.are_compiled()
