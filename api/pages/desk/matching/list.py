"""The matching as a list with search, filters, sorting and groups; a hundred rows at a time."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from api.pages.desk.frame.elements import (
    Choice,
    Clicked,
    Field,
    button,
    clicks,
    data,
    heading,
    html,
    part,
    row_button,
)
from api.pages.desk.frame.page import Desk
from api.pages.desk.frame.who_is_who import People
from api.pages.desk.matching.dragging import draggable
from data.results.solution import Matching

STEP = 100
NOBODY = "-"


@dataclass(frozen=True)
class Row:
    """A company with its buddy, or with the reason why it has none."""

    key: str
    name: str
    town: str
    district_key: str
    district: str
    buddy_key: str
    buddy: str
    travel: int
    kept: bool
    pinned: bool
    reason: str

    @property
    def text(self) -> str:
        """All that a search finds the row by."""
        return " ".join((self.key, self.name, self.town, self.district, self.buddy)).casefold()


class MatchingList:
    """Every company with its buddy or the reason why it has none."""

    def __init__(
        self,
        desk: Desk,
        people: People,
        rows: list[Row],
        clicked: Clicked,
    ) -> None:
        self.desk, self.people, self.shown = desk, people, STEP
        self.on_choice: Callable[[str], None] = lambda buddy: None
        self.rows = rows
        say = desk.say
        heading(say.t("desk_list"))
        with part("div", classes="filters"):
            self.words = Field(say.t("desk_search"), "", self._again, type="search")
            districts = sorted({(row.district_key, row.district) for row in self.rows}, key=lambda d: d[1])
            buddies = [("", say.t("desk_all")), (NOBODY, say.t("desk_nobody")), *people.by_name()]
            self.buddy = Choice(say.t("desk_buddy"), buddies, "", self._chosen)
            self.district = Choice(
                say.t("desk_district"), [("", say.t("desk_all")), *districts], "", self._again
            )
            columns = ("name", "buddy", "district", "travel")
            sorts = [(each, say.t(f"desk_sort_{each}")) for each in columns]
            self.order = Choice(say.t("desk_sort"), sorts, "name", self._again)
            groups = [
                ("", say.t("desk_group_none")),
                ("buddy", say.t("desk_buddy")),
                ("district", say.t("desk_district")),
            ]
            self.group = Choice(say.t("desk_group"), groups, "", self._again)
        self.count = part("p", " ", "muted").props('role="status"')
        self.table = draggable(clicks(html("", "list"), clicked))
        self.more = button(say.t("desk_more"), self._more)
        self.mark_style = html("")
        self._draw()

    def mark(self, company: str) -> None:
        """Highlight a company's row."""
        safe = data(company).replace("\\", "")
        self.mark_style.content = f'<style>tr[data-row="{safe}"] {{ background: var(--tint); }}</style>'

    async def choose_buddy(self, buddy: str) -> None:
        """Show one buddy's companies, after a click on the map."""
        self.buddy.enter(buddy)
        self._chosen()

    def _chosen(self) -> None:
        self.on_choice("" if self.buddy.value == NOBODY else self.buddy.value)
        self._again()

    def _again(self) -> None:
        self.shown = STEP
        self._draw()

    def _more(self) -> None:
        self.shown += STEP
        self._draw()

    def _found(self) -> list[Row]:
        words = self.words.value.casefold().split()
        found = [
            row
            for row in self.rows
            if self.buddy.value in ("", row.buddy_key or NOBODY)
            and self.district.value in ("", row.district_key)
            and all(word in row.text for word in words)
        ]
        found.sort(key=lambda row: (getattr(row, self.order.value), row.name))
        if self.group.value:
            found.sort(key=lambda row: str(getattr(row, self.group.value)))
        return found

    def _draw(self) -> None:
        say, found = self.desk.say, self._found()
        shown = found[: self.shown]
        self.count.text = say.t(  # type: ignore[attr-defined]
            "desk_count",
            shown=say.number(len(shown)),
            count=say.number(len(found)),
            all=say.number(len(self.rows)),
        )
        self.more.set_visibility(len(found) > self.shown)
        self.table.content = _markup(self.desk, self.people, shown, self.group.value)


def rows_of(desk: Desk, people: People, matching: Matching) -> list[Row]:
    """Return every company of a matching with its buddy, or with the reason why it has none."""
    pairs = {pair.company: pair for pair in matching.pairs}
    alone = {each.company: each.reason for each in matching.unassigned}
    rows = []
    for key in pairs.keys() | alone.keys():
        company, pair = people.companies.get(key), pairs.get(key)
        row = Row(
            key=key,
            name=people.name(key),
            town=company.town if company else "",
            district_key=company.district if company else "",
            district=people.district_name(company.district) if company else "",
            buddy_key=pair.buddy if pair else "",
            buddy=people.name(pair.buddy) if pair else "",
            travel=pair.one_way_min if pair else 0,
            kept=bool(pair and pair.kept),
            pinned=bool(pair and pair.pinned),
            reason="" if pair else people.reason(alone[key], desk.say.language),
        )
        rows.append(row)
    return rows


def _markup(desk: Desk, people: People, rows: list[Row], group: str) -> str:
    say = desk.say
    keys = ("desk_company", "desk_district", "desk_buddy", "desk_one_way", "desk_act")
    head = "".join(f'<th scope="col">{data(say.t(key))}</th>' for key in keys)
    parts = []
    for name, members in groupby(rows, key=lambda row: str(getattr(row, group)) if group else ""):
        if group:
            title = data(name or say.t("desk_nobody"))
            parts.append(f'<tr class="group"><th scope="rowgroup" colspan="{len(keys)}">{title}</th></tr>')
        parts += [_row(desk, people, row) for row in members]
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{data(say.t("desk_list"))}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(parts)}</tbody></table></div>"
    )


def _row(desk: Desk, people: People, row: Row) -> str:
    say = desk.say
    if row.buddy_key:
        marks = "".join(
            f' <span class="mark">{data(say.t(f"desk_is_{mark}"))}</span>'
            for mark in ("pinned", "kept")
            if getattr(row, mark)
        )
        who = f"{swatch(people, row.buddy_key)}{data(row.buddy)}{marks}"
        way = data(say.minutes(row.travel))
    else:
        who, way = f'<span class="gap">{data(row.reason)}</span>', "–"
    key = data(row.key)
    return (
        f'<tr data-row="{key}" data-drag="{key}" draggable="true"><th scope="row">{data(row.name)}'
        f'<span class="muted">{data(row.town)}</span></th><td>{data(row.district)}</td>'
        f"<td>{who}</td><td>{way}</td><td>{row_buttons(desk, row)}</td></tr>"
    )


def row_buttons(desk: Desk, row: Row) -> str:
    """Return the markup of a company's buttons: why, and the cost of another buddy."""
    buttons = "".join(
        row_button(
            desk.say.t(f"desk_{key}"),
            key,
            row.key,
            desk.say.t(f"desk_{key}_of", name=row.name),
            "small",
        )
        for key in ("why", "assign")
    )
    return f'<span class="asks">{buttons}</span>'


def swatch(people: People, buddy: str) -> str:
    """Return a buddy's colour with the initials, as markup."""
    return (
        f'<span class="swatch" style="border-color:{people.colour(buddy)}" aria-hidden="true">'
        f"{data(people.sign(buddy))}</span> "
    )
