"""Lists of the register: what they show stands in the address; many rows are changed and undone at once."""

import re

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready

ROWS = "tr[data-row]"


def keys(page: Page) -> list[str]:
    """The ids of the rows that are shown."""
    return [str(row.get_attribute("data-row")) for row in page.locator(ROWS).all()]


def test_a_link_to_a_list_shows_what_was_sent(desk: Page) -> None:
    ready(desk, "companies?q=klinik+hotel&sort=-name")
    expect(desk.locator(".empty")).to_contain_text("Nichts gefunden")
    ready(desk, "companies?district=15090&sort=-name")
    assert keys(desk) == ["wind", "holz", "tief", "heim", "milch", "gast"]
    expect(desk.locator("th[aria-sort]")).to_have_attribute("aria-sort", "descending")
    assert desk.locator("select[name=district]").input_value() == "15090"
    expect(desk.locator("main p[role=status]").first).to_have_text("6 Treffer von 14")


def test_filters_and_sorting_go_back_and_forth(desk: Page) -> None:
    ready(desk, "companies")
    desk.locator("select[name=sector]").select_option("Q")
    expect(desk.locator(ROWS)).to_have_count(3)
    expect(desk).to_have_url(re.compile(r"/desk/companies\?sector=Q$"))
    desk.locator("thead a", has_text="Kreis").click()
    expect(desk).to_have_url(re.compile(r"sector=Q&sort=district$"))
    assert keys(desk) == ["klinik", "pflege", "heim"]
    desk.go_back()
    expect(desk).to_have_url(re.compile(r"sector=Q$"))
    expect(desk.locator("th[aria-sort]")).to_have_text("Name▴")
    desk.go_back()
    expect(desk.locator(ROWS)).to_have_count(14)
    assert desk.locator("select[name=sector]").input_value() == ""


def test_many_rows_are_changed_and_undone_at_once(desk: Page) -> None:
    ready(desk, "companies?district=15002")
    desk.locator("thead .tick").click()
    panel = desk.locator(".at-once-form")
    expect(panel).to_contain_text("4 Einträge ausgewählt")
    panel.get_by_label("Was ändern?").select_option("priority")
    panel.locator("input[name=priority]").fill("9")
    panel.get_by_role("button", name="Für 4 Einträge ändern").click()
    wrong = desk.locator(".status .wrong")
    expect(wrong).to_contain_text("4 Fehler; es wurde nichts eingetragen")
    expect(wrong.get_by_role("link", name="Klinik am Saaleufer, Dringlichkeit:")).to_be_visible()
    panel.locator("input[name=priority]").fill("5")
    panel.get_by_role("button", name="Für 4 Einträge ändern").click()
    expect(desk.locator(".saved")).to_contain_text("4 Einträge geändert.")
    figures = desk.locator(f"{ROWS} td.figure:nth-of-type(5)")
    expect(figures).to_have_text(["5"] * 4)
    desk.get_by_role("button", name="Rückgängig").click()
    expect(figures).to_have_text(["3"] * 4)
