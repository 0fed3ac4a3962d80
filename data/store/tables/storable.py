"""Types of columns that take what either database can hold, and refuse alike on both what one of them cannot.

SQLite keeps a NUL, a text of any length and a number of any size; PostgreSQL refuses them, late and with an
error that repeats the text. A store that moves from one to the other would be lost on the way.
"""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DontWrapMixin
from sqlalchemy.types import TypeDecorator

from data.base.errors import BuddyplanError
from data.base.message import Message, message

LEAST, MOST = -(2**31), 2**31 - 1
UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL cannot hold, and halves of a pair of UTF-16, which no database can."""


class NotStorable(BuddyplanError, DontWrapMixin):
    """A value that one of the databases cannot hold; its content is not told."""


def why_not(kind: Any, value: Any) -> Message | None:
    """Return why a column of a type cannot hold a value other than null on every database; None: it can."""
    for of_kind, of_value, otherwise in PLAIN:
        if isinstance(kind, of_kind):
            if not isinstance(value, of_value):
                return message(otherwise)
            limits = LIMITS.get(of_kind)
            return limits(kind, value) if limits else None
    return None


PLAIN: tuple[tuple[Any, Any, str], ...] = (
    (sa.String, str, "should_be_text"),
    (sa.Boolean, bool, "should_be_boolean"),
    (sa.Integer, int, "should_be_whole"),
    (sa.Float, int | float, "should_be_number"),
    (sa.Date, date, "should_be_date"),
)


def _of_text(kind: sa.String, value: str) -> Message | None:
    if kind.length is not None and len(value) > kind.length:
        return message("text_too_long", length=len(value), most=kind.length)
    found = UNSTORABLE.search(value)
    return message("sign_unstorable", sign=f"U+{ord(found[0]):04X}") if found else None


def _of_number(kind: sa.Integer, value: int) -> Message | None:
    return None if LEAST <= value <= MOST else message("number_too_large", least=LEAST, most=MOST)


def _of_share(kind: sa.Float[float], value: float) -> Message | None:
    return None if math.isfinite(value) else message("should_be_number")


LIMITS: dict[Any, Callable[[Any, Any], Message | None]] = {
    sa.String: _of_text,
    sa.Integer: _of_number,
    sa.Float: _of_share,
}


class _Storable(TypeDecorator[Any]):
    """A plain type whose values are checked before any database sees them.

    Each type says for itself that it may be part of a statement's key (`cache_ok`), which is not inherited:
    without it SQLAlchemy compiles every statement each time.
    """

    impl: Any = sa.Text

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        """Return the value; raises `NotStorable`."""
        wrong = None if value is None else why_not(self.impl_instance, value)
        if wrong is not None:
            raise NotStorable(message("not_storable", why=wrong))
        return value


class Text(_Storable):
    """Text of any length, which sorts by code point."""

    impl: Any = sa.Text
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> Any:
        """Return the type of a database: PostgreSQL sorts by the language of its machine, unless told."""
        if dialect.name != "postgresql":
            return super().load_dialect_impl(dialect)
        plain: Any = self.impl_instance
        return type(plain)(plain.length, collation="C")


class String(Text):
    """Text of a length."""

    impl = sa.String
    cache_ok = True


class Integer(_Storable):
    """A whole number of 32 bits."""

    impl = sa.Integer
    cache_ok = True


class Float(_Storable):
    """A finite number."""

    impl = sa.Float
    cache_ok = True
