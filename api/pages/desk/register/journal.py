"""Changes: what was changed when, by whom and through what, each with a button that takes it back."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from api.http.register.changes import ChangeSetShown, ChangeShown
from api.pages.desk.frame.elements import clicks, data, html, link, part, row_button
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.telling import Redraw, undoing
from api.pages.desk.register.wording import NOTHING, Wording
from data.base.dates import minute_of
from data.register.rows.kinds import KINDS
from data.store.register.change_sets import Source

PATH, TITLE = "/changes", "rows_changes"
STEP = 30
CHANGES_SHOWN = 4


async def show(desk: Desk) -> None:
    """Show the journal, the newest first."""
    registry, place = Registry(desk.api), part("div")

    async def draw() -> None:
        words = Wording(desk.say, await registry.read(), desk.sources)
        before, after = _number(desk, "before"), _number(desk, "after") or 0
        sets = [each for each in await registry.changes(STEP, before) if each.number > after]
        place.clear()
        with place:
            part("p", desk.say.t("journal_text"), "lead")
            await list_sets(desk, registry, words, sets, draw)
            if len(sets) == STEP:
                programme = f"&programme={desk.api.programme}" if len(desk.programmes) > 1 else ""
                query = f"?before={sets[-1].number}&after={after}{programme}"
                link(desk.say.t("journal_earlier"), query, "button")

    await draw()


def _number(desk: Desk, name: str) -> int | None:
    asked = desk.asked.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else None


async def list_sets(
    desk: Desk,
    registry: Registry,
    words: Wording,
    sets: Sequence[ChangeSetShown],
    redraw: Redraw,
    parts: Collection[str] = (),
) -> None:
    """Show change sets of which the reader sees something; those in `parts` are shown in part."""
    seen = [each for each in sets if each.count]
    if not seen:
        part("p", desk.say.t("journal_nothing"), "muted none")
        return
    logins = await registry.logins([each.by_user for each in seen])
    undone = {each.undoes for each in seen}
    items = "".join(
        _item(words, each, logins.get(each.by_user, ""), each.id in undone, each.id in parts) for each in seen
    )

    async def undo(given: dict[str, str]) -> None:
        await undoing(desk, registry, words, given["id"], redraw)()

    clicks(html(f'<ol class="journal">{items}</ol>'), desk.act(undo))


def _item(words: Wording, made: ChangeSetShown, who: str, undone: bool, in_part: bool) -> str:
    say = words.say
    by_day = made.source is Source.BUDDY  # their time of day is not known
    at = say.day_and_month(minute_of(made.at)[0]) if by_day else say.moment(made.at)
    by = say.t("journal_by", who=who or say.t("nobody_known"), source=say.t(f"source_{made.source}"))
    lines = _lines(words, made.changes)
    shown = "".join(f"<li>{each}</li>" for each in lines[:CHANGES_SHOWN])
    rest = "".join(f"<li>{each}</li>" for each in lines[CHANGES_SHOWN:])
    further = made.count - len(made.changes) + max(0, len(lines) - CHANGES_SHOWN)
    more = ""
    if rest:
        told = data(say.t("journal_more", count=further))
        more = f"<details><summary>{told}</summary><ul>{rest}</ul></details>"
    note = f"<p>{data(made.note)}</p>" if made.note else ""
    button = row_button(
        say.t("entry_undo"), "undo", made.id, say.t("journal_undo_of", number=made.number), "small"
    )
    mark = "journal_undone" if undone else "journal_part_of" if in_part else ""
    act = f'<span class="mark">{data(say.t(mark))}</span>' if mark else button
    return (
        f'<li><div><p class="muted"><b>{data(at)}</b> · {data(by)}</p>{note}'
        f"<ul>{shown}</ul>{more}</div>{act}</li>"
    )


def _whole(changes: Iterable[ChangeShown]) -> list[ChangeShown]:
    """Return changes in which a row that came or went stands once, with all its values."""
    found: dict[tuple[str, str, str], ChangeShown] = {}
    for each in changes:
        key = each.entity, each.id, each.field
        earlier = found.get(key)
        if earlier is None or each.field:
            found[key] = each
            continue
        before, after = (
            _together(*pair) for pair in ((earlier.before, each.before), (earlier.after, each.after))
        )
        found[key] = each.model_copy(update={"before": before, "after": after})
    return list(found.values())


def _together(one: object, other: object) -> dict[str, str] | None:
    held = [each for each in (one, other) if isinstance(each, Mapping)]
    return {name: text for each in held for name, text in each.items()} if held else None


def _lines(words: Wording, changes: Sequence[ChangeShown]) -> list[str]:
    """Return what became of each row as markup: that it came or went, or its fields with both values."""
    lines: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for each in _whole(changes):
        row, kind = words.register.row(each.entity, each.id), KINDS[each.entity]
        to = page_of(each.entity, each.id) if row else ""
        title = data(words.title(row) if row else _gone(words, each))
        named = f'<a href="{data(to)}">{title}</a>' if to else title
        _, told = lines.setdefault((each.entity, each.id), (named, []))
        if not each.field:
            told.append(data(words.say.t("journal_entered" if each.after is not None else "journal_removed")))
        elif each.field in kind.column:
            told.append(data(_field(words, each)))
    return [
        words.say.t("journal_changed", row=row, changes="; ".join(told))
        for row, told in lines.values()
        if told
    ]


def _field(words: Wording, change: ChangeShown) -> str:
    before, after = (
        words.text(change.entity, change.field, text) if isinstance(text, str) else ""
        for text in (change.before, change.after)
    )
    label = words.label(change.entity, change.field)
    return words.say.t("journal_field", field=label, before=before or NOTHING, after=after or NOTHING)


def _gone(words: Wording, change: ChangeShown) -> str:
    values = change.before if isinstance(change.before, dict) else {}
    about = values.get("name") or words.name(values.get("company") or values.get("who") or change.id)
    return words.say.t("entry_titled", kind=words.kind(change.entity), name=about)
