"""What the desk answers in seconds: who takes a company on, what an absence hits, what is possible."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready, told
from tests.api.pages.desk.keys import enter_at, tab_to
from tests.api.pages.desk.register.test_rows import save

UNKNOWN = "Betrieb,PLZ,Ort,Was die machen\nFeinkost Krebs,39104,Magdeburg,Gastronomie\n"


def test_a_new_company_gets_its_buddy_by_one_key_and_it_can_be_undone(desk: Page) -> None:
    ready(desk, "companies/~new")
    desk.locator("[name=name]").fill("Konditorei Sahne")
    desk.locator("[name=postcode]").fill("39104")
    desk.locator("[name=town]").fill("Magdeburg")
    desk.locator("[name=sector]").fill("C10 Nahrungsmittel")
    save(desk)
    expect(desk.locator(".saved")).to_contain_text("Eingetragen: Betrieb Konditorei Sahne")
    card = desk.locator(".candidates > li").first
    expect(card).to_contain_text("Anna Ahorn")
    for part in ("Erster Besuch", "einfach", "von 7 Betrieben", "Betriebe ohne Buddy, gewichtet"):
        expect(card).to_contain_text(part)
    expect(desk.locator(".question")).to_contain_text("Dafür wechseln 0 andere Betriebe.")
    assert desk.locator("[name=sector]").input_value() == "C10 Nahrungsmittel"
    enter_at(desk, ".candidates li:first-child button")
    saved = desk.locator(".saved")
    expect(saved).to_contain_text("Anna Ahorn betreut Konditorei Sahne ab")
    expect(saved).to_be_focused()
    expect(desk.locator(".glance")).to_contain_text("Anna Ahorn")
    expect(desk.locator(".candidates")).to_have_count(0)
    saved.get_by_role("button", name="Rückgängig").click()
    expect(desk.locator(".saved")).to_contain_text("Rückgängig gemacht")
    expect(desk.locator(".glance")).not_to_contain_text("Anna Ahorn")
    desk.get_by_role("button", name="Entfernen").click()
    desk.get_by_role("button", name="Ja, entfernen").click()
    expect(desk.locator(".empty")).to_contain_text("gibt es nicht mehr")


def test_an_absence_and_a_change_are_weighed_before_they_are_entered(desk: Page) -> None:
    ready(desk, "buddies/anna")
    expect(desk.locator(".meter").first).to_contain_text("von 7 Betrieben")
    day = desk.locator(".belongs", has_text="Nächste Besuche").locator("tbody tr")
    assert day.count() > 0
    tab_to(desk, ".question input[type=date]")
    desk.get_by_label("Erster Tag").fill("2026-01-05")
    desk.get_by_label("Letzter Tag").fill("2026-01-09")
    enter_at(desk, ".question .row button")
    expect(desk.locator(".question .told")).to_be_visible()
    desk.locator("[name=max_companies]").fill("9")
    enter_at(desk, "form.entry button[value=try]")
    expect(desk.locator(".tried h2")).to_be_focused()
    expect(desk.locator(".tried")).to_contain_text("Danach: ")
    expect(desk.locator(".tried")).to_contain_text("Nichts davon ist gespeichert.")
    assert desk.locator("[name=max_companies]").input_value() == "9"
    anna = desk.request.get("/api/v1/register/buddies/anna").json()["values"]
    assert anna["max_companies"] == 7
    desk.locator("[name=max_companies]").fill("viele")
    enter_at(desk, "form.entry button[value=try]")
    expect(desk.locator("#row-max_companies-wrong")).to_contain_text("„viele“")
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.get_by_role("button", name="Abbrechen").click()
    expect(desk.locator("form.entry[data-dirty]")).to_have_count(0)


def test_what_an_unknown_header_means_is_chosen_from_a_list(desk: Page, tmp_path: Path) -> None:
    file = tmp_path / "betriebe.csv"
    file.write_text(UNKNOWN, encoding="utf-8")
    ready(desk, "import")
    desk.set_input_files("#import-files", file)
    desk.get_by_role("button", name="Prüfen", exact=True).click()
    choice = desk.get_by_label("Was „Was die machen“ bedeutet")
    expect(choice).to_have_value("")
    expect(desk.locator("body")).to_contain_text("ist keine Spalte dieser Tabelle")
    choice.select_option(label="Branche")
    desk.get_by_role("button", name="Mit dieser Auswahl prüfen").click()
    expect(desk.locator("body")).not_to_contain_text("ist keine Spalte dieser Tabelle")
    expect(choice).to_have_value("sector")


def test_a_scenario_is_looked_at_before_it_is_adopted(desk: Page) -> None:
    change = {"kind": "change_buddies", "buddies": ["anna"], "fields": {"max_companies": 9}}
    asked = {"name": "Neun Plätze", "changes": [change]}
    made = desk.request.post("/api/v1/scenarios", data=asked, headers={"X-Requested-With": "test"})
    assert made.status == 201, made.text()
    ready(desk, "scenarios")
    desk.get_by_role("button", name="„Neun Plätze“ in die Stammdaten übernehmen").click()
    shown = desk.locator(".adopting")
    expect(shown).to_contain_text("Anna Ahorn: Betriebe höchstens: 7 → 9")
    shown.get_by_role("button", name="Jetzt übernehmen").click()
    expect(desk.locator(".notice")).to_contain_text("„Neun Plätze“ übernommen: 1 Eintrag.")
    desk.get_by_role("button", name="Rückgängig").click()
    told(desk, "Rückgängig gemacht")
    anna = desk.request.get("/api/v1/register/buddies/anna").json()["values"]
    assert anna["max_companies"] == 7
