"""The rules at the desk: in words, in euros, and told apart from what is usual."""

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready


def test_rules_are_changed_by_form_and_undone(desk: Page) -> None:
    ready(desk, "policy")
    expect(desk.get_by_text("Üblich: 75 Minuten.")).to_be_visible()
    desk.get_by_label("Längster Weg zu einem Betrieb (Minuten)").fill("weit")
    desk.get_by_role("button", name="Speichern").click()
    expect(desk.locator("#rule-max_one_way_min-wrong")).to_be_visible()
    desk.get_by_label("Längster Weg zu einem Betrieb (Minuten)").fill("60")
    desk.get_by_label("Kosten eines Kilometers (Euro)").fill("0,38")
    desk.get_by_label("Geschlossene Tage").fill("24.12.2026, 31.12.2026")
    desk.get_by_label("Erwartete Fahrt, min in vier Wochen: … und um Prozent").fill("3")
    desk.get_by_role("button", name="Speichern").click()
    saved = desk.locator(".saved")
    expect(saved).to_contain_text("Längster Weg zu einem Betrieb: – → 60")
    kept = desk.request.get("/api/v1/register/policy/policy").json()["values"]
    assert kept["cost_cents_per_km"] == "38"
    assert kept["closed_days"] == "[2026-12-24, 2026-12-31]"
    assert 'name = "travel_min", tolerance_percent = 3' in kept["objectives"]
    assert kept.get("min_cell") is None and kept.get("drift_days.weekly") is None
    desk.get_by_role("button", name="Rückgängig").first.click()
    expect(desk.get_by_label("Längster Weg zu einem Betrieb (Minuten)")).to_have_value("75")
