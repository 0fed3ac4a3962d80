"""One column as a labelled native control, with its hint, its value, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from api.pages.desk.frame.choices import Options, sector_options
from api.pages.desk.frame.elements import data
from api.pages.desk.register.fields import languages, ordered
from api.pages.desk.register.wording import Wording
from data.tables.cells import IDS
from data.tables.codes import DISTRICTS, SECTOR, SECTORS
from data.tables.column import Column
from data.tables.times import DATE, MOMENT, WEEKDAY_LIST, WEEKDAYS, WINDOWS

MOST_IN_A_LIST = 120
"""Of more options one is typed, with those that fit below."""
WIDE = frozenset(
    ("name", "street", "address", "contact_name", "contact_email", "enterprise", "reason", "topic", "company",
     "languages", "specialists", "districts", "sector")
)  # fmt: skip
"""Columns whose values need the width of a section."""
IN_ORDER = frozenset(("deputies",))
"""Columns of ids whose order counts."""
BETWEEN = " · "
"""Between name and id where both are shown to choose by."""


class How(Enum):
    """How a value is entered."""

    TYPED = auto()
    CHOSEN = auto()
    SEARCHED = auto()
    TICKED = auto()
    SPOKEN = auto()
    ORDERED = auto()


@dataclass(frozen=True)
class Control:
    """A column of an entity on a form."""

    words: Wording
    entity: str
    column: Column

    @cached_property
    def options(self) -> Options:
        """What there is to choose from; empty where the value is typed."""
        words, column = self.words, self.column
        if column.refers:
            rows = (row for entity in column.refers for row in words.rows(entity))
            return words.by_name(row.id for row in rows)
        if column.kind is DISTRICTS:
            known = words.sources.gazetteer.districts()
            return sorted(((each.ags, words.district(each.ags)) for each in known), key=lambda each: each[1])
        if column.kind is WEEKDAY_LIST:
            return [(day, words.say.weekday(number)) for number, day in enumerate(WEEKDAYS)]
        if column.kind in (SECTOR, SECTORS):
            return sector_options(words.say)
        fixed = ("yes", "no") if column.kind.json is bool else column.kind.choices
        return [(value, words.word(self.entity, column.name, value)) for value in fixed]

    @cached_property
    def how(self) -> How:
        """How the value is entered."""
        if self.column.name in IN_ORDER:
            return How.ORDERED
        if self.column.kind in (IDS, DISTRICTS, SECTORS, WEEKDAY_LIST):
            return How.TICKED
        if self.column.kind is SECTOR:
            return How.SEARCHED
        if self.column.kind in languages.KINDS:
            return How.SPOKEN
        options = len(self.options)
        if options > MOST_IN_A_LIST:
            return How.SEARCHED
        return How.CHOSEN if options else How.TYPED

    def taken(self, given: Mapping[str, str]) -> str | None:
        """Return the text of the register for what a form sent; None if it is not one of the options."""
        if self.how is How.SPOKEN:
            return languages.taken(self.column, given)
        if self.how is How.ORDERED:
            return ordered.taken(self.column.name, given)
        text = given.get(self.column.name, "").strip()
        if self.how is not How.SEARCHED or not text:
            return text
        folded, key = text.casefold(), text.rpartition(BETWEEN)[2]
        options = dict(self.options)
        if key in options:
            return key
        fitting = [each for each, name in options.items() if name.casefold() == folded]
        if self.column.kind is SECTOR and len(fitting) != 1:
            return text  # a longer code, or a name as lists have it: the register reads both
        return fitting[0] if len(fitting) == 1 else None

    def markup(self, at: str, value: str, wrong: str = "") -> str:
        """Return the markup of the control; `at` begins the ids of its elements, `wrong` is a sentence."""
        words, name = self.words, self.column.name
        label = data(words.label(self.entity, name))
        told = words.help(self.entity, name)
        needed = '<span class="needed" aria-hidden="true"> *</span>' if self.column.needed else ""
        described = [f"{at}-help"] * bool(told) + [f"{at}-wrong"] * bool(wrong)
        attributes = f' aria-describedby="{" ".join(described)}"' if described else ""
        hint = f'<small id="{at}-help">{data(told)}</small>' if told else ""
        error = f'<p class="field-wrong" id="{at}-wrong">{data(wrong)}</p>' if wrong else ""
        if self.how in (How.TICKED, How.SPOKEN, How.ORDERED):
            inside = self._several(at, value)
            marked = " data-wrong" if wrong else ""
            return (
                f'<fieldset class="field ticks"{attributes}{marked} tabindex="-1"><legend>{label}{needed}'
                f"</legend>{hint}{inside}{error}</fieldset>"
            )
        attributes += ' aria-invalid="true"' if wrong else ""
        attributes += ' aria-required="true"' if self.column.needed else ""
        return (
            f'<div class="field{" wide" if name in WIDE else ""}"><label for="{at}">{label}{needed}</label>'
            f"{self._single(at, value, attributes)}{hint}{error}</div>"
        )

    def _single(self, at: str, value: str, attributes: str) -> str:
        own = f'id="{at}" name="{data(self.column.name)}"{attributes}'
        if self.how is How.CHOSEN:
            return f"<select {own}>{self._choices(value)}</select>"
        if self.how is How.SEARCHED:
            names = dict(self.options)
            shown = self._offered(value, names[value]) if value in names else value
            listed = "".join(
                f'<option value="{data(self._offered(key, name))}"></option>' for key, name in names.items()
            )
            return (
                f'<input {own} type="text" value="{data(shown)}" list="{at}-list" autocomplete="off">'
                f'<datalist id="{at}-list">{listed}</datalist>'
            )
        return f'<input {own} value="{data(self.typed(value))}" {self._kind(value)} autocomplete="off">'

    def _offered(self, key: str, name: str) -> str:
        """Return an option as it stands in a field to type into; a sector's name begins with its code."""
        return name if self.column.kind is SECTOR else f"{name}{BETWEEN}{key}"

    def typed(self, value: str) -> str:
        """Return a text of the register as it stands in a field to type into."""
        kind = self.column.kind
        if kind is MOMENT and " " in value:
            return value.replace(" ", "T")
        if kind is WINDOWS and value == "-":
            return self.words.say.t("entry_closed")
        if kind.decimals:
            return value.replace(".", self.words.say.number(0.5, 1)[1])
        return value

    def _kind(self, value: str) -> str:
        kind, default = self.column.kind, self.column.default
        if kind is DATE:
            return 'type="date"'
        if kind is MOMENT and ("+" not in value):
            return 'type="datetime-local"'
        usual = f' placeholder="{data(self._usual(default))}"' if default else ""
        numeric = ' inputmode="numeric"' if kind.json is int else ""
        numeric = ' inputmode="decimal"' if kind.json is float else numeric
        return f'type="text" maxlength="2000"{numeric}{usual}'

    def _usual(self, default: str) -> str:
        if self.column.kind is WINDOWS:
            return self.words.text(self.entity, self.column.name, default)
        return self.typed(default)

    def _choices(self, value: str) -> str:
        options, default = self.options, self.column.default
        chosen = value or default
        if not default:
            options = [("", self.words.say.t("entry_choose") if self.column.needed else "–"), *options]
        known = [each for each, _ in options]
        if chosen not in known:
            options = [*options, (chosen, chosen)]
        return "".join(
            f'<option value="{data(each)}"{" selected" if each == chosen else ""}>{data(name)}</option>'
            for each, name in options
        )

    def _several(self, at: str, value: str) -> str:
        if self.how is How.TICKED:
            return self._ticks(at, value)
        if self.how is How.ORDERED:
            return ordered.markup(self.words.say, self.column.name, value, self.options)
        return languages.markup(self.words, self.column, value)

    def _ticks(self, at: str, value: str) -> str:
        chosen = set(value.replace(",", " ").split())
        known = [each for each, _ in self.options]
        options = [*self.options, *((each, each) for each in sorted(chosen.difference(known)))]
        boxes = "".join(
            f'<label class="choice" for="{at}-{n}"><input type="checkbox" id="{at}-{n}" '
            f'name="{data(self.column.name)}" value="{data(each)}"{" checked" if each in chosen else ""}>'
            f"<span>{data(name)}</span></label>"
            for n, (each, name) in enumerate(options)
        )
        return f'<div class="tick-list">{boxes}</div>'


def controls_of(words: Wording, entity: str, columns: Mapping[str, Column]) -> dict[str, Control]:
    """Return the control of each column by its name."""
    return {name: Control(words, entity, column) for name, column in columns.items()}
