"""A remedy entered by its button as a change set: what is next then, and the button that takes it back."""

from nicegui import ui

from api.pages.desk.frame.elements import button, focus, part
from api.pages.desk.frame.refusals import whole_sentence
from api.pages.desk.matching.pair_price import Asking
from api.pages.desk.register.registry import Registry
from api.pages.desk.register.telling import tell_wrong, undoing
from api.pages.desk.register.wording import Wording
from api.words.changes import change_words
from data.register.changes.enter import Entered
from data.register.changes.errors import RowsWrong
from data.register.remedying import RemedyOutdated
from data.results.explanation import Remedy


def what_changes(asking: Asking, remedy: Remedy) -> str:
    """Return what a remedy changes, as a phrase."""
    say, named = asking.desk.say, asking.people.name
    return ", ".join(change_words(change, named, say) for change in remedy.changes)


async def offer_taking(asking: Asking, remedy: Remedy) -> None:
    """Offer to enter a remedy; say why not where its rows are others' or have changed since the matching."""
    say, registry = asking.desk.say, Registry(asking.desk.api)
    try:
        _, mine = await registry.remedy(remedy.changes)
    except RemedyOutdated as outdated:
        part("p", whole_sentence(outdated.said, say), "muted")
        return
    if not mine:
        part("p", say.t("entry_not_yours"), "muted")
        return
    _Taking(asking, registry, remedy).offer()


class _Taking:
    """The place of one remedy: first its button, then what was entered."""

    def __init__(self, asking: Asking, registry: Registry, remedy: Remedy) -> None:
        self.asking, self.registry, self.remedy = asking, registry, remedy
        self.what = what_changes(asking, remedy)
        self._place = part("div", classes="taking").props('aria-live="polite"')

    def offer(self) -> ui.element:
        say = self.asking.desk.say
        self._place.clear()
        with self._place:
            text = say.t("desk_remedy_take", what=self.what)
            return button(text, self.asking.desk.act(self._take), "small primary")

    async def _take(self) -> None:
        desk = self.asking.desk
        words = Wording(desk.say, await self.registry.read(), desk.sources)
        operations, _ = await self.registry.remedy(self.remedy.changes)
        try:
            entered = await self.registry.enter(operations)
        except RowsWrong as wrong:
            tell_wrong(desk, words, wrong)
            return
        await self.asking.decided()
        self._tell(entered, words)

    def _tell(self, entered: Entered, words: Wording) -> None:
        desk, made = self.asking.desk, entered.change_set
        self._place.clear()
        with self._place, part("div", classes="notice taken") as notice:
            notice.props["tabindex"] = "-1"
            part("p", desk.say.t("desk_remedy_taken", what=self.what))
            with part("div", classes="links"):
                if desk.decides:
                    button(desk.say.t("desk_match_again"), desk.act(self.asking.match_again), "small primary")
                if made:
                    undo = undoing(desk, self.registry, words, made.id, self._taken_back)
                    button(desk.say.t("entry_undo"), undo, "small")
        focus(notice)

    async def _taken_back(self) -> None:
        await self.asking.decided()
        if not self._place.is_deleted:
            self.offer()
