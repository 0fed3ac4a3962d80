"""A form at work: what is typed is checked and entered, and nothing of it is lost where it is wrong."""

from collections.abc import Awaitable, Callable, Sequence

from nicegui import ui

from api.pages.desk.frame.elements import data, hear, html, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.clash import choices, conflicts, merged
from api.pages.desk.register.form import SHORTHAND_OF, Form, Given, Texts, button, operation_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.telling import finding_words, place_words, tell_wrong
from api.pages.desk.register.wording import Wording
from data.model.findings import Finding, Severity
from data.register.changes.enter import Entered
from data.register.changes.errors import RowsChanged, RowsWrong
from data.register.changes.operations import Act, Operation

Saved = Callable[[Entered, Wording], Awaitable[None]]
"""Called with what was entered, and with the words of the register before it."""
Weighed = Callable[[ui.element, Operation], Awaitable[None]]
"""Called with a place and a change, to tell there what it would make possible."""
SENT = """e => { e.preventDefault(); const sent = {};
  for (const [name, text] of new FormData(e.target, e.submitter))
    sent[name] = name in sent ? sent[name] + " " + text : text;
  emit(sent); }"""
FIRST_WRONG = """setTimeout(() => { const at = document.getElementById('c%d');
  (at.querySelector('[aria-invalid], [data-wrong]') || at.querySelector('.wrong'))?.focus(); }, 0)"""
FIRST_FIELD = """setTimeout(() => { const at = document.getElementById('c%d');
  (at.querySelector('[autofocus]') || at.querySelector('input, select'))?.focus(); }, 0)"""
FIRST_BUTTON = """setTimeout(() => document.getElementById('c%d').querySelector('button').focus(), 0)"""


class Editing:
    """A form with its buttons: saves, cancels, removes; tells `saved` what was entered."""

    def __init__(
        self,
        desk: Desk,
        registry: Registry,
        form: Form,
        saved: Saved,
        cancelled: Callable[[], Awaitable[None]],
        weighed: Weighed | None = None,
    ) -> None:
        self.desk, self.registry, self.form = desk, registry, form
        self.saved, self.cancelled, self.weighed = saved, cancelled, weighed
        self._texts: Texts = {}
        self._newer: Form | None = None
        self._drawn = 0
        with part("div", classes="editing"):
            self._html = html("")
            self._tried = part("div", classes="tried").props('aria-live="polite"')
        hear(self._html, "submit", desk.act(self._sent), SENT)
        self._show(form.markup())

    def focus(self) -> None:
        """Move the focus to the first field."""
        self.desk.client.run_javascript(FIRST_FIELD % self._html.id)

    async def _sent(self, sent: dict[str, str]) -> None:
        act = sent.pop("act", "save")
        match act:
            case "cancel":
                await self.cancelled()
            case "remove":
                self._ask_to_remove()
            case "removed":
                await self._remove()
            case "choose":
                await self._choose(sent)
            case "try":
                await self._try(sent)
            case _:
                await self._save(sent)

    async def _save(self, given: Given) -> None:
        self._texts = self.form.taken(given)
        if wrong := self.form.wrong(given):
            self._tell(wrong)
        else:
            await self._enter()

    async def _try(self, given: Given) -> None:
        """Tell what the change would make possible; what was typed stays as it is."""
        assert self.weighed is not None, "only forms whose change is weighed have the button"
        self._texts = self.form.taken(given)
        if wrong := self.form.wrong(given):
            self._tell(wrong)
            return
        try:
            await self.weighed(self._tried, operation_of(self.form, self._texts))
        except RowsWrong as found:
            self._tell_findings(found)

    async def _enter(self) -> None:
        try:
            entered = await self.registry.enter([operation_of(self.form, self._texts)])
        except RowsWrong as wrong:
            self._tell_findings(wrong)
        except RowsChanged:
            await self._clash()
        else:
            await self.saved(entered, self.form.words)

    def _tell(self, wrong: Texts, top: str = "") -> None:
        self._show(self.form.markup(self._texts, wrong, top))
        self.desk.client.run_javascript(FIRST_WRONG % self._html.id)

    def _tell_findings(self, wrong: RowsWrong) -> None:
        """Put each error beside its field, those of other rows above the form."""
        beside: dict[str, str] = {}
        above: list[Finding] = []
        for each in wrong.findings:
            field = field_of(self.form, each, wrong.keys[0][1])
            if field and field not in beside:
                beside[field] = finding_words(self.form.words, each)
            elif not field:
                above.append(each)
        words = self.form.words
        said = [f"{place_words(words, each)}: {finding_words(words, each)}" for each in above]
        listed = "".join(f"<li>{data(text)}</li>" for text in said)
        count = words.say.t("entry_wrong_fields", count=len(wrong.findings))
        told = f'<ul class="told">{listed}</ul>' if listed else ""
        self._tell(beside, f'<div class="wrong" tabindex="-1"><p>{data(count)}</p>{told}</div>')

    async def _clash(self) -> None:
        """Ask where both changed the same field; else enter both people's changes."""
        entity, key = self.form.key
        seen = await self.registry.read()
        words = Wording(self.desk.say, seen, self.desk.sources)
        row = seen.row(entity, key)
        self._newer = self.form.renewed(words, row)
        if not conflicts(self.form, self._newer, self._texts):
            await self._choose({})
            return
        who = (await self.registry.logins([row.changed_by])).get(row.changed_by, words.say.t("nobody_known"))
        self._show(choices(self.form, self._newer, self._texts, who, words.say.moment(row.changed_at)))
        self.desk.client.run_javascript(FIRST_FIELD % self._html.id)

    async def _choose(self, chosen: Given) -> None:
        assert self._newer is not None, "there was a clash"
        self._texts = merged(self.form, self._newer, self._texts, chosen)
        self.form, self._newer = self._newer, None
        await self._enter()

    def _ask_to_remove(self) -> None:
        say, words = self.desk.say, self.form.words
        assert self.form.held is not None, "only a row that is there has the button"
        along = along_with(self.form)
        text = say.t("entry_remove_with", count=len(along)) if along else say.t("entry_remove_sure")
        yes, no = say.t("entry_remove_yes"), say.t("entry_cancel")
        buttons = button("removed", yes, "danger") + button("cancel", no)
        self._show(
            f'<form class="entry"><p class="wrong">{data(words.title(self.form.held))}: {data(text)}</p>'
            f'<div class="links">{buttons}</div></form>'
        )
        self.desk.client.run_javascript(FIRST_BUTTON % self._html.id)

    async def _remove(self) -> None:
        """Take the row away with what belongs to it alone."""
        row = self.form.held
        assert row is not None, "only a row that is there has the button"
        own = Operation(Act.REMOVE, row.entity, row.id, version=row.version)
        try:
            entered = await self.registry.enter([*along_with(self.form), own])
        except RowsWrong as wrong:
            self._show(self.form.markup())
            tell_wrong(self.desk, self.form.words, wrong)
            return
        await self.saved(entered, self.form.words)

    def _show(self, markup: str) -> None:
        # A number that differs each time: what was typed must go even where the markup is the same.
        self._drawn += 1
        self._html.content = f'<div data-drawn="{self._drawn}">{markup}</div>'
        self._tried.clear()


def along_with(form: Form) -> Sequence[Operation]:
    """Return what goes with a row: its groups, care, relations, pins; never contacts and requests."""
    row = form.held
    if row is None or row.entity not in ("companies", "buddies", "places"):
        return ()
    return [
        Operation(Act.REMOVE, each.entity, each.id)
        for each in form.words.register.about({row.id})
        if each.entity != "history" and form.words.seen.keeps(each)
    ]


def field_of(form: Form, finding: Finding, key: str) -> str:
    """Return the field of a form that a finding is about, empty if it is about another row."""
    fields, column = form.names, finding.column
    if finding.file == form.key[0] and getattr(finding, "id", "") == key:
        return column if column in fields else ""
    if form.held is None and finding.severity is Severity.ERROR:
        of = SHORTHAND_OF.get(finding.file, {})
        meant = of.get(column) or of.get("", "")
        return meant if meant in fields else ""
    return ""
