"""The pages of the register: a list and a page of one row for every entity of the table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from api.pages.desk.frame.page import Desk, without_programme
from api.pages.desk.register import journal
from api.pages.desk.register.entities import WITH_PAGES
from api.pages.desk.register.lists.page import show_list
from api.pages.desk.register.rows.page import show_row
from api.pages.desk.register.rules import page as rules
from api.pages.desk.register.shown import Shown

Drawing = Callable[[Desk, Shown], Awaitable[None]]


@dataclass(frozen=True)
class EntityPage:
    """A page made of the columns of an entity: its list or, with a `key` in the path, one of its rows."""

    shown: Shown
    draw: Drawing
    PATH: str
    own_heading: bool = False

    @property
    def TITLE(self) -> str:  # noqa: N802
        """The key of the title, as pages that are modules have it."""
        return self.shown.title

    async def show(self, desk: Desk) -> None:
        """Show the page, or the way to a programme where there is none."""
        if not without_programme(desk):
            await self.draw(desk, self.shown)


LISTS = tuple(EntityPage(each, show_list, f"/{each.path}") for each in WITH_PAGES)
ROWS = tuple(EntityPage(each, show_row, f"/{each.path}/{{key}}", own_heading=True) for each in WITH_PAGES)
OTHERS = (rules, journal)
