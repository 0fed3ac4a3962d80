"""What a field's type says of its values, for those who make columns and forms of it."""

from collections.abc import Iterator
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from data.base.ids import IdOf, KeyOf


def plain_type(field: FieldInfo) -> Any:
    """Return the type of a value, or of each of several; without None."""
    inner = [each for each in get_args(field.annotation) if each not in (type(None), ...)]
    plain = inner[0] if inner else field.annotation
    return get_args(plain)[0] if hasattr(plain, "__metadata__") else plain


def holds_several(field: FieldInfo) -> bool:
    """Return whether a field holds a tuple."""
    return get_origin(field.annotation) is tuple


def names(field: FieldInfo) -> IdOf | KeyOf | None:
    """Return what a field's id or key names, or what each of several names; None: it is neither."""
    return next((mark for mark in marks(field) if isinstance(mark, IdOf | KeyOf)), None)


def lowest(field: FieldInfo) -> int | None:
    """Return the least value of a number; None: it has no such limit."""
    return next((mark.ge for mark in marks(field) if hasattr(mark, "ge")), None)


def highest(field: FieldInfo) -> int | None:
    """Return the greatest value of a number; None: it has no such limit."""
    return next((mark.le for mark in marks(field) if hasattr(mark, "le")), None)


def marks(field: FieldInfo) -> Iterator[Any]:
    """Return what `Annotated` says of a field and of what it holds."""
    yield from field.metadata
    for inner in get_args(field.annotation):
        for mark in getattr(inner, "__metadata__", ()):
            yield from mark.metadata if isinstance(mark, FieldInfo) else (mark,)
