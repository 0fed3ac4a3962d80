"""One field of many rows, changed at once: one change set, so that it is undone at once too."""

from typing import Protocol

from api.pages.desk.frame.elements import data, hear, html
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.editing import SENT
from api.pages.desk.register.fields.controls import Control
from api.pages.desk.register.form import button
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.shown import Shown
from api.pages.desk.register.telling import tell_saved, tell_wrong
from api.pages.desk.register.wording import Wording, column_named
from data.register.changes.errors import RowsWrong
from data.register.changes.operations import Act, Operation
from data.register.rows.row import RegisterRow

CHOSEN = """e => { if (e.target.name === "column") emit(e.target.value); }"""


class Listed(Protocol):
    """The list whose rows are selected."""

    shown: Shown
    words: Wording
    chosen: list[str]

    @property
    def found(self) -> list[RegisterRow]:
        """All rows that fit, in order."""

    def choose(self, keys: list[str]) -> None:
        """Select exactly these rows."""

    async def again(self) -> None:
        """Read the register again and show it."""


class AtOnce:
    """What is done with the rows that are selected; shown as long as there are any."""

    def __init__(self, desk: Desk, registry: Registry, listed: Listed) -> None:
        self.desk, self.registry, self.listed = desk, registry, listed
        self.column = listed.shown.at_once[0] if listed.shown.at_once else ""
        self._all = 0
        self._html = html("", "at-once")
        hear(self._html, "submit", desk.act(self._sent), SENT)
        hear(self._html, "change", self._choose, CHOSEN)

    def draw(self, found: int) -> None:
        """Show how many rows are selected, and the field to change; `found`: how many could be."""
        self._all = found
        listed, chosen = self.listed, self.listed.chosen
        if not chosen:
            self._html.content = ""
            return
        say, words = self.desk.say, listed.words
        options = "".join(
            f'<option value="{name}"{" selected" if name == self.column else ""}>'
            f"{data(words.label(listed.shown.entity, name))}</option>"
            for name in listed.shown.at_once
        )
        control = Control(words, listed.shown.entity, column_named(listed.shown.entity, self.column))
        every = button("every", say.t("list_choose_all", count=found)) if found > len(chosen) else ""
        self._html.content = (
            f'<form class="card at-once-form" novalidate aria-label="{data(say.t("list_at_once"))}">'
            f'<p role="status"><b>{data(say.t("list_chosen", count=len(chosen)))}</b></p>'
            f'<div class="field"><label for="at-once-column">{data(say.t("list_field"))}</label>'
            f'<select id="at-once-column" name="column">{options}</select></div>'
            f'{control.markup(f"at-once-{self.column}", "")}</div><div class="links">'
            f"{button('apply', say.t('list_apply', count=len(chosen)), 'primary')}"
            f"{every}{button('none', say.t('list_choose_none'))}</div></form>"
        )

    async def _choose(self, column: str) -> None:
        if column in self.listed.shown.at_once:
            self.column = column
            self.draw(self._all)

    async def _sent(self, sent: dict[str, str]) -> None:
        listed = self.listed
        match sent.get("act"):
            case "none":
                listed.choose([])
            case "every":
                listed.choose([row.id for row in listed.found if listed.words.seen.keeps(row)])
            case _:
                await self._apply(sent)

    async def _apply(self, sent: dict[str, str]) -> None:
        listed, entity = self.listed, self.listed.shown.entity
        words = listed.words
        control = Control(words, entity, column_named(entity, self.column))
        taken = control.taken(sent)
        if taken is None:
            self.desk.tell(self.desk.say.t("entry_not_in_list"), wrong=True)
            return
        rows = [row for key in listed.chosen if (row := words.register.row(entity, key))]
        operations = [
            Operation(Act.CHANGE, entity, row.id, {self.column: taken}, row.version) for row in rows
        ]
        try:
            entered = await self.registry.enter(operations)
        except RowsWrong as wrong:
            tell_wrong(self.desk, words, wrong)
            return
        await listed.again()
        tell_saved(self.desk, self.registry, words, entered, listed.again)
