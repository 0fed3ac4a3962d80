"""A choice of several options: each is added by choosing it, shown below, and can be removed."""

from collections.abc import Iterable

from api.pages.desk.frame.elements import Choice, button, part
from api.words.speaker import Speaker


class Several:
    """A labelled list with the options chosen, in the order of choosing."""

    def __init__(self, say: Speaker, label: str, options: Iterable[tuple[str, str]]) -> None:
        self.say, self.values = say, list[str]()
        self._names = dict(options)
        with part("div", classes="several"):
            with part("div", classes="row"):
                self._next = Choice(label, [("", "–"), *self._names.items()])
                button(
                    say.t("desk_several_add"),
                    self._add,
                    "small",
                    says=f"{say.t('desk_several_add')}: {label}",
                )
            self._listed = part("ul", classes="chosen").props(f'aria-label="{label}"')

    def _add(self) -> None:
        if self._next.value and self._next.value not in self.values:
            self.values.append(self._next.value)
            self._draw()
        self._next.enter("")

    def _remove(self, key: str) -> None:
        self.values.remove(key)
        self._draw()

    def _draw(self) -> None:
        self._listed.clear()
        with self._listed:
            for key in self.values:
                with part("li"):
                    part("span", self._names[key])
                    taken = self.say.t("desk_several_remove", name=self._names[key])
                    button("×", lambda key=key: self._remove(key), "plain", says=taken)
