"""The coordinator's workflow on the sample, from broken files to an accepted replan.

By day it has a part of the sample, at night all of it (50 × 1,000).
"""

import re
import statistics
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.api.pages.browsing import sign_in
from tests.api.pages.desk.conftest import JOB_MS, OFFICE, at_desk, ready, told
from tests.api.pages.desk.office.inviting import accept, invite
from tests.api.pages.desk.sample_way import (
    BROKEN_ROW,
    BUDDY_NAME,
    broken_files,
    call_off_as_buddy,
    company_with_a_buddy,
    counts,
    files,
    next_week,
)
from tests.api.pages.desk.timing import input_waits_ms, seconds_to_open
from tests.part_of_sample import sample_of_this_run

Note = Callable[[str, object], None]


def test_from_a_broken_file_to_an_accepted_re_plan(
    browser: Browser, empty: str, tmp_path: Path, record_property: Note
) -> None:
    week = next_week()
    asked: list[str] = []
    with at_desk(browser, empty) as office, at_desk(browser, empty) as phone:
        office.on("request", lambda request: asked.append(request.url))
        page = office.new_page()
        sign_in(page, OFFICE)
        expect(page.get_by_text("Noch ist kein Programm importiert.")).to_be_visible()
        import_files(page, sample_of_this_run(tmp_path / "sample"), tmp_path, week)
        key, other = match_and_ask(page)
        run_again(page, key, other, record_property)
        plan_and_publish(page)
        reader = phone.new_page()
        accept(reader, invite(page, BUDDY_NAME)[0], BUDDY_NAME)
        name = call_off_as_buddy(reader, week)
        accept_re_plan(page, name)
        visit = reader.url.partition("?")[0].rpartition("/")[2]
        reader.goto(f"/me/weeks/{week}")
        expect(reader.get_by_role("heading", level=1)).to_be_visible()
        expect(reader.locator(f"a[href$='{visit}']")).to_have_count(0)
    own = empty.removeprefix("http")
    assert asked and all(url.startswith((f"http{own}/", f"ws{own}/", "data:")) for url in asked)


def import_files(page: Page, good: Path, folder: Path, week: str) -> None:
    """A broken cell is reported at its place, nothing is stored; then the corrected files are imported."""
    ready(page, "import")
    page.get_by_label("Dateien").set_input_files(broken_files(good, folder))
    page.get_by_label("Planung ab Woche").fill(week)
    page.get_by_role("button", name="Prüfen", exact=True).click()
    row = page.get_by_role("row").filter(has_text="Fehler")
    for cell in (
        "companies.csv",
        str(BROKEN_ROW),
        "priority",
        "liegt außerhalb des Erlaubten",
        "erlaubt sind 1 bis 5",
    ):
        expect(row).to_contain_text(cell)
    expect(row.locator("input.corrected")).to_have_value("9")
    page.get_by_label("Dateien").set_input_files(files(good))
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_text(f"Die Dateien passen: {counts(good)}.")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text(f"Übernommen: {counts(good)}.")).to_be_visible(timeout=JOB_MS)


def match_and_ask(page: Page) -> tuple[str, str]:
    """A gap shows its reason, a pair its price; return a company, and the runner-up who is pinned to it."""
    page.get_by_role("link", name="Weiter zur Zuordnung").click()
    ready(page)
    page.get_by_role("button", name="Zuordnung starten").click()
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    whose = page.locator(".filters select").first
    whose.select_option("-")
    expect(page.locator(".list .gap").first).not_to_be_empty()
    whose.select_option("")
    expect(page.locator(".list .swatch").first).to_be_visible()
    key, name = company_with_a_buddy(page)
    page.get_by_role("button", name=f"Warum? {name}", exact=True).click()
    panel = page.locator(".why")
    expect(panel).to_contain_text(f"betreut {name}")
    expect(panel).to_contain_text("Preis:")
    pin = panel.locator(".offer button", has_text="fest zuordnen")
    other = pin.inner_text().removesuffix(" fest zuordnen")
    pin.click()
    told(page, "Fest zugeordnet.")
    return key, other


def run_again(page: Page, key: str, other: str, note: Note) -> None:
    """The desk stays usable during the matching; the pinned buddy has the company afterwards."""
    note("the matching can be used after", f"{seconds_to_open(page):.2f} s")
    page.get_by_role("button", name="Zuordnung starten").click()
    page.locator(".job progress").wait_for()
    waits = input_waits_ms(page, 12)
    if waits:
        figures = f"median {statistics.median(waits):.0f} ms, longest {max(waits):.0f} ms"
        note("an input waits while it matches", f"{figures} ({len(waits)} inputs)")
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    row = page.locator(f'tr[data-row="{key}"]')
    expect(row).to_contain_text(other)
    expect(row).to_contain_text("fest")
    expect(page.get_by_text("Gegenüber der vorigen Zuordnung:")).to_be_visible()


def plan_and_publish(page: Page) -> None:
    """A draft first shows who is affected; then it is published."""
    ready(page, "weeks")
    page.get_by_role("button", name="Planen").click()
    told(page, "Der Entwurf ist da.", JOB_MS)
    expect(page.get_by_text(re.compile(r"\d+ Job-Buddys, \d+ Orte, \d+ Änderungen"))).to_be_visible()
    page.get_by_role("button", name="Veröffentlichen").click()
    told(page, "Veröffentlicht.")
    expect(page.locator(".lanes button.block").first).to_be_visible()


def accept_re_plan(page: Page, name: str) -> None:
    """A called-off visit leads to a proposal; publishing it settles the report."""
    ready(page, "messages")
    expect(page.get_by_role("row").filter(has_text=name).first).to_contain_text("vom Betrieb abgesagt")
    page.get_by_role("button", name="Nachplanung vorschlagen").click()
    change = page.get_by_role("row").filter(has_text="entfällt")
    expect(change.filter(has_text=name)).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Veröffentlichen").click()
    told(page, "Veröffentlicht.")
    expect(page.get_by_text("Nichts gemeldet.")).to_be_visible()
