"""How long the desk takes to open and to answer: measured by a test and by `benchmarks/desk.py`."""

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
"""Answers with milliseconds, null where the list itself is drawn anew, as after a match."""


def seconds_to_open(page: Page) -> float:
    """Seconds from asking for the matching to a list that can be used."""
    began = time.perf_counter()
    page.goto("/desk/matching")
    page.wait_for_selector(READY)
    return time.perf_counter() - began


def input_waits_ms(page: Page, count: int) -> list[float]:
    """Milliseconds from a changed word to the list that fits it, until the list is drawn anew."""
    waits: list[float] = []
    for n in range(count):
        wait = page.evaluate(TYPED, WORDS[n % len(WORDS)])
        if wait is None:
            break
        waits.append(wait)
    return waits
