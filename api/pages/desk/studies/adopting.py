"""Adopting a scenario at the desk: first what would be entered, in words, then the button that does it."""

from nicegui import ui

from api.http.studies.adoption import ScenarioAdopted, StepOfScenario
from api.http.studies.scenarios import ScenarioAnswer
from api.pages.desk.frame.elements import button, data, focus, heading, html, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.telling import undoing
from api.pages.desk.register.wording import NOTHING, Wording, column_named
from api.pages.desk.studies.change_form import Lists, change_words
from data.register.changes.operations import Act

MOST_LINES = 40


async def show_adopting(desk: Desk, lists: Lists, place: ui.element, scenario: ScenarioAnswer) -> None:
    """Show in a place what adopting a scenario would change, and what is left out of it."""
    say, registry, path = desk.say, Registry(desk.api), f"/scenarios/{scenario.id}/adopt"
    shown = await desk.api.post(ScenarioAdopted, path, dry_run=True)
    words = Wording(say, await registry.read(), desk.sources)

    async def adopt() -> None:
        made = await desk.api.post(ScenarioAdopted, path)
        place.clear()
        with place, part("div", classes="notice") as notice:
            notice.props["tabindex"] = "-1"
            part("p", say.t("adopt_done", name=scenario.name, count=made.count))
            if made.change_set:
                undo = undoing(desk, registry, words, made.change_set, close)
                button(say.t("entry_undo"), undo, "small")
        focus(notice)

    async def close() -> None:
        place.clear()

    place.clear()
    with place, part("section", classes="card adopting"):
        title = heading(say.t("adopt_title", name=scenario.name))
        part("p", say.t("adopt_would", count=shown.count) if shown.count else say.t("adopt_nothing"))
        _list(words, shown)
        _left_out(desk, lists, shown)
        with part("div", classes="links"):
            if shown.count:
                button(say.t("adopt_do"), desk.act(adopt), "primary")
            button(say.t("entry_cancel"), close)
    focus(title)


def _list(words: Wording, shown: ScenarioAdopted) -> None:
    lines = [_line(words, each) for each in shown.steps]
    if not lines:
        return
    html(f'<ul class="told">{"".join(f"<li>{each}</li>" for each in lines[:MOST_LINES])}</ul>')
    rest = lines[MOST_LINES:]
    if rest:
        more = shown.count - MOST_LINES
        told = data(words.say.t("journal_more", count=more))
        items = "".join(f"<li>{each}</li>" for each in rest)
        html(f'<details><summary>{told}</summary><ul class="told">{items}</ul></details>')


def _line(words: Wording, step: StepOfScenario) -> str:
    """Return what becomes of a row as markup: its fields with both values, or those of a new one."""
    say, row = words.say, words.register.row(step.entity, step.id)
    if step.act is Act.ENTER or row is None:
        told = [
            say.t(
                "adopt_value",
                field=words.label(step.entity, name),
                value=words.text(step.entity, name, text),
            )
            for name, text in step.values.items()
            if text != column_named(step.entity, name).default
        ]
        return f"{data(words.kind(step.entity))}: {data('; '.join(told))}"
    told = [
        say.t(
            "entry_from_to",
            field=words.label(step.entity, name),
            before=words.text(step.entity, name, _before(words, step, name)) or NOTHING,
            after=words.text(step.entity, name, text) or NOTHING,
        )
        for name, text in step.values.items()
        if text != _before(words, step, name)
    ]
    title, to = data(words.title(row)), page_of(step.entity, step.id)
    named = f'<a href="{data(to)}">{title}</a>' if to else title
    return f"{named}: {data('; '.join(told))}"


def _before(words: Wording, step: StepOfScenario, name: str) -> str:
    row = words.register.row(step.entity, step.id)
    return (row.values.get(name) or row.kind.column[name].default) if row else ""


def _left_out(desk: Desk, lists: Lists, shown: ScenarioAdopted) -> None:
    if not shown.left_out:
        return
    say = desk.say
    part("p", say.t("adopt_left_out", count=len(shown.left_out)))
    with part("ul", classes="told"):
        for each in shown.left_out:
            with part("li"):
                part("span", change_words(lists, each.change.model_dump(mode="json")))
                part("span", say.t(f"adopt_why_{each.why}"), "muted")
