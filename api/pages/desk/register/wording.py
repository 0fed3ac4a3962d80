"""Columns and values in the words of an office: labels, names in place of ids, days as people write them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property

from api.http.register.access import OfReader
from api.pages.desk.frame.choices import sector_words
from api.pages.desk.register.shown import DISTRICT, MAIN_BUDDY
from api.words.catalogue import has_text
from api.words.speaker import Speaker
from data.base.dates import minute_of
from data.reference.sources import Sources
from data.register.changes.relations import is_main, lasts_on
from data.register.rows.kinds import HOME, HOMES, KINDS
from data.register.rows.policy import POLICY
from data.register.rows.register import Register
from data.register.rows.row import RegisterRow
from data.store.tables.utc import now
from data.tables.cells import Kind
from data.tables.codes import ALTERNATIVES, DISTRICTS, SECTOR, SECTORS, SPOKEN
from data.tables.column import Column
from data.tables.columns import COLUMNS
from data.tables.times import DATE, MOMENT, WEEKDAY_LIST, WEEKDAYS, WINDOWS

NAMED = ("companies", "buddies", "hosts", "places")
"""The entities whose rows have names."""
ABOUT = ("company", "who", "buddies", "buddy")
"""Columns with whom a row without a name is about; the first that is filled counts."""
NOTHING = "–"


class Wording:
    """What the rows of a register say in a language, as one reader sees them."""

    def __init__(self, say: Speaker, seen: OfReader, sources: Sources) -> None:
        self.say, self.seen, self.sources = say, seen, sources
        self._rows: dict[str, list[RegisterRow]] = {}

    def of(self, register: Register) -> "Wording":
        """Return the same for the register at another moment."""
        return Wording(self.say, replace(self.seen, register=register), self.sources)

    @property
    def register(self) -> Register:
        """The register that is shown."""
        return self.seen.register

    def rows(self, entity: str) -> list[RegisterRow]:
        """Return the rows of an entity that the reader sees."""
        if entity not in self._rows:
            self._rows[entity] = self.seen.rows(entity)
        return self._rows[entity]

    def label(self, entity: str, column: str) -> str:
        """Return what a column is called on a form."""
        return label_of(self.say, entity, column)

    def help(self, entity: str, column: str) -> str:
        """Return a hint for a column that needs one, else an empty text."""
        key = f"entry_help_{entity}_{column}"
        shared = f"entry_help_{column}"
        return next((self.say.t(each) for each in (key, shared) if has_text(each)), "")

    def word(self, entity: str, column: str, value: str) -> str:
        """Return what one of a column's fixed values is called."""
        own, shared = f"entry_word_{entity}_{column}_{value}", f"entry_word_{column}_{value}"
        return next((self.say.t(key) for key in (own, shared) if has_text(key)), value)

    def kind(self, entity: str) -> str:
        """Return what one row of an entity is called."""
        own = f"kind_of_{entity}"
        return self.say.t(own if has_text(own) else f"table_{entity}")

    def name(self, key: str) -> str:
        """Return the name of whom an id stands for, the id itself where there is none."""
        return self._named.get(key) or key

    def title(self, row: RegisterRow) -> str:
        """Return what a row is called by itself: its name, or its kind and whom it is about."""
        if row.entity in NAMED:
            return row.values.get("name") or row.id
        kind = self.kind(row.entity)
        if row.entity == POLICY:
            return kind
        about = next((row.values[name] for name in ABOUT if row.values.get(name)), "")
        names = ", ".join(self.name(key) for key in about.split())
        return f"{kind}: {names}" if names else kind

    def cell(self, row: RegisterRow, column: str) -> str:
        """Return what stands in a column of a row, in words; empty where nothing does."""
        if self.hides(row, column):
            return ""
        if column == DISTRICT and column not in row.kind.column:
            return self.district(row.where.district) if row.where and row.where.district else ""
        if column == MAIN_BUDDY:
            return ", ".join(map(self.name, self.main_buddies.get(row.id, ())))
        text = row.values.get(column) or row.kind.column[column].default
        return self.text(row.entity, column, text)

    def hides(self, row: RegisterRow, column: str) -> bool:
        """Return whether a value is for those alone who keep the row: a buddy's home."""
        return row.entity in HOMES and column in HOME and not self.seen.keeps(row)

    def text(self, entity: str, column: str, text: str) -> str:
        """Return a stored text in words."""
        if not text:
            return ""
        known = column_named(entity, column)
        if known.refers:
            return ", ".join(self.name(key) for key in text.split())
        if known.kind.json is bool:
            return self.word(entity, column, "yes" if known.kind.read(text) else "no")
        if known.kind.choices:
            return self.word(entity, column, text)
        return self._of_kind(known.kind, text)

    def _of_kind(self, kind: Kind, text: str) -> str:
        say = self.say
        match kind:
            case _ if kind is DATE:
                told = say.short_date(date.fromisoformat(text))
            case _ if kind is MOMENT:
                day, minute = minute_of(kind.read(text))
                told = f"{say.short_date(day)}, {say.time(minute)}"
            case _ if kind is DISTRICTS:
                told = ", ".join(map(self.district, text.split()))
            case _ if kind is WEEKDAY_LIST:
                told = ", ".join(say.weekday(WEEKDAYS.index(day)) for day in text.split())
            case _ if kind is WINDOWS:
                told = say.t("entry_closed") if text == "-" else text.replace("-", "–").replace(" ", ", ")
            case _ if kind is SECTOR or kind is SECTORS:
                told = ", ".join(sector_words(code, say) for code in text.split())
            case _ if kind is SPOKEN:
                told = ", ".join(map(self._spoken, text.split()))
            case _ if kind is ALTERNATIVES:
                told = say.either(say.language_name(code) for code in text.split("/"))
            case _:
                told = say.number(float(text)) if kind.json is int else text
        return told

    def _spoken(self, text: str) -> str:
        code, _, level = text.partition(":")
        return f"{self.say.language_name(code)} {level}"

    def district(self, ags: str) -> str:
        """Return the name of a district."""
        return self.sources.gazetteer.district_name(ags)

    @cached_property
    def _named(self) -> dict[str, str]:
        rows = (row for entity in NAMED for row in self.rows(entity))
        return {row.id: row.values.get("name", "") for row in rows}

    @cached_property
    def main_buddies(self) -> dict[str, tuple[str, ...]]:
        """Main buddies of each company, as of today."""
        today = minute_of(now())[0]
        found: dict[str, tuple[str, ...]] = {}
        for row in self.rows("relations"):
            held = row.values
            if is_main(held) and lasts_on(held, today):
                found[held["company"]] = (*found.get(held["company"], ()), held["buddy"])
        return found

    def by_name(self, keys: Iterable[str]) -> list[tuple[str, str]]:
        """Return ids with their names, by name."""
        return sorted(((key, self.name(key)) for key in keys), key=lambda pair: (pair[1].casefold(), pair[0]))


def label_of(say: Speaker, entity: str, column: str) -> str:
    """Return what a column of an entity is called on a form."""
    if entity == POLICY:
        return say.t(f"rule_{column}") if has_text(f"rule_{column}") else column
    if column in WEEKDAYS:
        return say.weekday(WEEKDAYS.index(column))
    own = f"entry_of_{entity}_{column}"
    return say.t(own if has_text(own) else f"entry_{column}")


def column_named(entity: str, name: str) -> Column:
    """Return a column of an entity, shorthand too."""
    found = KINDS[entity].column.get(name)
    return found or next(each for each in COLUMNS[entity] if each.name == name)
