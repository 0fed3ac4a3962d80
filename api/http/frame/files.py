"""Exported files as answers: the kinds that may be asked for, and what OpenAPI says of them."""

from typing import Annotated, Any

from fastapi import Path
from pydantic import AfterValidator

from api.export.kinds import kinds
from api.export.one_file import format_of


def _known(kind: str) -> str:
    format_of(kind)
    return kind


FileKind = Annotated[str, Path(json_schema_extra={"enum": list(kinds())}), AfterValidator(_known)]
"""A kind of file as part of an address."""


def file_content(*media: str) -> dict[str, Any]:
    """Return what OpenAPI says of an answer that is a file of one of these media types."""
    return {each.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}} for each in media}
