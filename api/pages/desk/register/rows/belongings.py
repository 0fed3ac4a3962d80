"""What belongs to a row: care, groups, relations, absences, …; each added, changed and removed in place."""

from api.pages.desk.frame.elements import button, clicks, data, heading, html, link, part, row_button
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.editing import Editing, Saved
from api.pages.desk.register.entities import SHOWN_BY, page_of
from api.pages.desk.register.form import form_of
from api.pages.desk.register.lists.table import cell_of, css_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.shown import Belonging
from api.pages.desk.register.wording import Wording
from data.register.rows.row import RegisterRow

ON_PAGES_OF_THEIR_OWN = ("companies", "buddies")


class Belongs:
    """The rows of one entity that belong to a row, under a heading."""

    def __init__(
        self,
        desk: Desk,
        registry: Registry,
        words: Wording,
        row: RegisterRow,
        belonging: Belonging,
        saved: Saved,
    ) -> None:
        self.desk, self.registry, self.words, self.saved = desk, registry, words, saved
        self.row, self.belonging = row, belonging
        self.elsewhere = belonging.entity in ON_PAGES_OF_THEIR_OWN
        rows = rows_of(words, row, belonging)
        with part("section", classes="card belongs"):
            self._head(len(rows))
            if rows:
                table = html(self._table(rows[: belonging.most]))
                if not self.elsewhere:
                    clicks(table, desk.act(self._clicked))
            self._form = part("div")

    @property
    def may_add(self) -> bool:
        """Whether the reader may enter such a row: whoever keeps the row that it belongs to."""
        return not self.elsewhere and self.words.seen.keeps(self.row)

    def _head(self, count: int) -> None:
        say, entity = self.desk.say, self.belonging.entity
        with part("div", classes="row-of"):
            title = say.t(f"rows_{entity}")
            heading(say.t("belongs_count", title=title, shown=say.number(count)) if count else title)
            if not count:
                part("p", say.t(f"none_of_{entity}"), "muted none")
            if self.elsewhere and count:
                query = f"?{self.belonging.by[0]}={self.row.id}"
                link(say.t("belongs_all"), f"{page_of(entity)}{query}", "button small")
            if self.may_add:
                says = say.t("belongs_add_to", kind=self.words.kind(entity))
                button(say.t("belongs_add"), self.desk.act(self._add), "small", says=says)

    def _table(self, rows: list[RegisterRow]) -> str:
        words, say, shown = self.words, self.desk.say, SHOWN_BY[self.belonging.entity]
        columns = self.belonging.columns
        heads = "".join(
            f'<th scope="col"{css_of(shown, name)}>{data(words.label(shown.entity, name))}</th>'
            for name in columns
        )
        if not self.elsewhere:
            heads += f'<th scope="col"><span class="unseen">{data(say.t("desk_act"))}</span></th>'
        body = "".join(self._line(each) for each in rows)
        label = data(say.t(f"rows_{shown.entity}"))
        return (
            f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>'
            f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
        )

    def _line(self, row: RegisterRow) -> str:
        words, shown = self.words, SHOWN_BY[self.belonging.entity]
        cells = []
        for number, name in enumerate(self.belonging.columns):
            inner = cell_of(words, row, name)
            if to := self._leads_to(row, name, number):
                inner = f'<a href="{data(to)}">{inner}</a>'
            cells.append(f"<td{css_of(shown, name)}>{inner}</td>")
        if not self.elsewhere:
            says = words.say.t("belongs_change_of", row=words.title(row))
            keeps = words.seen.keeps(row)
            act = row_button(words.say.t("belongs_change"), "edit", row.id, says, "small") if keeps else ""
            cells.append(f'<td class="act">{act}</td>')
        return f"<tr>{''.join(cells)}</tr>"

    def _leads_to(self, row: RegisterRow, name: str, number: int) -> str:
        """Return the page that a cell leads to: of the row itself, or of the company or buddy in it."""
        if self.elsewhere:
            return f"{page_of(row.entity, row.id)}{self.desk.query}" if number == 0 else ""
        column, key = row.kind.column.get(name), row.values.get(name, "")
        if column is None or len(column.refers) != 1 or not key or " " in key:
            return ""
        return f"{page_of(column.refers[0], key)}{self.desk.query}"

    async def _add(self) -> None:
        self._open(None)

    async def _clicked(self, given: dict[str, str]) -> None:
        row = self.words.register.row(self.belonging.entity, given["id"])
        if row is not None:
            self._open(row)

    def _open(self, row: RegisterRow | None) -> None:
        fixed = {self.belonging.by[0]: self.row.id}
        at = f"{self.belonging.entity}-{row.id if row else 'new'}".replace("~", "-")
        form = form_of(self.words, self.belonging.entity, row, fixed, at)

        async def close() -> None:
            self._form.clear()

        self._form.clear()
        with self._form:
            Editing(self.desk, self.registry, form, self.saved, close).focus()


def rows_of(words: Wording, row: RegisterRow, belonging: Belonging) -> list[RegisterRow]:
    """Return the rows that belong to a row, in order."""
    found = [
        each
        for each in words.rows(belonging.entity)
        if any(row.id in each.values.get(name, "").split() for name in belonging.by)
    ]
    name = belonging.sort.removeprefix("-")
    if not name:
        return sorted(found, key=lambda each: each.position)
    backwards = belonging.sort.startswith("-")
    return sorted(found, key=lambda each: (each.values.get(name, ""), each.position), reverse=backwards)
