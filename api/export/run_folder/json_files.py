"""Reads one JSON file of a run's folder as an entity."""

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from api.export.run_folder.inputs import BrokenRun
from data.base.entity import Entity
from data.base.foreign_errors import why_unopened, why_wrong
from data.base.message import Message, message

Model = TypeVar("Model", bound=Entity)


def read_json(folder: Path, name: str, model: type[Model]) -> Model:
    """Return a file of the folder; raises `BrokenRun` saying which, where in it, and what is wrong."""
    try:
        return model.model_validate_json((folder / name).read_bytes())
    except FileNotFoundError:
        raise BrokenRun(message("run_file_missing", name=name)) from None
    except OSError as error:
        raise BrokenRun(message("run_file_unread", name=name, reason=why_unopened(error))) from error
    except ValidationError as error:
        raise BrokenRun(_why_unread(name, error)) from error


def _why_unread(name: str, error: ValidationError) -> Message:
    """Return the first error with its place in the JSON, and the number of others."""
    first, *more = error.errors(include_url=False)
    place = ".".join(str(step) for step in first["loc"])
    fields: dict[str, object] = {
        "file": ": ".join(part for part in (name, place) if part),
        "error": why_wrong(first),
    }
    return (
        message("run_field_wrong_and_more", count=len(more), **fields)
        if more
        else message("run_field_wrong", **fields)
    )
