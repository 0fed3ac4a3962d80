"""The year of absences at the desk: what a buddy asked for is confirmed with a cover, all by keyboard."""

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready

HEADERS = {"X-Requested-With": "test"}


def test_what_was_asked_for_is_confirmed_with_a_cover(desk: Page) -> None:
    page, rows = desk, "/api/v1/register"
    main = {"company": "baecker", "buddy": "anna", "from": "2026-01-05"}
    asked = {"who": "anna", "from": "2027-07-05", "to": "2027-07-09", "state": "asked"}
    for entity, values in (("relations", main), ("availability", asked)):
        made = page.request.post(f"{rows}/{entity}", data=values, headers=HEADERS)
        assert made.ok, made.text()
    ready(page, "absences?year=2027")
    cell = page.get_by_role("button", name="KW 27")
    week = cell.filter(has_text="?")
    expect(week).to_have_text("5?")
    page.get_by_role("button", name="Antrag von Anna Ahorn ansehen").press("Enter")
    expect(page.locator(".settling h2")).to_have_text("Abwesenheit von Anna Ahorn")
    page.get_by_label("Feste Vertretung in dieser Zeit").select_option("bert")
    page.get_by_role("button", name="Bestätigen").press("Enter")
    expect(page.locator(".status")).to_contain_text("zählt ab jetzt")
    expect(page.locator("td.is-confirmed button")).to_have_text("5")
    found = page.request.get(f"{rows}/relations", params={"role": "cover"}).json()["items"]
    assert [each["values"] for each in found] == [
        {
            "company": "baecker", "buddy": "bert", "role": "cover", "from": "2027-07-05", "to": "2027-07-09",
        }
    ]  # fmt: skip
    (newest, *_) = page.request.get("/api/v1/changes").json()["items"]
    assert {each["entity"] for each in newest["changes"]} == {"availability", "relations"}


def test_arrow_keys_move_among_weeks_and_enter_opens_one(desk: Page) -> None:
    page = desk
    ready(page, "absences?year=2027")
    page.locator("[data-row='0'][data-column='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".settling h2")).to_contain_text("Abwesenheit von Bert")
    expect(page.get_by_label("Erster Tag")).to_have_value("2027-01-11")
    page.get_by_role("button", name="Eintragen").press("Enter")
    expect(page.locator("[data-row='1'][data-column='1']")).to_have_text("5")
