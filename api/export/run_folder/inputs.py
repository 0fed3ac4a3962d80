"""The inputs in a run's folder that are checked by their hashes, and the sources of the run among them.

`reference/` holds the reference data of the run's programme in the form in which a programme brings them.
"""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

from api.files.atomic_folder import MANIFEST
from api.service.sources import default_sources, sources_of
from data.base.errors import BuddyplanError
from data.base.message import message
from data.model.problem import Problem
from data.reference.reference import read_reference
from data.reference.sources import Sources

REFERENCE = "reference"


class BrokenRun(BuddyplanError):
    """The folder of a run cannot be read: which file, where in it, and what is wrong."""


def hash_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def check_input(folder: Path, inputs: Mapping[str, str], name: str) -> None:
    """Raise `BrokenRun` unless a file is there and has the hash that the manifest gives for it."""
    if name not in inputs:
        raise BrokenRun(message("run_unlisted_input", manifest=MANIFEST, name=name))
    if not (folder / name).is_file():
        raise BrokenRun(message("run_file_missing", name=name))
    if hash_of(folder / name) != inputs[name]:
        raise BrokenRun(message("run_file_changed", name=name))


def write_sources(sources: Sources, folder: Path) -> list[str]:
    """Write the reference data of a run, and return the names of their files."""
    (folder / REFERENCE).mkdir()
    texts = sources.reference.texts()
    for name, text in texts.items():
        (folder / REFERENCE / name).write_bytes(text.encode())
    return [f"{REFERENCE}/{name}" for name in texts]


def read_sources(folder: Path, inputs: Mapping[str, str], problem: Problem) -> Sources:
    """Read the sources of a run; the folder of an earlier version has none, and gets the default.

    Raises `BrokenRun` if they are not those of the problem, and `data.reference.reference.WrongReference`.
    """
    listed = [name for name in inputs if name.startswith(f"{REFERENCE}/")]
    sources = _own_sources(folder, inputs, listed) if listed else default_sources()
    if problem.programme.reference not in (None, sources.reference.hash):
        raise BrokenRun(message("run_other_reference", folder=REFERENCE))
    return sources


def _own_sources(folder: Path, inputs: Mapping[str, str], listed: Sequence[str]) -> Sources:
    for name in listed:
        check_input(folder, inputs, name)
    reference = read_reference(folder / REFERENCE)
    for name in reference.texts():
        check_input(folder, inputs, f"{REFERENCE}/{name}")
    return sources_of(reference)
