"""The desk on the sample (50 × 1,000) in Chromium: when its list is usable, and how long an input takes.

`python benchmarks/desk.py`; needs Debian's Chromium and the test extra.
"""

import argparse
import statistics
from datetime import timedelta

from api.pages.buddy.view import today
from data.base.dates import iso_week
from tests.api.pages.browsing import chromium, context, sign_in
from tests.api.pages.desk.timing import input_waits_ms, seconds_to_open
from tests.api.pages.screenshots import on_the_sample
from tests.api.service.test_serve import PASSWORD

SCREEN = {"width": 1280, "height": 900}


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
        times = [seconds_to_open(page) for _ in range(given.rounds)]
        idle = input_waits_ms(page, given.rounds)
        page.locator(".run select").select_option("120")
        page.locator(".run button").click()
        page.locator(".job progress").wait_for()
        busy = input_waits_ms(page, 4 * given.rounds)
    later = f"median {statistics.median(times[1:]):.2f} s, longest {max(times[1:]):.2f} s"
    print(f"list usable after: first {times[0]:.2f} s, then {later}")
    print(f"input waits, nothing runs: median {statistics.median(idle):.0f} ms, longest {max(idle):.0f} ms")
    print(f"input waits, a match runs: median {statistics.median(busy):.0f} ms, longest {max(busy):.0f} ms")


if __name__ == "__main__":
    main()
