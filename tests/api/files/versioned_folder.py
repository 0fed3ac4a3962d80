"""A folder with one version in every file, so that a mixture of two versions is detected."""

import json
from pathlib import Path

from api.files.atomic_folder import FORMAT, MANIFEST, atomic_folder

FILES = 12


def fill(folder: Path, version: str) -> None:
    """Write a run in which every file has the same version."""
    (folder / "weeks").mkdir()
    for i in range(FILES):
        (folder / "weeks" / f"{i}.json").write_text(version)
    (folder / MANIFEST).write_text(json.dumps({"format": FORMAT, "version": version}))


def write(target: Path, version: str) -> None:
    """Replace the target by a folder of this version."""
    with atomic_folder(target) as staging:
        fill(staging, version)


def version_of(folder: Path) -> str:
    """Return the one version in every file of a complete folder."""
    said = json.loads((folder / MANIFEST).read_text())["version"]
    files = list((folder / "weeks").iterdir())
    assert len(files) == FILES
    assert {file.read_text() for file in files} == {said}
    return str(said)
