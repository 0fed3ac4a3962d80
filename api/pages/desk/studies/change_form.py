"""One change of a scenario as a form, and in words; both follow the table of `change_kinds`."""

from collections.abc import Mapping
from dataclasses import dataclass
from string import ascii_uppercase
from typing import Any

from api.http.programme.hosts import HostAnswer
from api.pages.desk.frame.choices import SPOKEN, Options
from api.pages.desk.frame.elements import Choice, Field, part
from api.pages.desk.frame.multi_choice import Several
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.studies.change_kinds import KINDS, SEVERAL_OF_LIST, UNITS, FormField, How
from api.run.planned_days import clock
from api.words.catalogue import has_text
from api.words.levels import level_name
from api.words.sentence import sentence
from api.words.speaker import Speaker
from data.model.policy import ObjectiveName
from data.tables.cells import CellError
from data.tables.times import WINDOWS

USUAL_OPENING = ("08:00-16:00",) * 5 + ("-",) * 2


class Unfinished(ValueError):
    """A form with a missing or invalid value; says which, in the page's language."""


@dataclass(frozen=True)
class Lists:
    """The options to choose from, as values with their names, by name."""

    say: Speaker
    buddies: Options
    companies: Options
    hosts: Options
    sectors: Options
    districts: Options
    languages: Options

    def of(self, asked: FormField) -> Options:
        """Return the options of a field."""
        listed = {
            How.BUDDY: self.buddies,
            How.BUDDIES: self.buddies,
            How.COMPANIES: self.companies,
            How.HOST: self.hosts,
            How.HOSTS: self.hosts,
            How.SECTORS: self.sectors,
            How.DISTRICT: self.districts,
            How.DISTRICTS: self.districts,
            How.LANGUAGE: self.languages,
            How.LANGUAGES: self.languages,
            How.YES_NO: [("yes", self.say.t("desk_yes")), ("no", self.say.t("desk_no"))],
        }
        fixed = [(word, word_of(self.say, asked.name, word)) for word in asked.words]
        return listed.get(asked.how, fixed)


def lists_of(say: Speaker, people: People, hosts: list[HostAnswer]) -> Lists:
    """Return the options in a programme."""
    used = {each.district for each in people.companies.values()} - {""}

    def by_name(pairs: Options) -> Options:
        return sorted(pairs, key=lambda pair: (pair[1], pair[0]))

    return Lists(
        say=say,
        buddies=people.by_name(),
        companies=by_name([(key, people.name(key)) for key in people.companies]),
        hosts=by_name([(each.id, each.name) for each in hosts]),
        sectors=[(key, say.t(f"sector_{key}")) for key in ascii_uppercase if has_text(f"sector_{key}")],
        districts=by_name([(key, people.district_name(key)) for key in used]),
        languages=by_name([(code, say.language_name(code)) for code in SPOKEN]),
    )


def word_of(say: Speaker, name: str, word: str) -> str:
    """Return the name of one of a field's fixed values."""
    if name == "objectives":
        return level_name(ObjectiveName(word), say)
    key = f"change_word_{word}"
    return say.t(key) if has_text(key) else word


class ChangeForm:
    """The fields of one kind of change, and their values."""

    def __init__(self, lists: Lists, kind: str) -> None:
        self.lists, self.kind, self.say = lists, kind, lists.say
        part("p", self.say.t(f"change_text_{kind}"), "muted")
        self._entered = [(asked, self._widget(asked)) for asked in KINDS[kind]]

    def _widget(self, asked: FormField) -> Any:
        label = self.say.t(f"change_field_{asked.name}")
        if asked.needed:
            label += self.say.t("change_needed")
        match asked.how:
            case _ if asked.how in SEVERAL_OF_LIST:
                return Several(self.say, label, self.lists.of(asked))
            case How.BUDDY | How.HOST | How.DISTRICT | How.LANGUAGE | How.YES_NO | How.WORD:
                empty = [] if asked.first else [("", "–")]
                return Choice(label, [*empty, *self.lists.of(asked)], asked.first)
            case How.COUNT | How.HOURS | How.EURO:
                least, most = str(asked.least), str(asked.most)
                return Field(label, asked.first, type="number", min=least, max=most, inputmode="numeric")
            case How.OPENING:
                days = map(self.say.weekday, range(7))
                return [Field(day, first) for day, first in zip(days, USUAL_OPENING, strict=True)]
            case _:
                return Field(label, asked.first, maxlength="40")

    def change(self) -> dict[str, Any]:
        """Return the change in the API's form; raises `Unfinished`."""
        made: dict[str, Any] = {"kind": self.kind}
        for asked, widget in self._entered:
            value = self._value(asked, widget)
            if value is None:
                if asked.needed:
                    label = self.say.t(f"change_field_{asked.name}")
                    raise Unfinished(self.say.t("change_missing", field=label))
                continue
            place = made.setdefault(asked.inside, {}) if asked.inside else made
            place[asked.name] = value
        if not made.get("fields", True) or (self.kind == "policy" and "fields" not in made):
            raise Unfinished(self.say.t("change_nothing"))
        return made

    def _value(self, asked: FormField, widget: Any) -> Any:
        """Return the value entered, None if there is none."""
        match asked.how:
            case How.OPENING:
                return [self._windows(field) for field in widget]
            case _ if asked.how in SEVERAL_OF_LIST:
                return list(widget.values) or None
            case How.YES_NO:
                return widget.value == "yes" if widget.value else None
            case How.COUNT | How.HOURS | How.EURO:
                return self._number(asked, widget.value.strip())
            case _:
                return widget.value.strip() or None

    def _number(self, asked: FormField, text: str) -> int | None:
        if not text:
            return None
        if not text.isdecimal() or not asked.least <= int(text) <= asked.most:
            limits = {"least": self.say.number(asked.least), "most": self.say.number(asked.most)}
            label = self.say.t(f"change_field_{asked.name}")
            raise Unfinished(self.say.t("change_range", field=label, **limits))
        return int(text) * UNITS.get(asked.how, 1)

    def _windows(self, field: Field) -> list[list[int]]:
        try:
            return [list(window) for window in WINDOWS.read(field.value.strip() or "-")]
        except CellError as wrong:
            problem, remedy = (sentence(each, self.say.language) for each in (wrong.problem, wrong.remedy))
            raise Unfinished(f"{field.value}: {problem}; {remedy}") from None


def change_words(lists: Lists, change: Mapping[str, Any]) -> str:
    """Return a change as a line: its kind and the values of its fields."""
    say, told = lists.say, []
    for asked in KINDS[change["kind"]]:
        held = (change.get(asked.inside) or {}) if asked.inside else change
        # A named buddy is absent; a count is of a host's buddies.
        value = None if (asked.name, bool(change.get("buddies"))) == ("count", True) else held.get(asked.name)
        if value not in (None, "", [], ()):
            told.append(f"{say.t(f'change_field_{asked.name}')} {_written(lists, asked, value)}")
    rest = [
        name for name in change.get("fields") or {} if name not in {a.name for a in KINDS[change["kind"]]}
    ]
    told += [f"{name} {change['fields'][name]}" for name in rest]
    kind = say.t(f"change_{change['kind']}")
    return f"{kind}: {'; '.join(told)}" if told else kind


def _written(lists: Lists, asked: FormField, value: Any) -> str:
    names = dict(lists.of(asked))
    match asked.how:
        case How.HOURS | How.EURO:
            return lists.say.number(value / UNITS[asked.how], 0 if value % UNITS[asked.how] == 0 else 2)
        case How.YES_NO:
            return lists.say.t("desk_yes" if value else "desk_no")
        case How.OPENING:
            days = (" ".join(f"{clock(a)}–{clock(b)}" for a, b in windows) or "–" for windows in value)
            return ", ".join(days)
        case _ if isinstance(value, list):
            return ", ".join(names.get(_key(each), str(_key(each))) for each in value)
        case _:
            return names.get(str(value), str(value))


def _key(each: Any) -> str:
    """Return an objective's name; it may be given by name alone, or with its tolerances."""
    return str(each["name"] if isinstance(each, dict) else each)
