"""Native HTML elements in the style of the pages, which screen readers and keyboards handle by themselves."""

import json
from collections.abc import Awaitable, Callable, Iterable, Sequence
from html import escape
from typing import Any, TypeVar

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

Handler = Callable[..., Any]
Clicked = Callable[[dict[str, str]], Awaitable[None]]
"""Called with what was clicked or dropped: `act`, `id` and `at`."""
Element = TypeVar("Element", bound=ui.element)
VALUE = "e => emit(e.target.value)"
SETTLED = """e => { const field = e.target; clearTimeout(field.settling);
  field.settling = setTimeout(() => emit(field.value), 150); }"""
"""Emits a text once nothing was typed for a moment."""
CLICKED = """e => { const found = e.target.closest("[data-act]");
  if (found) emit({act: found.dataset.act, id: found.dataset.id || "", at: found.dataset.at || ""}); }"""
"""Emits a click on any element with `data-act`, so that a table of a thousand buttons has one handler."""


class _Text(TextElement):
    def __init__(self, tag: str, text: str) -> None:
        super().__init__(tag=tag, text=text)


def part(tag: str, text: str = "", classes: str = "") -> ui.element:
    """Return an element with a text or, used with `with`, with other elements in it."""
    made: ui.element = _Text(tag, text) if text else ui.element(tag)
    return made.classes(classes)


def html(text: str, classes: str = "") -> ui.html:
    """Return our own markup; text that people wrote must be escaped."""
    return ui.html(text, sanitize=False).classes(classes)


def button(text: str, doing: Handler, classes: str = "", says: str = "") -> ui.element:
    """Return a button; `says` is its accessible name where the text alone is too short."""
    made = part("button", text, classes).props('type="button"')
    if says:
        made.props["aria-label"] = says
    return made.on("click", doing, js_handler="() => emit()")


def link(text: str, to: str, classes: str = "") -> ui.element:
    """Return a link."""
    made = part("a", text, classes)
    made.props["href"] = to
    return made


class Field:
    """A labelled field and its value."""

    def __init__(self, label: str, value: str = "", changed: Handler | None = None, **props: str) -> None:
        self.value, self.changed = value, changed
        with part("label"):
            part("span", label)
            self.element = self._made(props)
        self._listen()

    def _made(self, props: dict[str, str]) -> ui.element:
        made = part("input")
        # Not `value`, which would overwrite what was typed whenever the page changes.
        made.props.update({"defaultValue": self.value, "type": "text", "autocomplete": "off"} | props)
        return made

    def _listen(self) -> None:
        self.element.on("input", self._take, js_handler=SETTLED)
        self.element.on("change", self._take, js_handler=VALUE)

    def enter(self, value: str) -> None:
        """Set a value as if the user had entered it."""
        self.value = value
        self.element.client.run_javascript(
            f"document.getElementById('c{self.element.id}').value = {json.dumps(value)}"
        )

    async def _take(self, event: Any) -> None:
        before, self.value = self.value, str(event.args)
        if self.changed and self.value != before:
            answer = self.changed()
            if isinstance(answer, Awaitable):
                await answer


def week_field(label: str, value: str, **props: str) -> Field:
    """Return a field for an ISO week."""
    return Field(label, value, None, maxlength="8", pattern="[0-9]{4}-W[0-9]{2}", **props)


class Choice(Field):
    """A labelled list to choose one option from; options are values with their texts."""

    def __init__(
        self, label: str, options: Iterable[tuple[str, str]], value: str = "", changed: Handler | None = None
    ) -> None:
        self.options = list(options)
        super().__init__(label, value, changed)

    def _made(self, props: dict[str, str]) -> ui.element:
        with part("select") as made:
            for value, text in self.options:
                option = part("option", text or " ")
                option.props["value"] = value
                if value == self.value:
                    option.props["selected"] = True
        if self.options and self.value not in (value for value, _ in self.options):
            self.value = self.options[0][0]
        return made

    def _listen(self) -> None:
        self.element.on("change", self._take, js_handler=VALUE)


def data(value: str) -> str:
    """Escape a text for use between tags or in an attribute."""
    return escape(value, quote=True)


def row_button(text: str, act: str, key: str, says: str, classes: str = "", at: str = "") -> str:
    """Return the markup of a button in a table; `says` is its accessible name."""
    place = f' data-at="{data(at)}"' if at else ""
    return (
        f'<button type="button" class="{classes or "plain"}" data-act="{act}" data-id="{data(key)}"{place} '
        f'aria-label="{data(says)}">{data(text)}</button>'
    )


def table(label: str, headings: Sequence[str], rows: Iterable[Sequence[str]], figures: int = 0) -> str:
    """Return the markup of a table in a scrollable frame; cells are markup, headings are text.

    The last `figures` columns are formatted as numbers.
    """
    first = len(headings) - figures

    def css(n: int) -> str:
        return ' class="figure"' if n >= first else ""

    head = "".join(f'<th scope="col"{css(n)}>{data(text)}</th>' for n, text in enumerate(headings))
    body = "".join(
        "<tr>" + "".join(f"<td{css(n)}>{cell}</td>" for n, cell in enumerate(row)) + "</tr>" for row in rows
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{data(label)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def hear(element: Element, event: str, doing: Handler, code: str) -> Element:
    """Call a handler with what browser code emits at an event."""

    async def heard(told: Any) -> None:
        await doing(told.args)

    return element.on(event, heard, js_handler=code)


def clicks(element: Element, doing: Handler) -> Element:
    """Call a handler on clicks on any `data-act` in an element, with `{"act": …, "id": …, "at": …}`."""
    return hear(element, "click", doing, CLICKED)


def focus(element: ui.element) -> None:
    """Move the keyboard focus to an element, which a screen reader then reads out."""
    # Not from the clicked element, which may be gone by now.
    element.client.run_javascript(f"document.getElementById('c{element.id}')?.focus()")


def reveal(element: ui.element) -> None:
    """Scroll just enough to show an element."""
    element.client.run_javascript(
        f"document.getElementById('c{element.id}')?.scrollIntoView({{block: 'nearest'}})"
    )


def heading(text: str, level: int = 2) -> ui.element:
    """Return a heading that the program can focus."""
    made = part(f"h{level}", text)
    made.props["tabindex"] = "-1"
    return made
