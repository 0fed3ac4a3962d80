"""The form for building a scenario: a name, what it builds on, and changes one after the other."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nicegui import ui
from pydantic import TypeAdapter

from api.http.frame.json_entities import SentChange
from api.http.studies.scenarios import ScenarioAnswer, ScenarioRequest
from api.pages.desk.frame.client import Refused
from api.pages.desk.frame.elements import Choice, Field, button, data, focus, heading, html, part, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.studies.change_form import ChangeForm, Lists, Unfinished, change_words
from api.pages.desk.studies.change_kinds import KINDS
from api.words.catalogue import has_text
from api.words.findings import FindingAnswer, problem_and_remedy

Done = Callable[[], Awaitable[None]]
CHANGES = TypeAdapter(list[SentChange])


class Builder:
    """The state of the form; nothing is stored before it is saved."""

    def __init__(self, desk: Desk, lists: Lists, place: ui.element, done: Done) -> None:
        self.desk, self.lists, self.place, self.done = desk, lists, place, done

    def open(self, scenarios: list[ScenarioAnswer], model: ScenarioAnswer | None = None) -> None:
        """Show the form, empty or with the changes of another scenario in it."""
        say = self.desk.say
        self.changes: list[dict[str, Any]] = changes_json(model) if model else []
        first = say.t("scenario_copy_name", name=model.name) if model else ""
        self.place.clear()
        with self.place, part("div", classes="card builder"):
            title = heading(say.t("scenario_new"))
            with part("div", classes="fields"):
                self.name = Field(say.t("scenario_name"), first, maxlength="120")
                self.note = Field(say.t("scenario_note"), model.note if model else "", maxlength="2000")
                on = [(each.id, each.name) for each in scenarios]
                chosen = (model and model.parent) or ""
                self.parent = Choice(say.t("scenario_on"), [("", say.t("scenario_on_none")), *on], chosen)
            heading(say.t("scenario_changes"), 3)
            self.listed = part("section").props('aria-live="polite"')
            with part("div", classes="change"):
                kinds = [(kind, say.t(f"change_{kind}")) for kind in KINDS]
                self.kind = Choice(say.t("scenario_kind"), kinds, changed=self._fields)
                self.form_place = part("div", classes="fields")
                button(say.t("scenario_add"), self.desk.act(self._add))
            self.wrong = part("section").props('aria-live="polite"')
            with part("div", classes="links"):
                button(say.t("scenario_save"), self.desk.act(self._save), "primary")
                button(say.t("desk_close"), self.place.clear)
        self._fields()
        self._draw()
        focus(title)

    def _fields(self) -> None:
        self.form_place.clear()
        with self.form_place:
            self.form = ChangeForm(self.lists, self.kind.value)

    def _draw(self) -> None:
        say = self.desk.say
        self.listed.clear()
        with self.listed:
            if not self.changes:
                part("p", say.t("scenario_changes_none"), "muted")
                return
            with part("ol", classes="changes"):
                for number, change in enumerate(self.changes):
                    with part("li"):
                        part("span", change_words(self.lists, change))
                        taken = say.t("scenario_take_out", number=number + 1)
                        button(
                            say.t("desk_pin_remove"), lambda n=number: self._remove(n), "small", says=taken
                        )

    def _remove(self, number: int) -> None:
        del self.changes[number]
        self._draw()

    async def _add(self) -> None:
        try:
            self.changes.append(self.form.change())
        except Unfinished as missing:
            self.desk.tell(str(missing), wrong=True)
            return
        self._fields()
        self._draw()

    async def _save(self) -> None:
        say = self.desk.say
        self.wrong.clear()
        name = self.name.value.strip()
        if not name or not self.changes:
            self.desk.tell(say.t("scenario_needs"), wrong=True)
            return
        asked = ScenarioRequest(
            name=name,
            note=self.note.value,
            parent=self.parent.value or None,
            changes=CHANGES.validate_python(self.changes),
        )
        try:
            await self.desk.api.post(ScenarioAnswer, "/scenarios", asked)
        except Refused as refused:
            if not refused.findings:
                raise
            with self.wrong:
                part("p", say.t("scenario_wrong"), "wrong")
                html(_findings(self.desk, refused.findings))
            return
        self.place.clear()
        await self.done()
        self.desk.tell(say.t("scenario_saved", name=name))


def changes_json(scenario: ScenarioAnswer) -> list[dict[str, Any]]:
    """Return a scenario's changes as forms and sentences read them: by the names of their fields."""
    return [change.model_dump(mode="json") for change in scenario.changes]


def _findings(desk: Desk, findings: Sequence[FindingAnswer]) -> str:
    """Return what is invalid: a finding names the change by its number, and `kind.field`."""
    say, rows = desk.say, []
    for each in findings:
        kind, _, field = each.column.partition(".")
        about = [say.t(key) for key in (f"change_{kind}", f"change_field_{field}") if has_text(key)]
        words = problem_and_remedy(each, say.language)
        rows.append(tuple(data(cell) for cell in (str(each.row), ", ".join(about), each.value, *words)))
    keys = (
        "scenario_number",
        "scenario_kind",
        "desk_finding_value",
        "desk_finding_problem",
        "desk_finding_remedy",
    )
    return table(say.t("desk_findings"), [say.t(key) for key in keys], rows)
