"""Dragging a company onto a buddy with the browser's drag and drop; buttons do the same by keyboard."""

from api.pages.desk.frame.elements import Element, Handler, hear

LIFTED = """e => { const row = e.target.closest("[data-drag]"); if (!row) return;
  e.dataTransfer.setData("application/x-company", row.dataset.drag);
  e.dataTransfer.effectAllowed = "link"; document.body.classList.add("dragging"); }"""
LET_GO = """() => document.body.classList.remove("dragging")"""
OVER = """e => { const at = e.target.closest("[data-drop]");
  if (!at || !e.dataTransfer.types.includes("application/x-company")) return;
  e.preventDefault(); e.dataTransfer.dropEffect = "link"; at.classList.add("over"); }"""
AWAY = """e => { const at = e.target.closest("[data-drop]");
  if (at && !at.contains(e.relatedTarget)) at.classList.remove("over"); }"""
DROPPED = """e => { const at = e.target.closest("[data-drop]");
  const company = e.dataTransfer.getData("application/x-company"); if (!at || !company) return;
  e.preventDefault(); at.classList.remove("over");
  emit({act: "drop", id: company, at: at.dataset.drop}); }"""


def draggable(element: Element) -> Element:
    """Make every `data-drag` in an element draggable."""
    element.on("dragstart", js_handler=LIFTED)
    return element.on("dragend", js_handler=LET_GO)


def takes_drops(element: Element, doing: Handler) -> Element:
    """Call a handler on drops on any `data-drop`, with `{"act": "drop", "id": company, "at": buddy}`."""
    element.on("dragover", js_handler=OVER)
    element.on("dragleave", js_handler=AWAY)
    return hear(element, "drop", doing, DROPPED)
