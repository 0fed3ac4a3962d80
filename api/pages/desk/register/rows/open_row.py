"""A row that is open on a page, with its story, for all that stands beside its form."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass

from api.http.register.stories import Story
from api.pages.desk.frame.elements import data
from api.pages.desk.frame.page import Desk
from api.pages.desk.register.entities import page_of
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.telling import Redraw, tell_saved, tell_wrong
from api.pages.desk.register.wording import Wording
from data.register.changes.enter import Entered
from data.register.changes.errors import RowsWrong
from data.register.changes.operations import Operation
from data.register.rows.row import RegisterRow


@dataclass(frozen=True)
class OpenRow:
    """A company or buddy as it was read.

    `redraw` reads it again and shows the page anew; `ask` asks what the page then asks of itself.
    """

    desk: Desk
    registry: Registry
    words: Wording
    row: RegisterRow
    story: Story
    redraw: Redraw
    ask: Redraw

    @property
    def keeps(self) -> bool:
        """Whether the reader may change the row."""
        return self.words.seen.keeps(self.row)

    def linked(self, entity: str, key: str) -> str:
        """Return a name that leads to its page, as markup."""
        to = f"{page_of(entity, key)}{self.desk.query}"
        return f'<a href="{data(to)}">{data(self.words.name(key))}</a>'

    async def entered(self, entered: Entered, said: str = "") -> None:
        """Show the page as it is now, and tell what was entered, with *Undo*."""
        await self.redraw()
        tell_saved(self.desk, self.registry, self.words, entered, self.redraw, said)
        await self.ask()

    async def enter(self, operations: Sequence[Operation], said: str = "") -> None:
        """Enter a change set and tell it, or what is wrong with it."""
        await self.telling(self.registry.enter(operations), said)

    async def telling(self, entering: Awaitable[Entered], said: str = "") -> None:
        """Await what enters a change set and tell it, or what is wrong with it."""
        try:
            entered = await entering
        except RowsWrong as wrong:
            tell_wrong(self.desk, self.words, wrong)
            return
        await self.entered(entered, said)


async def story_of(desk: Desk, row: RegisterRow) -> Story:
    """Read the story of a company or buddy."""
    return await desk.api.get(Story, f"/register/{row.entity}/{row.id}/story")
