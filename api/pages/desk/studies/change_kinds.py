"""The form fields of each kind of change in a scenario, made from the types and limits of its own fields."""

from dataclasses import dataclass
from enum import Enum, StrEnum

from pydantic.fields import FieldInfo

from data.base.entity import Entity
from data.base.field_types import highest, holds_several, lowest, names, plain_type
from data.base.ids import IdOf, KeyOf
from data.model.policy import Key, Objective, ObjectiveName
from data.scenario.change import Change, Of
from data.scenario.kinds import KINDS as CHANGES

IN_HOURS = {"week_work_min", "max_care_min"}
"""Minutes that people know as hours."""
IN_FILES_ALONE = {"kind", "seed"}
MOST = 100_000
"""The highest count where neither type nor file has a limit."""


class How(Enum):
    """How a value is entered."""

    TEXT = "text"
    COUNT = "count"
    HOURS = "hours"
    EURO = "euro"
    BUDDY = "buddy"
    BUDDIES = "buddies"
    COMPANIES = "companies"
    HOST = "host"
    HOSTS = "hosts"
    SECTORS = "sectors"
    DISTRICT = "district"
    DISTRICTS = "districts"
    LANGUAGE = "language"
    LANGUAGES = "languages"
    OPENING = "opening"
    YES_NO = "yes_no"
    WORD = "word"
    WORDS = "words"


ONE: dict[IdOf | KeyOf, How] = {
    IdOf.BUDDY: How.BUDDY,
    KeyOf.HOST: How.HOST,
    KeyOf.DISTRICT: How.DISTRICT,
    KeyOf.LANGUAGE: How.LANGUAGE,
}
SEVERAL: dict[IdOf | KeyOf, How] = {
    IdOf.BUDDY: How.BUDDIES,
    IdOf.COMPANY: How.COMPANIES,
    KeyOf.HOST: How.HOSTS,
    KeyOf.SECTOR: How.SECTORS,
    KeyOf.DISTRICT: How.DISTRICTS,
    KeyOf.LANGUAGE: How.LANGUAGES,
}
SEVERAL_OF_LIST = frozenset((*SEVERAL.values(), How.WORDS))
"""What is chosen from a list, several at a time."""
UNITS = {How.HOURS: 60, How.EURO: 100}
"""The factor from the unit entered to minutes or cents."""


@dataclass(frozen=True)
class FormField:
    """One field: how it is entered, its range or its options, and its initial value.

    A field that is not `needed` may stay empty: then nothing is sent. `inside` is the field that contains it.
    """

    name: str
    how: How
    first: str = ""
    least: int = 0
    most: int = MOST
    words: tuple[str, ...] = ()
    needed: bool = False
    inside: str = ""


def form_of(change: type[Change]) -> tuple[FormField, ...]:
    """Return the fields of a kind of change, in its order, and those that it offers of an entity."""
    found: list[FormField] = []
    for name, field in change.model_fields.items():
        of = next((mark for mark in field.metadata if isinstance(mark, Of)), None)
        if of:
            found += (_field(of.entity, each, inside=name) for each in of.offered)
        elif name not in IN_FILES_ALONE:
            found.append(_field(change, name))
    return tuple(found)


def _field(entity: type[Entity], name: str, inside: str = "") -> FormField:
    field = entity.model_fields[name]
    how, words = _how(name, field)
    unit = UNITS.get(how, 1)
    least, most = (lowest(field) or 0) // unit, _most(field) // unit
    if inside:  # stays as it is unless something is entered
        return FormField(name, how, "", least, most, words, inside=inside)
    first = str(field.default) if isinstance(field.default, str | int) else ""
    return FormField(name, how, first, least, most, words, field.is_required())


def _how(name: str, field: FieldInfo) -> tuple[How, tuple[str, ...]]:
    """Return how a field is entered, and the words to choose from if there are some."""
    plain, named = plain_type(field), names(field)
    if named:
        return (SEVERAL if holds_several(field) else ONE)[named], ()
    if plain is Objective:
        return How.WORDS, tuple(ObjectiveName)
    if holds_several(field):
        return How.OPENING, ()
    if issubclass(plain, StrEnum):
        return How.WORD, tuple(plain)
    number = How.HOURS if name in IN_HOURS else How.EURO if "cents" in name else How.COUNT
    return {bool: How.YES_NO, str: How.TEXT}.get(plain, number), ()


def _most(field: FieldInfo) -> int:
    """Return the highest value of a field, as its type, else a policy's file, limits it."""
    in_files = next((mark.highest for mark in field.metadata if isinstance(mark, Key)), None)
    return highest(field) or in_files or MOST


KINDS = {kind: form_of(change) for kind, change in CHANGES.items()}
"""The form of each kind, in the order of the menu."""
