"""Writes a run as one folder."""

import platform
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from api.export.run_folder.contents import (
    EXPLANATIONS,
    FORMAT_VERSION,
    INPUTS,
    MATCHING,
    REFINEMENT,
    REPLANNINGS,
    Manifest,
    Replannings,
    RunLog,
)
from api.export.run_folder.exports import write_exports
from api.export.run_folder.inputs import hash_of, write_sources
from api.files.atomic_folder import FORMAT, MANIFEST, atomic_folder
from api.files.file_names import file_stems
from api.files.json_text import json_text
from api.run.run import Run
from api.words.language import Language
from api.words.sentence import sentence
from data.base.entity import Entity
from data.tables.files.policy_file import policy_toml

VERSIONS_OF = ("buddyplan", "numba", "numpy", "ortools")


def write_run(run: Run, target: Path, language: Language) -> None:
    """Write a run as one folder, replacing a former run there in one step.

    Tables, calendars and comments are in a language; the report is in all. The same run gives the same bytes
    in every file but `run.json`.
    Raises `FolderBusy` and `NotOurFolder` as `atomic_folder` does.
    """
    with atomic_folder(target) as folder:
        inputs = _write_inputs(run, folder, language)
        results = _write_results(run, folder)
        manifest = Manifest(
            format=FORMAT,
            version=FORMAT_VERSION,
            problem_hash=run.problem.hash,
            inputs=inputs,
            results=tuple(results),
        )
        _write(folder / "run.json", RunLog(seconds=run.seconds, versions=_versions()))
        _write(folder / "identity.json", run.identities)
        write_exports(run, folder, language)
        _write(folder / MANIFEST, manifest)


def _write_inputs(run: Run, folder: Path, language: Language) -> dict[str, str]:
    """Write the input files and return their hashes."""
    problem = run.problem.model_dump(mode="json", by_alias=True, exclude={"policy"})
    (folder / "problem.json").write_text(json_text(problem), encoding="utf-8")
    (folder / "policy.toml").write_text(
        policy_toml(run.problem.policy, partial(sentence, language=language)), encoding="utf-8"
    )
    run.times.save(folder / "times.npz")
    return {name: hash_of(folder / name) for name in (*INPUTS, *write_sources(run.sources, folder))}


def _write_results(run: Run, folder: Path) -> list[str]:
    """Write matching and weeks and return the names of their files."""
    written = []
    if run.matching:
        _write(folder / MATCHING, run.matching)
        written.append(MATCHING)
    if run.refinement:
        _write(folder / REFINEMENT, run.refinement)
        written.append(REFINEMENT)
    if run.explanations:
        _write(folder / EXPLANATIONS, run.explanations)
        written.append(EXPLANATIONS)
    if run.replannings:
        _write(folder / REPLANNINGS, Replannings(replannings=run.replannings))
        written.append(REPLANNINGS)
    if run.weeks:
        (folder / "weeks").mkdir()
    stems = file_stems(weeks.buddy for weeks in run.weeks)
    for weeks in sorted(run.weeks, key=lambda weeks: weeks.buddy):
        name = f"weeks/{stems[weeks.buddy]}.json"
        _write(folder / name, weeks)
        written.append(name)
    return written


def _write(path: Path, model: Entity) -> None:
    path.write_text(json_text(model), encoding="utf-8")


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for name in VERSIONS_OF:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # run from a copy that is not installed
            found[name] = "not installed"
    return found
