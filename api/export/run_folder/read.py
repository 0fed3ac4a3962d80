"""Reads a run from its folder."""

import zipfile
from pathlib import Path

from api.export.run_folder.contents import (
    EXPLANATIONS,
    FORMAT_VERSION,
    INPUTS,
    MATCHING,
    REFINEMENT,
    Manifest,
    RunLog,
)
from api.export.run_folder.inputs import BrokenRun, check_input, read_sources
from api.export.run_folder.json_files import read_json
from api.export.run_folder.results import read_matching, read_replannings, read_weeks
from api.files.atomic_folder import FORMAT, MANIFEST, whole_folder
from api.run.run import Run
from data.base.message import message
from data.model.findings import finding_message
from data.model.identity import Identities
from data.model.problem import Problem
from data.results.explanation import Explanations
from data.results.refinement import Refinement
from data.tables.files.policy_file import read_policy
from data.tables.reader import OF_A_RUN, find_source
from data.travel.provider import Times


def read_run(folder: Path) -> Run:
    """Read what `write_run` wrote.

    Raises `BrokenRun` when a file is missing, cannot be read, or is not the one from which the run was
    computed. The judges check whether a readable result satisfies the rules.
    """
    folder = whole_folder(folder)
    if not folder.is_dir():
        raise BrokenRun(message("no_folder_of_run" if folder.exists() else "no_such_folder", folder=folder))
    of_a_run = any((folder / name).exists() for name in OF_A_RUN)
    if not of_a_run and find_source(folder).sheets:
        raise BrokenRun(message("run_is_input", folder=folder))
    manifest = read_json(folder, MANIFEST, Manifest)
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
    problem, listed = _read_problem(folder, manifest), manifest.results
    logged = (folder / "run.json").exists()
    named = (folder / "identity.json").exists()
    return Run(
        problem=problem,
        identities=read_json(folder, "identity.json", Identities) if named else Identities(),
        times=_read_times(folder),
        sources=read_sources(folder, manifest.inputs, problem),
        matching=read_matching(folder, problem) if MATCHING in listed else None,
        refinement=read_json(folder, REFINEMENT, Refinement) if REFINEMENT in listed else None,
        weeks=read_weeks(folder, manifest, problem),
        explanations=read_json(folder, EXPLANATIONS, Explanations)
        if EXPLANATIONS in manifest.results
        else None,
        replannings=read_replannings(folder, manifest, problem),
        seconds=read_json(folder, "run.json", RunLog).seconds if logged else {},
    )


def _read_problem(folder: Path, manifest: Manifest) -> Problem:
    for name in INPUTS:
        check_input(folder, manifest.inputs, name)
    reading = read_policy(folder / "policy.toml")
    for finding in reading.findings:
        raise BrokenRun(finding_message(finding))
    problem = read_json(folder, "problem.json", Problem).replace(policy=reading.policy)
    if problem.hash != manifest.problem_hash:
        raise BrokenRun(message("run_other_hash", manifest=MANIFEST))
    return problem


def _read_times(folder: Path) -> Times:
    try:
        return Times.load(folder / "times.npz")
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise BrokenRun(message("run_times_broken", error=error)) from error
