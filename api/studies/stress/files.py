"""The files of a stress study: its figures as JSON, and the picture."""

from pathlib import Path

from api.files.atomic_file import write_whole
from api.files.json_text import json_text
from api.studies.stress.plot import pictures
from api.studies.stress.result import Stress
from api.words.language import Language

FIGURES = "stress.json"


def write_stress(stress: Stress, folder: Path, language: Language) -> tuple[Path, ...]:
    """Write each file completely or not at all, and return their paths."""
    contents = {FIGURES: json_text(stress).encode()}
    contents |= {f"stress.{kind}": drawn for kind, drawn in pictures(stress, language).items()}
    for name, content in contents.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in contents)
