"""The base of everything that flows through the programme: frozen, strict, and hashed by content."""

import hashlib
import json
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

UNLESS_GIVEN: Any = Field(default=None, exclude_if=lambda value: value is None)
"""For a field that came later: left out where it holds nothing, it changes no hash of what is stored."""


class Entity(BaseModel):
    """An immutable record that refuses unknown fields and wrong types.

    Variants are made by `replace`, never by assignment, so that a problem which a result was
    computed from can never change under that result.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, validated like a new record.

        Raises `pydantic.ValidationError` when a change does not fit.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        unknown = changes.keys() - fields.keys()
        if unknown:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return type(self)(**{**fields, **changes})


def canonical_json(value: Any) -> str:
    """Return JSON that is the same bytes for the same content: sorted keys, no white space."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
