"""A list as a native table: each heading sorts, the first column leads to the row, boxes select."""

from collections.abc import Collection, Sequence

from api.pages.desk.frame.elements import data
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.lists.place import Place
from api.pages.desk.register.shown import Shown
from api.pages.desk.register.wording import NOTHING, Wording
from api.words.speaker import Speaker
from data.register.rows.row import RegisterRow

UNDER_THE_NAME = ("town",)
STATES = ("state", "role", "open")
"""Columns whose values are marks."""


def table_of(
    words: Wording,
    shown: Shown,
    rows: Sequence[RegisterRow],
    place: Place,
    chosen: Collection[str],
    query: str,
) -> str:
    """Return the markup of a page of a list."""
    say, ticks = words.say, bool(shown.at_once)
    sort = place.sort or shown.sort
    heads = [_heading(words, shown, name, place, sort) for name in shown.listed]
    if ticks:
        every = all(row.id in chosen for row in rows)
        heads.insert(
            0, f'<th scope="col" class="tick-cell">{_tick("*", say.t("list_tick_page"), every)}</th>'
        )
    body = "".join(_row(words, shown, row, ticks, row.id in chosen, query) for row in rows)
    label = data(say.t(shown.title))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table class="rows-table">'
        f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _heading(words: Wording, shown: Shown, name: str, place: Place, sort: str) -> str:
    by = sort.removeprefix("-") == name
    backwards = sort.startswith("-")
    aria = f' aria-sort="{"descending" if backwards else "ascending"}"' if by else ""
    sign = f'<span aria-hidden="true">{"▾" if backwards else "▴"}</span>' if by else ""
    to = data(place.sorted_by(name, sort).address())
    label = data(words.label(shown.entity, name))
    return f'<th scope="col"{css_of(shown, name)}{aria}><a data-go href="{to}">{label}{sign}</a></th>'


def css_of(shown: Shown, name: str) -> str:
    """Return the class of a column: numbers stand to the right, some are left out on narrow screens."""
    column = shown.kind.column.get(name)
    number = column is not None and column.kind.json in (int, float)
    classes = [word for word, yes in (("figure", number), ("minor", name in shown.minor)) if yes]
    return f' class="{" ".join(classes)}"' if classes else ""


def _row(words: Wording, shown: Shown, row: RegisterRow, ticks: bool, chosen: bool, query: str) -> str:
    first, *others = shown.listed
    title = words.cell(row, first) or row.id
    to = f"{page_of(shown.entity, row.id)}{query}"
    under = "".join(
        f'<span class="muted">{data(row.values[name])}</span>'
        for name in UNDER_THE_NAME
        if name not in shown.listed and row.values.get(name)
    )
    tick = ""
    if ticks:
        kept = words.seen.keeps(row)
        says = words.say.t("list_tick", row=title)
        tick = f'<td class="tick-cell">{_tick(row.id, says, chosen) if kept else ""}</td>'
    cells = "".join(f"<td{css_of(shown, name)}>{cell_of(words, row, name)}</td>" for name in others)
    return (
        f'<tr data-row="{data(row.id)}"{" class=is-chosen" if chosen else ""}>{tick}'
        f'<th scope="row"><a href="{data(to)}">{data(title)}</a>{under}</th>{cells}</tr>'
    )


def cell_of(words: Wording, row: RegisterRow, name: str) -> str:
    """Return the markup of a cell."""
    text = words.cell(row, name)
    if name in STATES and text:
        value = row.values.get(name) or row.kind.column[name].default
        return f'<span class="mark is-{data(value)}">{data(text)}</span>'
    return data(text or NOTHING)


def _tick(key: str, says: str, on: bool) -> str:
    return (
        f'<label class="tick"><input type="checkbox" value="{data(key)}"{" checked" if on else ""}>'
        f'<span class="unseen">{data(says)}</span></label>'
    )


def pages(say: Speaker, place: Place, last: int) -> str:
    """Return the markup of the links to other pages, empty where there is one page."""
    if last == 1:
        return ""
    links = [
        f'<a class="button" data-go rel="{rel}" href="{data(place.at(page).address())}">'
        f"{data(say.t(key))}</a>"
        for page, key, rel in (
            (place.page - 1, "list_previous", "prev"),
            (place.page + 1, "list_next", "next"),
        )
        if 1 <= page <= last
    ]
    told = say.t("list_page", page=say.number(place.page), last=say.number(last))
    label = data(say.t("list_pages"))
    return f'<nav aria-label="{label}" class="links"><span>{data(told)}</span>{"".join(links)}</nav>'
