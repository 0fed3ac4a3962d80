"""An office in Saxony at the desk: from its first files over a published week to a re-plan and the files."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.planning.template import write_template
from api.service.sources import shipped_sources
from tests.api.pages.browsing import sign_in
from tests.api.pages.desk.conftest import JOB_MS, OFFICE, at_desk, ready, told
from tests.api.pages.desk.office.inviting import accept, invite
from tests.api.pages.desk.sample_way import call_off_as_buddy, counts, files, next_week
from tests.api.pages.desk.test_desk_path import accept_re_plan, plan_and_publish
from tests.drawn import at_night


@pytest.fixture
def saxon_files(tmp_path: Path) -> Path:
    folder = tmp_path / "saxony" / "office"
    write_template(folder, "SN", next_week())
    return folder


@pytest.mark.skipif(not at_night(), reason="by day the sample goes this way, and Saxony over HTTP")
def test_an_office_in_saxony_works_at_the_desk(browser: Browser, empty: str, saxon_files: Path) -> None:
    week = next_week()
    with at_desk(browser, empty) as office, at_desk(browser, empty) as phone:
        page = office.new_page()
        sign_in(page, OFFICE)
        import_files(page, saxon_files, week)
        match(page)
        plan_and_publish(page)
        name = next(csv.DictReader((saxon_files / "buddies.csv").open(encoding="utf-8-sig", newline="")))[
            "name"
        ]
        reader = phone.new_page()
        accept(reader, invite(page, name)[0], name)
        accept_re_plan(page, call_off_as_buddy(reader, week))
        plans = page.request.get("/api/v1/plans").json()["items"]
        newest = next(each["id"] for each in plans if each["state"] == "published")
        for kind in ("xlsx", "geojson"):
            assert page.request.get(f"/api/v1/plans/{newest}/exports/{kind}").ok


def import_files(page: Page, folder: Path, week: str) -> None:
    ready(page, "import")
    page.get_by_label("Dateien").set_input_files(files(folder))
    page.get_by_label("Planung ab Woche").fill(week)
    page.get_by_role("button", name="Prüfen", exact=True).click()
    expect(page.get_by_text(f"Die Dateien passen: {counts(folder)}.")).to_be_visible(timeout=JOB_MS)
    page.get_by_role("button", name="Übernehmen").click()
    expect(page.get_by_text(f"Übernommen: {counts(folder)}.")).to_be_visible(timeout=JOB_MS)


def match(page: Page) -> None:
    """The districts that are shown are those of Saxony."""
    page.get_by_role("link", name="Weiter zur Zuordnung").click()
    ready(page)
    page.get_by_role("button", name="Zuordnung starten").click()
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    gazetteer = shipped_sources("SN").gazetteer
    names = {gazetteer.district_name(district.ags) for district in gazetteer.districts()}
    content = page.content()
    assert any(name in content for name in names) and "Altmarkkreis" not in content
