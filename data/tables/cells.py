"""Cell types: parse the text of a cell into a value or say why not. Texts, numbers, words."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import partial
from typing import Any

from data.base.message import Message, message
from data.model.findings import Severity, allowed_are, meant_one_of
from data.reference.words.values import UNITS, word_meant, words_for
from data.reference.words.values import YES_NO as YES_NO_WORDS

SEPARATORS = re.compile(r"[\s,;|]+")
# What spreadsheets in English and German show in place of a value, in files of their own and in exports.
NO_VALUE = re.compile(
    r"#N/A|#N/?V|#GETTING_DATA|#DATEN_ABRUFEN|#DIV/0!|#NAME\?|#{3,}|Err:\d{3}"
    r"|#(REF|VALUE|NUM|NULL|SPILL|CALC|FIELD|BLOCKED|CONNECT|BUSY|UNKNOWN|EXTERNAL|PYTHON|TIMEOUT|BEZUG"
    r"|WERT|ZAHL|ÜBERLAUF|KALK|FELD|BLOCKIERT|VERBINDEN|BESCHÄFTIGT|UNBEKANNT|EXTERN)!",
    re.IGNORECASE,
)
WITH_UNIT = re.compile(r"(?:ca\.?\s*)?(\d[\d.,]*)\s*([^\W\d_].*)", re.IGNORECASE)
FORMULA = re.compile(r"=\s*[\w(+\-\"'$@{\[#]")


class CellError(ValueError):
    """A cell that cannot be read: what is wrong with it, and what would be right."""

    def __init__(self, problem: Message, remedy: Message) -> None:
        super().__init__(f"{problem}; {remedy}")
        self.problem, self.remedy = problem, remedy


@dataclass(frozen=True)
class Noted:
    """A value that was read, with a note on it."""

    value: Any
    problem: Message
    remedy: Message
    severity: Severity = Severity.REPAIRED


@dataclass(frozen=True)
class Kind:
    """The type of a column: how its text is parsed (into a value or a `Noted` one), and how people write it.

    `read` gets stripped, non-empty text and raises `CellError`; `write` returns such a text of a value;
    `empty` is the value of an empty cell. If `decimals` are usual, a comma in the cell is a decimal comma.
    `json` is the type of the value where it is sent as JSON; what is no number and no yes or no is its text.
    A cell of one of a few words has them as `choices`, for which lists may write those of a `vocabulary`.
    """

    says: str
    read: Callable[[str], Any]
    empty: Any = None
    decimals: bool = False
    write: Callable[[Any], str] = str
    json: type = str
    vocabulary: str = ""
    choices: tuple[str, ...] = ()


def has_value(text: str) -> None:
    """Raise `CellError` for an error of a spreadsheet in place of a value, and for a formula as text."""
    if NO_VALUE.fullmatch(text):
        raise CellError(message("error_for_value"), message("correct_formula"))
    if FORMULA.match(text):
        raise CellError(message("formula_not_computed"), message("compute_and_save"))


def is_value(text: str) -> bool:
    """Return whether a text is neither an error of a spreadsheet nor a formula."""
    return not (NO_VALUE.fullmatch(text) or FORMULA.match(text))


def split(text: str) -> list[str]:
    """Return the items of a list cell in order, without duplicates."""
    return list(dict.fromkeys(item for item in SEPARATORS.split(text) if item))


LONGEST_ID, LONGEST_VISIT = 64, 160


def _id(text: str, most: int = LONGEST_ID) -> str:
    """Parse an id; it becomes part of file names and URLs, so special characters are not allowed."""
    if len(text) > most or not re.fullmatch(r"\w[\w.-]*", text) or text.endswith("."):
        raise CellError(message("no_id"), message("write_id", most=most))
    return text


def _decimal(text: str) -> Decimal:
    """Parse a number with a decimal point or comma; if both occur, the last one is the decimal sign."""
    plain = text.replace(" ", "").replace("\u00a0", "")
    grouping = min(".", ",", key=plain.rfind)
    try:
        value = Decimal(plain.replace(grouping, "").replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise CellError(message("no_number"), message("write_digits"))
    return value


def _whole(text: str) -> int | Noted:
    """Parse a whole number; `12.0` is accepted, and `1.200` or `1,200` are read as 1200 with a note."""
    if re.fullmatch(r"[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*", text):
        value = int(re.sub(r"[.,]", "", text))
        return Noted(value, message("grouped_by_thousands"), message("read_as", value=value))
    amount = _decimal(text)
    if abs(amount) > 10**12 or amount != int(amount):
        raise CellError(message("no_whole_number"), message("write_whole_number"))
    return int(amount)


def _without_unit(text: str, unit: str) -> str:
    """Return the figure of `60 Min.` where that is the unit asked for; hours become minutes."""
    match = WITH_UNIT.fullmatch(text)
    if not match:
        return text
    named = word_meant(UNITS, match[2])
    if named == "hours" and unit == "minutes":
        return str(_decimal(match[1]) * 60)
    return match[1] if named == (unit or "number") else text


def _within(value: Decimal | int, low: int, high: int, unit: str) -> None:
    if not low <= value <= high:
        span = message("allowed_span", low=low, high=high)
        if unit:
            span = message("allowed_span_of", low=low, high=high, unit=message(f"unit_{unit}"))
        raise CellError(message("out_of_range"), span)


def whole(low: int, high: int, unit: str = "") -> Kind:
    """Return the kind for whole numbers within limits."""

    def read(text: str) -> int | Noted:
        found = _whole(_without_unit(text, unit))
        _within(found.value if isinstance(found, Noted) else found, low, high, unit)
        return found

    return Kind(f"whole number, {low} to {high} {unit}".rstrip(), read, json=int)


def one_of_numbers(*allowed: int, vocabulary: str = "") -> Kind:
    """Return the kind for whole numbers out of a given list, or words of a vocabulary that stand for them."""
    shown = ", ".join(str(number) for number in allowed)

    def read(text: str) -> int:
        found = _decimal(word_meant(vocabulary, text) or text)
        if found not in allowed:
            raise CellError(message("not_possible_here"), allowed_are(tuple(map(str, allowed))))
        return int(found)

    return Kind(f"one of {shown}", read, vocabulary=vocabulary, json=int)


def hours(high: int) -> Kind:
    """Return the kind for hours with decimals, read as whole minutes."""

    def read(text: str) -> int:
        amount = _decimal(_without_unit(text, "hours"))
        _within(amount, 0, high, "hours")
        return round(amount * 60)

    def write(minutes: int) -> str:
        return f"{minutes / 60:g}"

    return Kind(f"hours, 0 to {high}, decimals allowed", read, decimals=True, write=write, json=float)


def _degrees(text: str) -> float:
    """Parse degrees, rounded to 5 decimals (about a metre)."""
    amount = _decimal(text)
    _within(amount, -180, 180, "degrees")
    return round(float(amount), 5)


def one_of(*allowed: str, vocabulary: str = "") -> Kind:
    """Return the kind for one word out of a few; case does not matter, blanks and hyphens count as `_`.

    Words of a vocabulary that stand for them in German or English are read too.
    """
    by_form = {word.casefold(): word for word in allowed}
    shown = ", ".join(allowed)

    def read(text: str) -> str:
        form = re.sub(r"[\s-]+", "_", text.casefold())
        if form in by_form:
            return by_form[form]
        if (meant := word_meant(vocabulary, text)) in allowed:
            return meant
        raise CellError(
            message("not_known_here"), meant_one_of(form, allowed, words_for(vocabulary, allowed))
        )

    return Kind(f"one of {shown}", read, vocabulary=vocabulary, choices=allowed)


def words(enum: type[StrEnum]) -> Kind:
    """Return the kind for one word of an enumeration, parsed like `one_of`."""
    word = one_of(*enum, vocabulary=enum.__name__)
    return replace(word, read=lambda text: enum(word.read(text)))


def _yes_no(text: str) -> bool:
    meant = word_meant(YES_NO_WORDS, text)
    if not meant:
        raise CellError(message("not_yes_or_no"), message("write_yes_or_no"))
    return meant == "yes"


TEXT = Kind("text", str, "")
ID = Kind("id: letters, digits, - _ .", _id, "")
VISIT = Kind("id of a visit", partial(_id, most=LONGEST_VISIT), "")
IDS = Kind(
    "ids with spaces between them", lambda text: tuple(_id(item) for item in split(text)), (), write=" ".join
)
TAGS = Kind(
    "words with spaces between them", lambda text: tuple(sorted(split(text.lower()))), (), write=" ".join
)
YES_NO = Kind(
    "yes or no",
    _yes_no,
    write=lambda value: "yes" if value else "no",
    json=bool,
    vocabulary=YES_NO_WORDS,
    choices=("yes", "no"),
)
DEGREES = Kind("degrees (WGS84), such as 51.48250", _degrees, decimals=True, json=float)
