"""A row as a form made of its columns: sections of fields, what was typed, and what it would change."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from api.pages.desk.frame.elements import data
from api.pages.desk.register.entities import SHOWN_BY
from api.pages.desk.register.fields.controls import Control, controls_of
from api.pages.desk.register.shown import Section, Shown
from api.pages.desk.register.wording import NOTHING, Wording, column_named
from data.register.changes.operations import Act, Operation
from data.register.rows.kinds import KINDS
from data.register.rows.register import Key
from data.register.rows.row import RegisterRow
from data.register.rows.values import same_value
from data.tables.cells import CellError
from data.tables.times import WEEKDAYS

Given = Mapping[str, str]
"""What a form sends by column: texts as they were typed; boxes that are ticked have blanks between them."""
Texts = Mapping[str, str]
"""The same as texts of the register, or as typed where that cannot be."""


class Form(ABC):
    """Anything that the desk lets somebody edit and save."""

    words: Wording

    @property
    @abstractmethod
    def held(self) -> RegisterRow | None:
        """The row as it was when it was read, None for a new one."""

    @property
    @abstractmethod
    def key(self) -> Key:
        """Entity and id, which is empty for a new row."""

    @property
    @abstractmethod
    def names(self) -> Collection[str]:
        """The columns that are asked for."""

    @abstractmethod
    def markup(self, texts: Texts | None = None, wrong: Texts | None = None, top: str = "") -> str:
        """Return the form with what was entered and with what is wrong by field; `top` stands before all."""

    @abstractmethod
    def wrong(self, given: Given) -> dict[str, str]:
        """Return what is wrong by field before anything is sent to the register."""

    @abstractmethod
    def taken(self, given: Given) -> dict[str, str]:
        """Return what was entered in each field, as a text of the register."""

    @abstractmethod
    def values(self, texts: Texts) -> dict[str, str]:
        """Return the texts that would change."""

    @abstractmethod
    def renewed(self, words: Wording, row: RegisterRow) -> "Form":
        """Return the form of the row as it is now."""


WEIGHED = frozenset(("buddies", "companies", "hosts"))
"""The entities whose values decide who may look after whom: what a change makes possible can be asked."""
ADDRESS = frozenset(("postcode", "town", "address"))
POINT = frozenset(("lat", "lon"))


@dataclass(frozen=True)
class RowForm(Form):
    """The form of one row, or of a new one; `fixed` are values that are no question here."""

    words: Wording
    shown: Shown
    row: RegisterRow | None
    fixed: Given = field(default_factory=dict)
    at: str = "row"

    @property
    def held(self) -> RegisterRow | None:
        """The row as it was when it was read, None for a new one."""
        return self.row

    @property
    def key(self) -> Key:
        """Entity and id, which is empty for a new row."""
        return self.shown.entity, self.row.id if self.row else ""

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that are shown: ids and shorthand only where a row is entered."""
        if self.row is None:
            return (*self.shown.sections[:1], *self.shown.new, *self.shown.sections[1:])
        return tuple(each for each in self.shown.sections if each.columns != ("id",))

    def columns(self, section: Section) -> list[str]:
        """Return the columns of a section that are asked for here."""
        left_out = self.row is not None
        return [
            name
            for name in section.columns
            if name not in self.fixed and not (left_out and self.row and self.words.hides(self.row, name))
        ]

    @cached_property
    def controls(self) -> dict[str, Control]:
        """The controls by column."""
        entity = self.shown.entity
        names = [name for each in self.sections for name in self.columns(each)]
        return controls_of(self.words, entity, {name: column_named(entity, name) for name in names})

    @property
    def names(self) -> Collection[str]:
        """The columns that are asked for."""
        return self.controls.keys()

    def taken(self, given: Given) -> dict[str, str]:
        """Return what was entered in each field, as a text of the register."""
        return {name: self._taken(control, given) for name, control in self.controls.items()}

    def values(self, texts: Texts) -> dict[str, str]:
        """Return the texts that would change; of a new row all that are filled."""
        if self.row is None:
            return {**{name: text for name, text in texts.items() if text}, **self.fixed}
        entity = self.shown.entity
        changed = {
            name: text for name, text in texts.items() if not same(entity, name, held(self.row, name), text)
        }
        # A point that was given describes the address that it was given with.
        if ADDRESS & changed.keys() and not POINT & changed.keys():
            changed |= {name: "" for name in POINT if held(self.row, name)}
        return changed

    def wrong(self, given: Given) -> dict[str, str]:
        """Return which fields name nothing that there is to choose from."""
        say = self.words.say
        return {
            name: say.t("entry_not_in_list")
            for name, control in self.controls.items()
            if control.taken(given) is None
        }

    def _taken(self, control: Control, given: Given) -> str:
        taken = control.taken(given)
        return given.get(control.column.name, "").strip() if taken is None else taken

    def renewed(self, words: Wording, row: RegisterRow) -> "RowForm":
        """Return the form of the row as it is now."""
        return replace(self, words=words, row=row)

    def markup(self, texts: Texts | None = None, wrong: Texts | None = None, top: str = "") -> str:
        """Return the form, section by section, with its buttons."""
        wrong = wrong or {}
        parts = [self._section(each, texts, wrong) for each in self.sections if self.columns(each)]
        return form_around(
            self.words, self._name(), top, "".join(parts), self._buttons(), dirty=texts is not None
        )

    def _name(self) -> str:
        return self.words.title(self.row) if self.row else self.words.kind(self.shown.entity)

    def _section(self, section: Section, texts: Texts | None, wrong: Texts) -> str:
        controls, fields = self.controls, []
        for name in self.columns(section):
            text = held(self.row, name) if texts is None else texts[name]
            fields.append(controls[name].markup(f"{self.at}-{name}", text, wrong.get(name, "")))
        title = data(self.words.say.t(f"section_{section.name}"))
        week = " week" if set(WEEKDAYS) <= set(section.columns) else ""
        told = f'<p class="muted">{data(self.words.say.t("section_help_week"))}</p>' if week else ""
        inside = f'{told}<div class="fields{week}">{"".join(fields)}</div>'
        if section.folded and not any(wrong.get(name) for name in section.columns):
            return f'<details class="group folded"><summary>{title}</summary>{inside}</details>'
        return group(title, inside, week)

    def _buttons(self) -> str:
        say, there = self.words.say, self.row is not None
        asked = button("try", say.t("entry_try")) if there and self.shown.entity in WEIGHED else ""
        remove = button("remove", say.t("entry_remove"), "danger apart") if there else ""
        return save_and_cancel(self.words) + asked + remove


def form_around(words: Wording, name: str, top: str, inside: str, buttons: str, dirty: bool = False) -> str:
    """Return a form: what stands above, its groups, its buttons; `dirty`: what is in it is not saved."""
    lose = data(words.say.t("entry_lose"))
    return (
        f'<form class="entry" novalidate{" data-dirty" if dirty else ""} data-ask="{lose}" '
        f'aria-label="{data(name)}">{top}<div class="sections">{inside}</div>'
        f'<div class="links">{buttons}</div></form>'
    )


def group(title: str, inside: str, classes: str = "") -> str:
    """Return fields under a heading; all of it is markup."""
    return f'<fieldset class="group{classes}"><legend>{title}</legend>{inside}</fieldset>'


def save_and_cancel(words: Wording) -> str:
    """Return the buttons that every form has."""
    say = words.say
    return button("save", say.t("entry_save"), "primary") + button("cancel", say.t("entry_cancel"))


def button(act: str, text: str, classes: str = "") -> str:
    """Return a button that sends the form; its `act` comes with the values."""
    kept = "" if act == "save" else " formnovalidate"
    return f'<button name="act" value="{act}" class="{classes}"{kept}>{data(text)}</button>'


SHORTHAND_OF = {
    "specialists": {"": "specialists"},
    "care": {"minutes": "visit_min", "": "visits_per_4_weeks"},
    "relations": {"from": "buddy_since", "": "buddy"},
    "history": {"": "last_contact"},
}
"""Of a new company: the field by which a column of a row was entered that came along with it."""


def operation_of(form: Form, texts: Texts) -> Operation:
    """Return what saving a form would do; a row that is there is changed as it was when it was read."""
    entity, key = form.key
    if form.held is None:
        return Operation(Act.ENTER, entity, values=form.values(texts))
    return Operation(Act.CHANGE, entity, key, form.values(texts), form.held.version)


def held(row: RegisterRow | None, name: str) -> str:
    """Return the text that a column of a row has, empty for a new one."""
    return row.values.get(name, "") if row else ""


def same(entity: str, name: str, before: str, after: str) -> bool:
    """Return whether two texts of a column mean the same; one that cannot be read means something else."""
    try:
        return same_value(KINDS[entity], name, before, after)
    except CellError:
        return False


def form_of(
    words: Wording, entity: str, row: RegisterRow | None, fixed: Given | None = None, at: str = "row"
) -> RowForm:
    """Return the form of a row, or of a new one that belongs to others by `fixed` values."""
    return RowForm(words, SHOWN_BY[entity], row, fixed or {}, at)


def facts(words: Wording, row: RegisterRow, sections: Iterable[Section]) -> str:
    """Return the markup of a row that is not the reader's to change: names of fields with their values."""
    parts = []
    for section in sections:
        said = [(words.label(row.entity, name), words.cell(row, name)) for name in section.columns]
        pairs = "".join(
            f"<div><dt>{data(label)}</dt><dd>{data(text)}</dd></div>" for label, text in said if text
        )
        title = data(words.say.t(f"section_{section.name}"))
        parts.append(
            f'<section class="group"><h3>{title}</h3><dl class="pairs">{pairs or NOTHING}</dl></section>'
        )
    return f'<div class="sections">{"".join(parts)}</div>'
