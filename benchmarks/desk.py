"""The desk on the sample (50 × 1,000) in Chromium: when its list is usable, and how long an input waits.

`python benchmarks/desk.py`; needs Debian's Chromium and the test extra.
"""

import argparse
import statistics
import time
from datetime import timedelta

from playwright.sync_api import Page

from api.pages.buddy.view import today
from data.calendar import iso_week
from tests.pages.browsing import chromium, context, sign_in
from tests.pages.screenshots import on_the_sample
from tests.service.test_serve import PASSWORD

READY = ".list tbody tr"
SCREEN = {"width": 1280, "height": 900}
TYPED = """async word => {
  const field = document.querySelector("input[type=search]"), table = document.querySelector(".list");
  const began = performance.now();
  const watch = {subtree: true, childList: true};
  const changed = new Promise(done => new MutationObserver(done).observe(table, watch));
  field.value = word; field.dispatchEvent(new Event("change"));
  await changed;
  return performance.now() - began;
}"""
WORDS = ("a", "ag", "gm", "b", "halle", "k", "e", "st")


def opened(page: Page) -> float:
    """Seconds from asking for the page to a list that can be used."""
    began = time.perf_counter()
    page.goto("/desk/matching")
    page.wait_for_selector(READY)
    return time.perf_counter() - began


def waits(page: Page, count: int) -> list[float]:
    """Milliseconds from a changed word to the list that fits it."""
    return [page.evaluate(TYPED, WORDS[n % len(WORDS)]) for n in range(count)]


def main() -> None:
    """Measure, and print a table."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=8)
    given = asked.parse_args()
    weeks = (iso_week(today()), iso_week(today() + timedelta(weeks=1)))
    with (
        on_the_sample(weeks) as running,
        chromium() as browser,
        context(browser, running.url, viewport=SCREEN) as opener,
    ):
        page = opener.new_page()
        sign_in(page, "office", PASSWORD)
        page.wait_for_url("**/desk/overview")
        times = [opened(page) for _ in range(given.rounds)]
        idle = waits(page, given.rounds)
        page.locator(".run select").select_option("120")
        page.locator(".run button").click()
        page.locator(".job progress").wait_for()
        busy = waits(page, 4 * given.rounds)
    print(f"list usable after: first {times[0]:.2f} s, then {statistics.median(times[1:]):.2f} s (median)")
    print(f"input waits, nothing runs: median {statistics.median(idle):.0f} ms, longest {max(idle):.0f} ms")
    print(f"input waits, a match runs: median {statistics.median(busy):.0f} ms, longest {max(busy):.0f} ms")


if __name__ == "__main__":
    main()
