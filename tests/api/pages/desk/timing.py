"""How long the desk takes to open and to respond: measured by a test and by `benchmarks/desk.py`."""

import time

from playwright.sync_api import Page

READY = ".list tbody tr"
WORDS = ("a", "ag", "gm", "b", "halle", "k", "e", "st")
TYPED = """async word => {
  const field = document.querySelector("input[type=search]"), table = document.querySelector(".list");
  if (!field) return null;
  const began = performance.now();
  const changed = new Promise(done => {
    new MutationObserver(() => done(true)).observe(table, {subtree: true, childList: true});
    const watch = setInterval(() => {
      if (!table.isConnected) { clearInterval(watch); done(false); }
    }, 50);
  });
  field.value = word; field.dispatchEvent(new Event("change"));
  return await changed && table.isConnected ? performance.now() - began : null;
}"""
"""Resolves to milliseconds, null if the list itself is redrawn, as after a match."""


def seconds_to_open(page: Page) -> float:
    """Seconds from requesting the matching to a usable list."""
    began = time.perf_counter()
    page.goto("/desk/matching")
    page.wait_for_selector(READY)
    return time.perf_counter() - began


def input_waits_ms(page: Page, count: int) -> list[float]:
    """Milliseconds from a changed search word to the updated list, until the list is redrawn."""
    waits: list[float] = []
    for n in range(count):
        wait = page.evaluate(TYPED, WORDS[n % len(WORDS)])
        if wait is None:
            break
        waits.append(wait)
    return waits
