"""Rows by form: a new company with its care, what belongs to it in place, and what is not one's own."""

from playwright.sync_api import Page, expect

from tests.api.pages.conftest import Opener
from tests.api.pages.desk.conftest import SCREEN, ready


def save(page: Page) -> None:
    page.get_by_role("button", name="Speichern").click()


def test_a_new_company_brings_groups_rhythm_and_buddy(desk: Page) -> None:
    ready(desk, "companies/~new")
    desk.locator("[name=name]").fill("Konditorei Sahne")
    desk.locator("[name=postcode]").fill("06108")
    desk.locator("[name=town]").fill("Halle (Saale)")
    desk.locator("[name=specialists]").fill("ar:drei")
    desk.locator("[name=buddy]").select_option(label="Bert Birke")
    desk.locator("[name=visits_per_4_weeks]").fill("2")
    save(desk)
    expect(desk.locator("#row-specialists-wrong")).to_contain_text("„ar:drei“")
    assert desk.locator("[name=name]").input_value() == "Konditorei Sahne"
    assert desk.locator("[name=buddy]").input_value() == "bert"
    desk.locator("[name=specialists]").fill("ar:3 uk/ru:1")
    save(desk)
    expect(desk.locator(".saved")).to_contain_text(
        "Eingetragen: Betrieb Konditorei Sahne, mit 4 weiteren Einträgen."
    )
    expect(desk.get_by_role("heading", level=1)).to_have_text("Konditorei Sahne")
    assert desk.url.endswith("/desk/companies/c0001")
    groups = desk.locator(".belongs", has_text="Arabisch")
    expect(groups).to_contain_text("Russisch oder Ukrainisch")
    expect(desk.locator(".belongs", has=desk.get_by_role("link", name="Bert Birke"))).to_be_visible()
    desk.get_by_role("button", name="Rückgängig").first.click()
    expect(desk.locator(".empty")).to_contain_text("Den Eintrag „c0001“ gibt es nicht mehr")


def test_what_belongs_to_a_company_is_added_changed_and_removed_in_place(desk: Page) -> None:
    ready(desk, "companies/dach")
    absences = desk.locator(".belongs", has=desk.get_by_role("heading", name="Abwesenheiten"))
    absences.get_by_role("button", name="Abwesenheit hinzufügen").click()
    form = absences.locator("form.entry")
    expect(form.locator("[name=from]")).to_be_visible()
    form.locator("[name=from]").fill("2026-12-21")
    form.locator("[name=to]").fill("2026-12-01")
    form.get_by_role("button", name="Speichern").click()
    expect(form.locator(".field-wrong")).to_have_count(1)
    form.locator("[name=to]").fill("2026-12-31")
    form.get_by_role("button", name="Speichern").click()
    expect(desk.locator(".saved")).to_contain_text("Eingetragen: Abwesenheit: Dachdeckerei Ziegel.")
    expect(absences).to_contain_text("31.12.2026")
    absences.get_by_role("button", name="ändern").click()
    form.locator("[name=to]").fill("2026-12-24")
    form.get_by_role("button", name="Speichern").click()
    expect(absences).to_contain_text("24.12.2026")
    absences.get_by_role("button", name="ändern").click()
    form.get_by_role("button", name="Entfernen").click()
    form.get_by_role("button", name="Ja, entfernen").click()
    expect(absences).to_contain_text("Keine Abwesenheit.")
    expect(desk.locator(".changes-of li").first).to_contain_text("Abwesenheit")


def test_who_leaves_a_form_with_unsaved_input_is_asked(desk: Page) -> None:
    ready(desk, "companies/holz")
    asked: list[str] = []

    def answer(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    desk.on("dialog", answer)
    employees = desk.locator("[name=employees]")
    before = employees.input_value()
    employees.fill("77")
    desk.get_by_role("button", name="Abbrechen").click()
    assert asked == ["confirm"] and employees.input_value() == "77"
    desk.remove_listener("dialog", answer)
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="Abbrechen").click()
    expect(employees).to_have_value(before)
    expect(desk.locator("form.entry[data-dirty]")).to_have_count(0)


def test_a_new_address_is_looked_up_anew(desk: Page) -> None:
    ready(desk, "companies/wind")
    desk.locator("[name=postcode]").fill("6108")
    desk.locator("[name=town]").fill("Halle (Saale)")
    save(desk)
    expect(desk.locator(".row-head")).to_contain_text("Halle (Saale)")
    expect(desk.locator(".saved li")).to_contain_text(["Windkraft Nord, Postleitzahl:„6108“"])
    assert desk.locator("[name=postcode]").input_value() == "06108"
    desk.get_by_role("button", name="Rückgängig").first.click()
    expect(desk.locator(".row-head")).to_contain_text("Stendal")


def test_a_coordinator_of_one_host_reads_what_is_not_the_hosts_own(by: Opener) -> None:
    page = by("chamber", viewport=SCREEN)
    ready(page, "buddies/anna")
    expect(page.locator("form.entry")).to_have_count(0)
    text = page.locator("main").inner_text()
    assert "Anna Ahorn" in text and "kann ihn, wer für ihn zuständig ist" in text
    for hidden in ("Straße und Hausnummer", "Breitengrad"):
        assert hidden not in text
    assert page.get_by_role("button", name="hinzufügen").count() == 0
    ready(page, "companies/pflege")
    page.locator("[name=employees]").fill("8")
    save(page)
    expect(page.locator(".saved")).to_contain_text("→ 8")
    page.get_by_role("button", name="Rückgängig").first.click()
    expect(page.locator(".saved")).to_contain_text("Rückgängig gemacht")
    ready(page, "policy")
    expect(page.locator("form.entry")).to_have_count(0)
    ready(page, "places")
    expect(page.locator("a.new")).to_have_count(0)
