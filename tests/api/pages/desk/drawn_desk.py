"""Pages of the desk drawn in this process without a browser, and what they show and read out."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from types import ModuleType
from typing import Any

from nicegui import Client, core, ui
from nicegui.page import page as nicegui_page

from api.http.accounts.users import UserAnswer
from api.http.programme.programmes import ProgrammeAnswer
from api.pages.desk.frame.client import Api
from api.pages.desk.frame.elements import CLICKED
from api.pages.desk.frame.page import Desk
from api.service.sources import default_sources
from api.words.speaker import Speaker
from data.store.people.sessions import begin_session
from tests.api.http.conftest import PROGRAMME, World
from tests.api.words.pseudo_language import texts_of

READ_OUT = ("aria-label", "placeholder", "title", "alt")
WRITES = {"remove", "revoke", "settle", "take_back", "undo"}
"""Buttons in tables that change what is stored."""


class Drawn:
    """One page of the desk in a language, open for a coordinator; `key` is the id in its path."""

    def __init__(self, world: World, page: ModuleType, language: str, key: str = "") -> None:
        self.page, self.language, self.key = page, language, key
        self.client = Client(nicegui_page(f"/desk{page.PATH}"))
        with world.service.store.writing() as c:
            secret = begin_session(c, world.ids["coordinator"], timedelta(hours=1))
        self._api = Api(world.app, secret, PROGRAMME)

    async def __aenter__(self) -> "Drawn":
        core.loop = asyncio.get_running_loop()
        me = await self._api.get(UserAnswer, "/me")
        programmes = await self._api.get(list[ProgrammeAnswer], "/programmes")
        say = Speaker(self.language)
        desk = Desk(self._api, say, me, programmes, self.client, default_sources(), key=self.key)
        with self.client.content:
            desk.status = ui.element("div")
            await self.page.show(desk)
        return self

    async def __aexit__(self, *error: object) -> None:
        await self._api.__aexit__(None, None, None)
        self.client.delete()

    def texts(self) -> list[str]:
        """Every text that is shown or read out, element by element."""
        found = []
        for element in self.client.elements.values():
            props = element.props
            found += [str(props[name]) for name in READ_OUT if props.get(name)]
            found.append(getattr(element, "text", ""))
            found += texts_of(str(props.get("innerHTML", ""))).values()
        return [text for text in found if text.strip()]

    async def press(self, text: str) -> None:
        """Press the button with a text."""
        button = next(e for e in self._elements() if e.tag == "button" and getattr(e, "text", "") == text)
        await self._hear(button, "click", None)

    async def choose(self, label: str, value: str) -> None:
        """Choose an option of the list with a label."""
        named = next(e for e in self._elements() if getattr(e, "text", "") == label)
        parent = named.parent_slot.parent if named.parent_slot else named
        chosen = next(each for each in parent.descendants() if each.tag == "select")
        await self._hear(chosen, "change", value)

    async def press_in_tables(self) -> dict[str, list[str]]:
        """Press the first button of each kind in each table, and return all texts after each."""
        told: dict[str, list[str]] = {}
        for element in self._elements():
            if CLICKED in [each.js_handler for each in element._event_listeners.values()]:
                for act, given in _buttons(str(element.props.get("innerHTML", ""))):
                    if act not in WRITES | told.keys():
                        await self._hear(element, "click", given)
                        told[act] = self.texts()
        return told

    def _elements(self) -> list[ui.element]:
        return list(self.client.elements.values())

    async def _hear(self, element: ui.element, event: str, given: Any) -> None:
        from nicegui.events import GenericEventArguments

        with self.client.content:
            for each in list(element._event_listeners.values()):
                if each.type == event and each.handler:
                    told = GenericEventArguments(sender=element, client=self.client, args=given)
                    done = each.handler() if given is None else each.handler(told)
                    if asyncio.iscoroutine(done):
                        await done


def _buttons(markup: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The buttons of a table, by what they do."""
    found: list[tuple[str, dict[str, str]]] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            given = dict(attrs)
            if act := given.get("data-act"):
                at = {"act": act, "id": given.get("data-id") or "", "at": given.get("data-at") or ""}
                found.append((act, at))

    Reader().feed(markup)
    yield from found
