"""Checkboxes in a table: which rows are selected, in the order of selection."""

from collections.abc import Callable
from typing import Any

from nicegui import ui

from api.pages.desk.frame.elements import data

TICKED = """e => { const box = e.target.closest("input[type=checkbox]");
  if (box) emit({id: box.value, on: box.checked}); }"""


class Ticks:
    """The ids of checked rows; `changed` is called after each change."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self.chosen: list[str] = []
        self.changed = changed

    def cell(self, key: str, says: str) -> str:
        """Return the markup of a row's checkbox; `says` is its accessible name."""
        return (
            f'<label class="tick"><input type="checkbox" value="{data(key)}">'
            f'<span class="unseen">{data(says)}</span></label>'
        )

    def listen(self, table: ui.element) -> None:
        """Start listening to the checkboxes in a table."""
        table.on("change", self._tick, js_handler=TICKED)

    def _tick(self, event: Any) -> None:
        key, on = event.args["id"], event.args["on"]
        self.chosen = [each for each in self.chosen if each != key] + ([key] if on else [])
        self.changed()
