"""The reference data of a programme, as they are kept: the texts of its files, and where they come from.

In a folder they are those of `FILES` that are there, beside `sources.toml`, which names the source of travel
times and the attributions that the licences of the data require. What the texts say is not looked at here.
"""

import json
import tomllib
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from data.base.entity import Entity, content_hash
from data.base.errors import BuddyplanError
from data.base.foreign_errors import why_unparsed, why_wrong
from data.base.message import message
from data.geo.gazetteer import FILES as PLACES
from data.travel.barriers import FILE as BARRIERS
from data.travel.estimate import Estimate

FILES = (*PLACES, BARRIERS)
DESCRIPTION = "sources.toml"


class WrongReference(BuddyplanError):
    """The reference data of a programme cannot be used; the text says which file, and what would be right."""


class Description(Entity):
    """What `sources.toml` says: the name of the source of travel times, and the attributions to show."""

    travel: str = Estimate.name
    attributions: Annotated[tuple[str, ...], Field(strict=False)] = ()


class Reference(Description):
    """Reference data with the texts of its files, by their names."""

    files: dict[str, str]

    @cached_property
    def hash(self) -> str:
        """Content hash of all of it, under which it is kept."""
        return content_hash(self)

    def texts(self) -> dict[str, str]:
        """Return the text of every file that `read_reference` reads, by name."""
        listed = ", ".join(_quoted(each) for each in self.attributions)
        described = f"travel = {_quoted(self.travel)}\nattributions = [{listed}]\n"
        return {DESCRIPTION: described, **self.files}


def read_reference(folder: Path) -> Reference:
    """Read a folder of reference data.

    Without `sources.toml`, travel is estimated and no attribution is shown for the places. Raises
    `WrongReference` if `districts.geojson` is missing, or if a file is not as it should be.
    """
    texts = {name: _text(folder / name) for name in FILES if (folder / name).is_file()}
    if FILES[0] not in texts:
        raise WrongReference(message("reference_without_borders", file=folder / FILES[0]))
    described = _described(folder / DESCRIPTION)
    return Reference(travel=described.travel, attributions=described.attributions, files=texts)


def _described(path: Path) -> Description:
    if not path.is_file():
        return Description()
    try:
        return Description.model_validate(tomllib.loads(_text(path)))
    except tomllib.TOMLDecodeError as error:
        raise WrongReference(message("reference_unread", file=path, error=why_unparsed(error))) from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(step) for step in first["loc"])
        wrong = message("reference_unread", file=f"{path}: {place}", error=why_wrong(first))
        raise WrongReference(wrong) from None


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise WrongReference(message("reference_not_utf8", file=path)) from None


def _quoted(text: str) -> str:
    """Return a basic string of TOML: JSON's escapes are valid there; DEL must be escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
