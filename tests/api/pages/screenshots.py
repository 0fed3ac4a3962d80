"""Screenshots of every page, both languages, two widths: `python -m tests.api.pages.screenshots --out
FOLDER`.

The server runs on the sample, which is imported, matched, planned for this week and the next, and published.
"""

import argparse
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx2
from playwright.sync_api import Browser

from api.service.settings import SETUP_CODE_FILE
from data.base.dates import iso_week
from tests.api.pages.browsing import chromium, context, sign_in
from tests.api.pages.desk_sights import FULLEST, add_studies
from tests.api.pages.every_page import DESK, Sights, every_page_of
from tests.api.service.test_serve import PASSWORD, Running, result_of, serving
from tests.folders import SAMPLE

WIDTHS = {"desk": 1280, "phone": 390}
HEIGHT = 844
LOCALES = {"de": "de-DE", "en": "en-GB"}
SCHEMES = ("light", "dark")
BUDDY = "b08"
ROWS_OF_SAMPLE = ("companies/c0001", "companies/~new", "buddies/b08", "hosts/h01")
ROLES = {"buddy": BUDDY, "new": "b50x", "viewer": "auswertung", "planner": "planung", "coordinator": "office"}
"""Logins; `new` is a buddy who is in no plan yet."""


@contextmanager
def on_the_sample(weeks: tuple[str, str]) -> Iterator[Running]:
    """Run a service in which both weeks of the sample are published."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "data", "") as running:
        running.client().post(
            "/api/v1/setup", json={"code": running.code, "login": "office", "password": PASSWORD}
        )
        office = running.signed_in("office")
        files = [("files", (path.name, path.read_bytes())) for path in sorted(SAMPLE.iterdir())]
        imported = office.post("/api/v1/imports", files=files, data={"week": weeks[0]}).json()
        result_of(office, office.post("/api/v1/matchings", json={"explain": 0}))
        plan = result_of(office, office.post("/api/v1/plans", json={"first_week": weeks[0], "weeks": 2}))
        tag = office.get(f"/api/v1/plans/{plan}/affected").headers["ETag"]
        office.post(f"/api/v1/plans/{plan}/publish", headers={"If-Match": tag}).raise_for_status()
        enter_people(office, imported["programme"])
        # The page for the first user is shown as long as the file with its code exists.
        (Path(folder) / "data" / SETUP_CODE_FILE).write_text("a code", encoding="utf-8")
        yield running


def enter_people(office: httpx2.Client, programme: str) -> None:
    """Enter a user for each role."""
    for role, login in ROLES.items():
        if role == "coordinator":
            continue
        of_buddy = {"role": "buddy", "buddy": login} if role in ("buddy", "new") else {"role": role}
        asked = {"login": login, "programme": programme, "password": PASSWORD} | of_buddy
        office.post("/api/v1/users", json=asked).raise_for_status()


def sights_of(running: Running, weeks: tuple[str, str]) -> Sights:
    """Return the first visit to a company of each week, and call the later one off, so that it is visible."""
    buddy, first = running.signed_in(BUDDY), []
    for week in weeks:
        days = buddy.get(f"/api/v1/me/weeks/{week}").json()["days"]
        first.append(next((day["date"], stop) for day in days for stop in day["stops"] if stop["promise"]))
    day, stop = first[0]
    told = {"visit": stop["visit"], "date": day, "outcome": "cancelled_company"}
    buddy.post("/api/v1/contacts", json=told).raise_for_status()
    return Sights(weeks[1], first[1][1]["visit"], weeks[0], stop["visit"])


def take(browser: Browser, url: str, sights: Sights, out: Path, schemes: tuple[str, ...]) -> int:
    """Write one screenshot for each page, language and width (and scheme), and return how many."""
    count = 0
    for role, paths in every_page_of(sights).items():
        for width_name, width in WIDTHS.items():
            for language, locale in LOCALES.items():
                size = {"width": width, "height": HEIGHT}
                with context(browser, url, locale=locale, viewport=size, service_workers="block") as opened:
                    page = opened.new_page()
                    if role in ROLES:
                        sign_in(page, ROLES[role], PASSWORD)
                    for name, path in paths.items():
                        page.goto(path)
                        for scheme in schemes:
                            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                            shade = "" if scheme == "light" else f"-{scheme}"
                            page.screenshot(
                                path=out / f"{role}-{name}-{language}-{width_name}{shade}.png", full_page=True
                            )
                            count += 1
    return count


def take_desk(browser: Browser, url: str, out: Path, schemes: tuple[str, ...]) -> int:
    """Write the screenshots of the desk, each once its content is loaded and complete."""
    count = 0
    for width_name, width in WIDTHS.items():
        for language, locale in LOCALES.items():
            size = {"width": width, "height": HEIGHT}
            with context(browser, url, locale=locale, viewport=size, service_workers="block") as opened:
                page = opened.new_page()
                sign_in(page, ROLES["coordinator"], PASSWORD)
                for name in (*DESK, *ROWS_OF_SAMPLE):
                    page.goto(f"/desk/{name}")
                    page.wait_for_selector(".ready", state="attached")
                    FULLEST.get(name, lambda page: None)(page)
                    for scheme in schemes:
                        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
                        shade = "" if scheme == "light" else f"-{scheme}"
                        page.screenshot(
                            path=out / f"desk-{name.replace('/', '-')}-{language}-{width_name}{shade}.png",
                            full_page=True,
                        )
                        count += 1
    return count


def main() -> None:
    """Parse the command line and take the screenshots."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, required=True, help="folder for the pictures")
    asked.add_argument("--dark", action="store_true", help="take each also on a dark screen")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    os.environ.pop("BUDDYPLAN_DATABASE_URL", None)
    from api.pages.buddy.view import today

    weeks = (iso_week(today()), iso_week(today() + timedelta(weeks=1)))
    with on_the_sample(weeks) as running, chromium() as browser:
        sights = sights_of(running, weeks)
        schemes = SCHEMES if given.dark else SCHEMES[:1]
        add_studies(running.signed_in("office"))
        count = take(browser, running.url, sights, given.out, schemes)
        count += take_desk(browser, running.url, given.out, schemes)
    print(f"{count} pictures in {given.out}")


if __name__ == "__main__":
    main()
