"""What a save did, in words, with the button that takes it back; and findings as sentences."""

from collections.abc import Awaitable, Callable, Iterable

from api.pages.desk.frame.elements import button, focus, link, part
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.refusals import whole_sentence
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.wording import NOTHING, Wording
from api.words.findings import finding_answer, problem_and_remedy
from data.model.findings import Finding
from data.register.changes.enter import Entered
from data.register.changes.errors import RowsWrong
from data.register.rows.register import Key
from data.register.rows.row import RegisterRow

MOST_FIELDS = 4
MOST_FINDINGS = 12
Redraw = Callable[[], Awaitable[None]]


def finding_words(words: Wording, finding: Finding) -> str:
    """Return a finding as a sentence that stands beside its field."""
    say = words.say
    problem, remedy = problem_and_remedy(finding_answer(finding), say.language)
    label = words.label(finding.file, finding.column) if finding.column else ""
    what = say.t("entry_quoted", value=finding.value) if finding.value else label
    told = say.t("entry_wrong", what=what, problem=problem, remedy=remedy).strip()
    return f"{told[:1].upper()}{told[1:]}"


def place_words(words: Wording, finding: Finding) -> str:
    """Return in which row and field a finding is."""
    key = getattr(finding, "id", "")
    row = words.register.row(finding.file, key)
    title = words.title(row) if row else words.kind(finding.file)
    if not finding.column:
        return title
    return words.say.t("entry_at", row=title, field=words.label(finding.file, finding.column))


def list_findings(words: Wording, findings: Iterable[Finding]) -> None:
    """Show findings with the rows that they are in."""
    found = list(findings)
    with part("ul", classes="told"):
        for each in found[:MOST_FINDINGS]:
            with part("li"):
                to = page_of(each.file, getattr(each, "id", ""))
                there = words.register.row(each.file, getattr(each, "id", "")) is not None
                if to and there:
                    link(place_words(words, each), to)
                else:
                    part("span", place_words(words, each))
                part("span", finding_words(words, each))
        if len(found) > MOST_FINDINGS:
            part("li", words.say.t("entry_more_findings", count=len(found) - MOST_FINDINGS))


def what_happened(words: Wording, entered: Entered) -> str:
    """Return what a change set did; `words` are those of the register before."""
    say, drafted = words.say, entered.draft
    first = next(iter(drafted.keys), None)
    if first is None or entered.change_set is None:
        return say.t("entry_nothing_changed")
    after = words.of(drafted.register)
    before, now = words.register.row(*first), drafted.register.row(*first)
    many = len(drafted.keys)
    if many > 1:
        return say.t("entry_saved_many", count=many)
    if now is None:
        return say.t("entry_removed", row=words.title(before) if before else first[1])
    if before is None:
        further = len(drafted.changed) - 1
        key = "entry_entered_with" if further else "entry_entered"
        fields = {"count": further} if further else {}
        return say.t(key, row=titled(after, now), **fields)
    return say.t("entry_saved", row=titled(after, now), changes=changes_in_words(words, before, after, now))


def titled(words: Wording, row: RegisterRow) -> str:
    """Return the name of a row after its kind."""
    name = row.values.get("name")
    return words.say.t("entry_titled", kind=words.kind(row.entity), name=name) if name else words.title(row)


def changes_in_words(before: Wording, was: RegisterRow, after: Wording, now: RegisterRow) -> str:
    """Return which fields have other values, the first few of them."""
    say, names = after.say, [c.name for c in now.kind.columns]
    other = [name for name in names if was.values.get(name, "") != now.values.get(name, "")]
    told = [
        say.t(
            "entry_from_to",
            field=after.label(now.entity, name),
            before=before.text(now.entity, name, was.values.get(name, "")) or NOTHING,
            after=after.text(now.entity, name, now.values.get(name, "")) or NOTHING,
        )
        for name in other[:MOST_FIELDS]
    ]
    further = len(other) - MOST_FIELDS
    if further > 0:
        told.append(say.t("entry_further_fields", count=further))
    return "; ".join(told)


def tell_saved(
    desk: Desk, registry: Registry, words: Wording, entered: Entered, redraw: Redraw, said: str = ""
) -> None:
    """Show at the top of the page what was saved, with *Undo*, and what was repaired or looks odd.

    `said` are words that tell it better than those of its rows.
    """
    made = entered.change_set
    desk.status.clear()
    with desk.status, part("div", classes="notice saved") as notice:
        notice.props["tabindex"] = "-1"
        with part("div", classes="row-of"):
            part("p", said if said and made else what_happened(words, entered))
            if made:
                button(desk.say.t("entry_undo"), undoing(desk, registry, words, made.id, redraw), "small")
        if entered.draft.findings:
            part("p", desk.say.t("entry_but", count=len(entered.draft.findings)), "muted")
            list_findings(words.of(entered.draft.register), entered.draft.findings)
    focus(notice)


def undoing(
    desk: Desk, registry: Registry, words: Wording, change_set: str, redraw: Redraw
) -> Callable[[], Awaitable[None]]:
    """Return what takes a change set back, and then shows the page anew."""

    async def undo() -> None:
        try:
            entered = await registry.undo(change_set)
        except RowsWrong as wrong:
            tell_wrong(desk, words, wrong)
            return
        await redraw()
        desk.status.clear()
        with desk.status, part("div", classes="notice saved") as notice:
            notice.props["tabindex"] = "-1"
            with part("div", classes="row-of"):
                part("p", desk.say.t("entry_undone"))
                if made := entered.change_set:
                    again = undoing(desk, registry, words, made.id, redraw)
                    button(desk.say.t("entry_redo"), again, "small")
        focus(notice)

    return desk.act(undo)


def tell_wrong(desk: Desk, words: Wording, wrong: RowsWrong, own: Key | None = None) -> None:
    """Show at the top of the page why nothing was entered; not what stands beside the fields of one row."""
    others = [each for each in wrong.findings if (each.file, getattr(each, "id", "")) != own]
    desk.status.clear()
    with desk.status, part("div", classes="wrong") as notice:
        part("p", whole_sentence(wrong.said, desk.say))
        list_findings(words, others)
    notice.props["tabindex"] = "-1"
    focus(notice)
