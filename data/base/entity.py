"""The base class of all records: frozen, strict, and hashed by content."""

import hashlib
import json
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

UNLESS_GIVEN: Any = Field(default=None, exclude_if=lambda value: value is None)
"""For fields added later: omitted from JSON if None, so that hashes of stored records stay the same."""

UNLESS_ANY: Any = Field(default=(), exclude_if=lambda value: value == ())
"""The same for fields that hold several."""


class Entity(BaseModel):
    """An immutable record that refuses unknown fields and wrong types.

    Use `replace` to make variants. Assignment is not possible, so a problem cannot change after a result was
    computed from it.
    """

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", defer_build=True)

    def ids_in_text(self) -> tuple[str, ...]:
        """Return the names of text fields that hold ids here, separated by a comma and a space."""
        return ()

    def replace(self, **changes: Any) -> Self:
        """Return a copy with some fields changed, validated like a new record.

        Raises `pydantic.ValidationError` if a change is invalid.
        """
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        unknown = changes.keys() - fields.keys()
        if unknown:
            raise ValueError(f"{type(self).__name__} has no field {', '.join(sorted(unknown))}")
        return type(self)(**{**fields, **changes})


def canonical_json(value: Any) -> str:
    """Return canonical JSON: equal content gives equal bytes, with sorted keys and no white space."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True)
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def content_hash(value: Any) -> str:
    """Return the SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
