"""The folder of a run: its input, with hashes; its results; and the files for people.

`read_run` needs `manifest.json`, `problem.json`, `policy.toml`, `times.npz`, `reference/` and every
result that the manifest lists. `identity.json` may be missing or empty, so that a folder can be passed on
without names. The tables, calendars, map and report are written but never read.
"""

import platform
import zipfile
from collections.abc import Iterator
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from api.export.run_files import write_exports
from api.export.run_inputs import BrokenRun, check_input, hash_of, read_sources, write_sources
from api.files.atomic_folder import FORMAT, MANIFEST, atomic_folder, whole_folder
from api.files.file_names import file_stems
from api.files.json_text import json_text
from api.run.run import Run
from api.words.findings import finding_message
from api.words.sentence import sentence
from data.base.entity import Entity
from data.base.message import Message, message
from data.model.identity import Identities
from data.model.problem import Problem
from data.results.explanation import Explanations
from data.results.refinement import Refinement
from data.results.replanning import Replanning
from data.results.solution import BuddyWeeks, Matching
from data.results.visits import with_companies
from data.tables.policy_file import policy_toml, read_policy
from data.travel.provider import Times

FORMAT_VERSION = 1
INPUTS = ("problem.json", "policy.toml", "times.npz")
MATCHING = "matching.json"
REFINEMENT = "refinement.json"
EXPLANATIONS = "explanations.json"
REPLANNINGS = "replannings.json"
VERSIONS_OF = ("buddyplan", "numba", "numpy", "ortools")


class Manifest(Entity):
    """The contents of a run: the SHA-256 of each input file, and the names of the result files."""

    format: str
    version: int
    problem_hash: str
    inputs: dict[str, str]
    results: tuple[str, ...] = ()


class Replannings(Entity):
    """The replannings that led to the weeks, the oldest first."""

    replannings: tuple[Replanning, ...]


class RunLog(Entity):
    """What differs between two runs of the same input: the seconds per stage, and the software used."""

    seconds: dict[str, float]
    versions: dict[str, str]


def write_run(run: Run, target: Path) -> None:
    """Write a run as one folder, replacing a former run there in one step.

    The same run gives the same bytes in every file but `run.json`.
    Raises `FolderBusy` and `NotOurFolder` as `atomic_folder` does.
    """
    with atomic_folder(target) as folder:
        inputs = _write_inputs(run, folder)
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
        write_exports(run, folder)
        _write(folder / MANIFEST, manifest)


def read_run(folder: Path) -> Run:
    """Read what `write_run` wrote.

    Raises `BrokenRun` when a file is missing, cannot be read, or is not the one from which the run was
    computed. The judges check whether a readable result satisfies the rules.
    """
    folder = whole_folder(folder)
    if not folder.is_dir():
        raise BrokenRun(message("no_such_folder", folder=folder))
    manifest = _read(folder, MANIFEST, Manifest)
    if (manifest.format, manifest.version) != (FORMAT, FORMAT_VERSION):
        raise BrokenRun(
            message(
                "run_other_format",
                manifest=MANIFEST,
                format=manifest.format,
                version=manifest.version,
                known_format=FORMAT,
                known_version=FORMAT_VERSION,
            )
        )
    problem = _read_problem(folder, manifest)
    logged = (folder / "run.json").exists()
    named = (folder / "identity.json").exists()
    return Run(
        problem=problem,
        identities=_read(folder, "identity.json", Identities) if named else Identities(),
        times=_read_times(folder),
        sources=read_sources(folder, manifest.inputs, problem),
        matching=_read_matching(folder, problem) if MATCHING in manifest.results else None,
        refinement=_read(folder, REFINEMENT, Refinement) if REFINEMENT in manifest.results else None,
        weeks=_read_weeks(folder, manifest, problem),
        explanations=_read(folder, EXPLANATIONS, Explanations) if EXPLANATIONS in manifest.results else None,
        replannings=_read_replannings(folder, manifest, problem),
        seconds=_read(folder, "run.json", RunLog).seconds if logged else {},
    )


def _write_inputs(run: Run, folder: Path) -> dict[str, str]:
    """Write the input files and return their hashes."""
    problem = run.problem.model_dump(mode="json", by_alias=True, exclude={"policy"})
    (folder / "problem.json").write_text(json_text(problem), encoding="utf-8")
    (folder / "policy.toml").write_text(
        policy_toml(run.problem.policy, partial(sentence, language="en")), encoding="utf-8"
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


def _read_problem(folder: Path, manifest: Manifest) -> Problem:
    for name in INPUTS:
        check_input(folder, manifest.inputs, name)
    reading = read_policy(folder / "policy.toml")
    for finding in reading.findings:
        raise BrokenRun(finding_message(finding))
    problem = _read(folder, "problem.json", Problem).replace(policy=reading.policy)
    if problem.hash != manifest.problem_hash:
        raise BrokenRun(message("run_other_hash", manifest=MANIFEST))
    return problem


def _read_times(folder: Path) -> Times:
    try:
        return Times.load(folder / "times.npz")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise BrokenRun(message("run_times_broken", error=error)) from error


def _read_matching(folder: Path, problem: Problem) -> Matching:
    """Read the matching, checking its ids: a judge cannot look up an id that the problem does not have."""
    matching = _read(folder, MATCHING, Matching)
    if matching.problem_hash != problem.hash:
        raise BrokenRun(message("run_other_matching", matching=MATCHING))
    for place, company in _companies(matching):
        if company not in problem.company:
            raise BrokenRun(message("run_unknown_company", matching=MATCHING, place=place, company=company))
    for place, buddy in _buddies(matching):
        if buddy not in problem.buddy:
            raise BrokenRun(message("run_unknown_buddy", matching=MATCHING, place=place, buddy=buddy))
    return matching


def _companies(matching: Matching) -> Iterator[tuple[str, str]]:
    yield from ((f"pairs.{at}", pair.company) for at, pair in enumerate(matching.pairs))
    yield from ((f"unassigned.{at}", each.company) for at, each in enumerate(matching.unassigned))


def _buddies(matching: Matching) -> Iterator[tuple[str, str]]:
    yield from ((f"pairs.{at}", pair.buddy) for at, pair in enumerate(matching.pairs))
    for at, each in enumerate(matching.unassigned):
        yield from ((f"unassigned.{at}.buddies.{n}", of.buddy) for n, of in enumerate(each.buddies))


def _read_replannings(folder: Path, manifest: Manifest, problem: Problem) -> tuple[Replanning, ...]:
    if REPLANNINGS not in manifest.results:
        return ()
    records = _read(folder, REPLANNINGS, Replannings).replannings
    return tuple(with_companies(record, problem) for record in records)


def _read_weeks(folder: Path, manifest: Manifest, problem: Problem) -> tuple[BuddyWeeks, ...]:
    listed = [name for name in manifest.results if name.startswith("weeks/")]
    for path in sorted((folder / "weeks").glob("*.json")):
        if f"weeks/{path.name}" not in listed:
            raise BrokenRun(message("run_unlisted_weeks", name=path.name, manifest=MANIFEST))
    found: dict[str, BuddyWeeks] = {}
    for name in listed:
        weeks = _read(folder, name, BuddyWeeks)
        if weeks.buddy not in problem.buddy:
            raise BrokenRun(message("run_weeks_of_nobody", name=name, buddy=weeks.buddy))
        if weeks.buddy in found:
            raise BrokenRun(message("run_weeks_twice", name=name, buddy=weeks.buddy))
        if weeks.problem_hash != problem.hash:
            raise BrokenRun(message("run_other_weeks", name=name))
        found[weeks.buddy] = weeks
    return tuple(found[buddy] for buddy in sorted(found))


Model = TypeVar("Model", bound=Entity)


def _read(folder: Path, name: str, model: type[Model]) -> Model:
    try:
        return model.model_validate_json((folder / name).read_bytes())
    except FileNotFoundError:
        raise BrokenRun(message("run_file_missing", name=name)) from None
    except OSError as error:
        raise BrokenRun(message("run_file_unread", name=name, reason=error.strerror)) from error
    except ValidationError as error:
        raise BrokenRun(_why_unread(name, error)) from error


def _why_unread(name: str, error: ValidationError) -> Message:
    """Return the first error with its place in the JSON, and the number of others."""
    first, *more = error.errors(include_url=False)
    place = ".".join(str(step) for step in first["loc"])
    fields = {"file": ": ".join(part for part in (name, place) if part), "error": first["msg"]}
    return (
        message("run_field_wrong_and_more", count=len(more), **fields)
        if more
        else message("run_field_wrong", **fields)
    )
