"""The page of the rules: each key with its meaning, its unit and what is usual, changed by form."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from nicegui import ui

from api.http.programme.first_steps import FirstSteps, Step
from api.pages.desk.frame.elements import button as act_button
from api.pages.desk.frame.elements import data, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.editing import Editing
from api.pages.desk.register.form import (
    Form,
    Given,
    Texts,
    button,
    form_around,
    group,
    held,
    same,
    save_and_cancel,
)
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.rows.possible import show_possible
from api.pages.desk.register.rules import levels
from api.pages.desk.register.rules.rule import Rule, rules
from api.pages.desk.register.shown import Section
from api.pages.desk.register.telling import Redraw, tell_saved
from api.pages.desk.register.wording import Wording
from api.words.catalogue import has_text
from data.model.policy import Policy
from data.register.changes.enter import Entered
from data.register.changes.operations import Operation
from data.register.rows.policy import OBJECTIVES, POLICY
from data.register.rows.register import Key
from data.register.rows.row import RegisterRow

PATH, TITLE = "/policy", "rows_policy"
SECTIONS = (
    Section("rules_week", (
        "publish_days_ahead", "promise_min", "reserve_percent", "first_break_after_min", "closed_days",
        "least_presence",
    )),
    Section("rules_rhythm", (
        "first_visit_within_days", "min_gap_days", "drift_days.weekly", "drift_days.two_weekly",
        "drift_days.longer", "arrival.weeks", "arrival.visits_per_week",
    )),
    Section("rules_language", ("language_level", "language_required")),
    Section("rules_way", ("max_one_way_min", "travel_percent")),
    Section("rules_matching", (
        "coverage_weight", "district_floor_percent", "either_prefers_sector", "rematch",
        "max_changed_relations", "nightly_adopts",
    )),
    Section("rules_money", (
        "cost_cents_per_fte_year", "cost_cents_per_km", "budget_cents_per_year", "min_cell",
    )),
)  # fmt: skip
USUAL_LEVELS = Policy().objectives


@dataclass(frozen=True)
class RuleForm(Form):
    """The rules as a form."""

    words: Wording
    row: RegisterRow

    @property
    def held(self) -> RegisterRow | None:
        """The row of the rules as it was when it was read."""
        return self.row

    @property
    def key(self) -> Key:
        """Entity and id of the only row."""
        return POLICY, POLICY

    @property
    def names(self) -> Collection[str]:
        """The keys that are asked for."""
        return (*rules(), OBJECTIVES)

    def taken(self, given: Given) -> dict[str, str]:
        """Return each key as a text of the register, empty where it is as usual."""
        own = {name: rule.taken(given.get(name, "")) for name, rule in rules().items()}
        return own | {OBJECTIVES: levels.taken(given, USUAL_LEVELS)}

    def wrong(self, given: Given) -> dict[str, str]:
        """Return nothing: the register itself tells what is wrong."""
        return {}

    def values(self, texts: Texts) -> dict[str, str]:
        """Return the keys that would change."""
        return {
            name: text for name, text in texts.items() if not same(POLICY, name, held(self.row, name), text)
        }

    def renewed(self, words: Wording, row: RegisterRow) -> "RuleForm":
        """Return the form of the rules as they are now."""
        return replace(self, words=words, row=row)

    def markup(self, texts: Texts | None = None, wrong: Texts | None = None, top: str = "") -> str:
        """Return the form, section by section, the order of objectives last."""
        say, wrong = self.words.say, wrong or {}
        now = {name: held(self.row, name) if texts is None else texts[name] for name in self.names}
        parts = []
        for section in SECTIONS:
            fields = "".join(
                self._field(rules()[name], now[name], wrong.get(name, "")) for name in section.columns
            )
            title = data(say.t(f"section_{section.name}"))
            parts.append(group(title, f'<div class="fields rules">{fields}</div>'))
        ordered = levels.table(
            self.words, levels.levels_of(now[OBJECTIVES], USUAL_LEVELS), wrong.get(OBJECTIVES, "")
        )
        told = f'<p class="muted">{data(say.t("rule_help_objectives"))}</p>'
        parts.append(group(data(say.t("rule_objectives")), told + ordered, " whole"))
        buttons = save_and_cancel(self.words) + button("try", say.t("entry_try"))
        return form_around(self.words, say.t(TITLE), top, "".join(parts), buttons, dirty=texts is not None)

    def _field(self, rule: Rule, text: str, wrong: str) -> str:
        words, say = self.words, self.words.say
        at = f"rule-{rule.name.replace('.', '-')}"
        label = words.label(POLICY, rule.name)
        unit = rule.unit_words(words)
        about = say.t(f"rule_help_{rule.name}") if has_text(f"rule_help_{rule.name}") else ""
        usual = "" if rule.holds_days else say.t("rule_usual", value=rule.said(words, rule.default))
        hint = " ".join(each for each in (about, usual) if each)
        described = f"{at}-help {at}-wrong" if wrong else f"{at}-help"
        own = f'id="{at}" name="{rule.name}" aria-describedby="{described}"'
        own += ' aria-invalid="true"' if wrong else ""
        control = self._control(rule, rule.typed(text), own)
        error = f'<p class="field-wrong" id="{at}-wrong">{data(wrong)}</p>' if wrong else ""
        named = f"{label} ({unit})" if unit else label
        return (
            f'<div class="field"><label for="{at}">{data(named)}</label>'
            f'{control}<small id="{at}-help">{data(hint)}</small>{error}</div>'
        )

    def _control(self, rule: Rule, shown: str, own: str) -> str:
        if rule.options:
            options = "".join(
                f'<option value="{each}"{" selected" if each == shown else ""}>'
                f"{data(self._option(rule, each))}</option>"
                for each in rule.options
            )
            return f"<select {own}>{options}</select>"
        mode = "text" if rule.holds_days else "decimal"
        return (
            f'<input {own} type="text" inputmode="{mode}" value="{data(shown)}" maxlength="2000" '
            'autocomplete="off">'
        )

    def _option(self, rule: Rule, value: str) -> str:
        if rule.type is bool:
            return self.words.say.t("yes" if value == "true" else "no")
        return self.words.word(POLICY, rule.name, value)


async def show(desk: Desk) -> None:
    """Show the rules; a coordinator of one host reads them."""
    registry, place = Registry(desk.api), part("div")

    async def draw() -> None:
        words = Wording(desk.say, await registry.read(), desk.sources)
        row = words.register.row(POLICY, POLICY)
        assert row is not None, "every register has its policy"
        place.clear()
        with place:
            part("p", desk.say.t("rules_text"), "lead")
            if words.seen.keeps(row):
                await _first_look(desk, draw)

                async def weigh(place: ui.element, change: Operation) -> None:
                    await show_possible(desk, registry, place, change, words)

                Editing(desk, registry, RuleForm(words, row), saved, draw, weigh)
            else:
                part("p", desk.say.t("entry_not_yours"), "muted")
                _read_only(words, row)

    async def saved(entered: Entered, before: Wording) -> None:
        await draw()
        tell_saved(desk, registry, before, entered, draw)

    await draw()


async def _first_look(desk: Desk, redraw: Redraw) -> None:
    """Let a new office say that the rules fit as they are, which is a step to its first publication."""
    found = await desk.api.get(FirstSteps, "/first-steps")
    if any(each.done for each in found.steps if each.step in (Step.RULES, Step.PUBLISHED)):
        return

    async def keep() -> None:
        await desk.api.ask("POST", "/first-steps/rules")
        await redraw()
        desk.tell(desk.say.t("rules_kept"))

    with part("div", classes="notice row-of"):
        part("p", desk.say.t("rules_first_look"))
        act_button(desk.say.t("rules_keep"), desk.act(keep), "small")


def _read_only(words: Wording, row: RegisterRow) -> None:
    say = words.say
    for section in SECTIONS:
        with part("section", classes="card"):
            part("h2", say.t(f"section_{section.name}"))
            with part("dl", classes="pairs"):
                for name in section.columns:
                    rule = rules()[name]
                    with part("div"):
                        part("dt", words.label(POLICY, name))
                        key, _, inner = name.partition(".")
                        value = getattr(words.register.policy, key)
                        part("dd", rule.said(words, getattr(value, inner) if inner else value))
