"""The files of a stress study: its figures as JSON, and the picture."""

from pathlib import Path

from api.files.atomic_file import write_whole
from api.files.json_text import json_text
from api.studies.stress.plot import stress_picture
from api.studies.stress.result import Stress
from api.words.language import Language

FIGURES = "stress.json"


def write_stress(stress: Stress, folder: Path, language: Language) -> tuple[Path, ...]:
    """Write each file completely or not at all, and return their paths."""
    contents = {FIGURES: json_text(stress).encode()}
    contents |= {f"stress.{kind}": stress_picture(stress, language, kind) for kind in ("svg", "png")}
    for name, content in contents.items():
        write_whole(folder / name, content)
    return tuple(folder / name for name in contents)
