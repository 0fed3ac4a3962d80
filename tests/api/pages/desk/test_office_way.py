"""The whole way of an office by browser alone, from nothing to a buddy who hands over: by mouse, and by keys.

Only the list's file is set by the test, as the dialog for files belongs to the system.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.api.http.test_office_by_hand import FAULTS, MONDAY, TODAY, TOWNS, in_the_list
from tests.api.pages.browsing import need_chromium
from tests.api.pages.desk.conftest import JOB_MS, OFFICE, at_desk, empty_service, ready, told
from tests.api.pages.desk.hands import Hand, Keys, Mouse, go_to, go_to_row
from tests.api.pages.desk.office_lists import of_the_office
from tests.api.pages.small_office import PASSWORD


@pytest.fixture
def office(empty_database_url: str, tmp_path: Path, browser: Browser) -> Iterator[Page]:
    need_chromium()
    with empty_service(tmp_path, empty_database_url) as url, at_desk(browser, url) as opened:
        yield opened.new_page()


@pytest.mark.parametrize(
    ("empty_database_url", "hand"),
    [pytest.param("sqlite", Mouse(), id="mouse"), pytest.param("postgresql", Keys(), id="keys")],
    indirect=["empty_database_url"],
)
def test_an_office_goes_its_whole_way_by_browser(office: Page, hand: Hand, tmp_path: Path) -> None:
    begun(hand, office)
    taken_from_a_list(hand, office, of_the_office(tmp_path))
    first_published(hand, office)
    by_phone(hand, office)
    away_and_covered(hand, office)
    grown(hand, office)
    invited(hand, office)
    leaving(hand, office)
    undone(hand, office)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True).first


def begun(hand: Hand, page: Page) -> None:
    """A programme, a company, a host and a buddy, each by its form."""
    page.goto("/sign-in")
    hand.write(page.locator("[name=login]"), OFFICE)
    hand.write(page.locator("[name=password]"), PASSWORD)
    hand.press(page.locator("form[action='/sign-in'] button"))
    ready(page)
    hand.press(page.get_by_role("link", name="Ohne Dateien beginnen"))
    page.wait_for_url("**/desk/begin*")
    ready(page)
    hand.choose(page.get_by_label("Bundesland"), "Sachsen-Anhalt")
    hand.press(button(page, "Beginnen"))
    page.wait_for_url("**/desk/companies/~new*")
    ready(page)
    entered(hand, page, name="Werk 0", postcode="06108", town="Halle")
    new(hand, page, "hosts")
    entered(hand, page, name="Handwerkskammer")
    new(hand, page, "buddies")
    entered(hand, page, name="Ada Amsel", postcode="06108", town="Halle")


def new(hand: Hand, page: Page, entity: str) -> None:
    go_to(hand, page, entity)
    hand.press(page.locator(f".desk-body a[href*='{entity}/~new']").first)
    page.wait_for_url(f"**/desk/{entity}/~new*")
    ready(page)


def entered(hand: Hand, page: Page, **values: str) -> None:
    for name, value in values.items():
        hand.write(page.locator(f"[name={name}]").first, value)
    hand.press(button(page, "Speichern"))
    expect(page.locator(".saved")).to_contain_text(f"{values['name']}")


def taken_from_a_list(hand: Hand, page: Page, book: Path) -> None:
    """Five faults are told beside their cells, and corrected there."""
    go_to(hand, page, "import")
    page.get_by_label("Dateien").set_input_files(book)
    hand.press(button(page, "Prüfen"))
    for at, (column, wrong) in FAULTS.items():
        row = page.get_by_role("row").filter(has=page.locator(f"input.corrected[value='{wrong}']"))
        expect(row).to_contain_text(str(at + 2))
        hand.write(row.locator("input.corrected"), in_the_list(at)[column])
    hand.press(button(page, "Mit den Berichtigungen prüfen"))
    expect(page.get_by_text("Die Dateien passen: ")).to_be_visible()
    expect(page.locator("input.corrected")).to_have_count(len(FAULTS))
    hand.press(button(page, "Übernehmen"))
    expect(page.get_by_text("Übernommen: ")).to_be_visible(timeout=JOB_MS)


def first_published(hand: Hand, page: Page) -> None:
    """Match, adopt, plan, publish."""
    go_to(hand, page, "matching")
    hand.press(button(page, "Zuordnung starten"))
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    card = page.locator(".adoption")
    hand.press(card.get_by_role("button", name="Übernehmen"))
    expect(card).to_contain_text("Übernommen ab")
    planned(hand, page)


def planned(hand: Hand, page: Page, weeks: str = "1") -> None:
    go_to(hand, page, "weeks")
    hand.choose(page.get_by_label("Wie viele Wochen"), weeks)
    hand.press(button(page, "Planen"))
    told(page, "Der Entwurf ist da.", JOB_MS)
    hand.press(button(page, "Veröffentlichen"))
    told(page, "Veröffentlicht.")


def by_phone(hand: Hand, page: Page) -> None:
    """A company phones: it is entered, its three best buddies are told with prices, and one is given."""
    new(hand, page, "companies")
    postcode, town = TOWNS[0]
    entered(hand, page, name="Anruf & Co", postcode=postcode, town=town)
    cards = page.locator(".candidates > li")
    expect(cards.first).to_contain_text("Erster Besuch")
    expect(page.locator(".question").first).to_contain_text("Dafür wechseln 0 andere Betriebe.")
    hand.press(cards.first.get_by_role("button"))
    expect(page.locator(".saved")).to_contain_text("betreut Anruf & Co ab")


def away_and_covered(hand: Hand, page: Page) -> None:
    """Ada is away from Tuesday: a colleague covers all her companies, and the weeks are planned again."""
    go_to(hand, page, "absences")
    tuesday, friday = (MONDAY + timedelta(days=days) for days in (1, 4))
    hand.press(page.locator("[data-row='0'][data-column='0']"))
    expect(page.locator(".settling h2")).to_have_text("Abwesenheit von Ada Amsel")
    hand.write(page.get_by_label("Letzter Tag"), friday.isoformat())
    hand.write(page.get_by_label("Erster Tag"), tuesday.isoformat())
    expect(page.locator(".settling summary")).to_contain_text("einzeln")  # her companies of that day
    hand.choose(page.get_by_label("Feste Vertretung in dieser Zeit"), "Bo Buche")
    hand.press(button(page, "Eintragen"))
    told(page, "zählt ab jetzt")
    covers = page.request.get("/api/v1/register/relations", params={"role": "cover"}).json()["items"]
    assert {(each["values"]["from"], each["values"]["to"]) for each in covers} == {
        (tuesday.isoformat(), friday.isoformat())
    }


def grown(hand: Hand, page: Page) -> None:
    """A company has no buddy as Cem has eight: a button makes it nine, and the next matching uses it."""
    go_to(hand, page, "matching")
    hand.choose(page.locator(".filters select").first, "ohne Buddy")
    hand.press(page.locator("tr[data-row] [data-act='why']").first)
    remedy = page.get_by_role("button", name="Übernehmen: Cem Cirrus: 9 statt 8 Betriebe")
    hand.press(remedy)
    hand.press(page.locator(".taken").get_by_role("button").first)
    told(page, "Die neue Zuordnung ist da.", JOB_MS)
    planned(hand, page, "4")  # a company is due once in four weeks
    go_to_row(hand, page, "buddies", "Cem Cirrus")
    expect(page.locator(".meter").first).to_contain_text("von 9 Betrieben")
    cem = page.url.partition("?")[0].rpartition("/")[2]
    rows = page.request.get("/api/v1/register/relations", params={"buddy": cem, "role": "main"}).json()
    assert sum("to" not in each["values"] for each in rows["items"]) == 9
    go_to_row(hand, page, "companies", "Anruf & Co")
    visits = page.locator(".belongs", has_text="Nächste Besuche").locator("tbody tr")
    expect(visits.first).to_be_visible()


def invited(hand: Hand, page: Page) -> None:
    """Five buddies get a link and a slip."""
    go_to(hand, page, "invitations")
    boxes = page.get_by_role("checkbox", name=" einladen")
    for number in range(5):
        hand.tick(boxes.nth(number))
    hand.press(button(page, "Ausgewählte einladen"))
    expect(page.get_by_role("textbox", name="Link für")).to_have_count(5)


def leaving(hand: Hand, page: Page) -> None:
    """A buddy leaves in six weeks: successors are proposed, and taken together."""
    go_to_row(hand, page, "buddies", "Cem Cirrus")
    hand.press(page.get_by_role("link", name="Verlässt uns am …"))
    page.wait_for_url("**/leaving*")
    ready(page)
    hand.write(page.locator("input[type=date]").first, (TODAY + timedelta(weeks=6)).isoformat())
    hand.press(button(page, "Nachfolge vorschlagen"))
    expect(page.locator(".leaving h2")).to_contain_text("zu übergeben")
    hand.press(button(page, "Alles zusammen übernehmen"))
    expect(page.locator(".leaving h2")).to_contain_text("Übernommen: letzter Arbeitstag")


def undone(hand: Hand, page: Page) -> None:
    """A wrong edit is taken back where it is told."""
    go_to_row(hand, page, "companies", "Betrieb 02")
    hand.write(page.locator("[name=employees]"), "900")
    hand.press(button(page, "Speichern"))
    expect(page.locator(".saved")).to_contain_text("→ 900")
    hand.press(page.locator(".saved").get_by_role("button", name="Rückgängig"))
    expect(page.locator(".saved")).to_contain_text("Rückgängig gemacht")
    expect(page.locator("[name=employees]")).to_have_value("12")
