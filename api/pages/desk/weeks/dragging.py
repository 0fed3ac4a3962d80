"""Dragging a block onto a day of its own lane; by keyboard, the block itself is a button.

A block is any element with `data-act` and `draggable`, a day is a cell with `data-day`; each row is a lane.
"""

from api.pages.desk.frame.elements import Element, Handler, hear

TAKEN = """e => { const block = e.target.closest("[data-act][draggable]"), lanes = e.currentTarget;
  if (!block) return;
  lanes.dragged = block; e.dataTransfer.effectAllowed = "move";
  e.dataTransfer.setData("text/plain", block.dataset.id); }"""
OVER = """e => { const lanes = e.currentTarget, day = e.target.closest("[data-day]");
  for (const each of lanes.querySelectorAll(".aim")) if (each !== day) each.classList.remove("aim");
  if (!day || !lanes.dragged || day.parentElement !== lanes.dragged.closest("tr")) return;
  e.preventDefault(); e.dataTransfer.dropEffect = "move"; day.classList.add("aim"); }"""
"""A day of another lane is no drop target: only the matching decides on the buddy of a visit."""
LET_GO = """e => { const lanes = e.currentTarget; lanes.dragged = null;
  for (const each of lanes.querySelectorAll(".aim")) each.classList.remove("aim"); }"""
DROPPED = """e => { const day = e.target.closest("[data-day]"), block = e.currentTarget.dragged;
  e.preventDefault();
  if (day && block)
    emit({act: "move", id: block.dataset.id, at: block.dataset.at, day: day.dataset.day}); }"""


def drops(element: Element, doing: Handler) -> Element:
    """Call a handler when a block is dropped on a day, with `{"act": "move", "id": …, "at": …, "day": …}`."""
    for event, code in (("dragstart", TAKEN), ("dragover", OVER), ("dragend", LET_GO)):
        element.on(event, js_handler=code)
    return hear(element, "drop", doing, DROPPED)
