"""From the desk to the phone: two buddies are invited, one chooses a password and sees the own week."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from api.pages.buddy.view import today
from api.service.wiring import wired
from data.store.people.tokens import secret_hash
from data.store.tables import schema as s
from tests.api.jobs.small_service import answers, eventually, free_port, serving
from tests.api.pages.axe import violations, with_axe
from tests.api.pages.browsing import PHONE, context, sign_in
from tests.api.pages.conftest import Opener
from tests.api.pages.desk.conftest import SCREEN, START_S, at_desk, ready, told
from tests.api.pages.desk.office.inviting import accept, invite, link_of
from tests.api.pages.small_office import PASSWORD, open_office, settings_for

BUDDIES = ("anna", "bert")
ANNA, BERT = "Anna Ahorn", "Bert Birke"


@dataclass(frozen=True)
class Place:
    """A service with a published plan, whose buddies are no users, and its folder."""

    url: str
    folder: Path

    def holds(self, text: str) -> bool:
        """Whether a file of the service, its log among them, holds a text."""
        return any(text.encode() in each.read_bytes() for each in self.folder.rglob("*") if each.is_file())


@pytest.fixture
def place(browser: Browser, tmp_path: Path) -> Iterator[Place]:
    settings = settings_for(tmp_path, free_port())
    open_office(settings, today())
    service = wired(settings)
    with service.store.writing() as c:
        c.execute(s.user.delete().where(s.user.c.buddy.in_(BUDDIES)))
    service.close()
    with serving(settings, tmp_path / "log"):
        eventually(lambda: answers(settings.port), START_S)
        yield Place(f"http://127.0.0.1:{settings.port}", tmp_path)


def test_two_are_invited_and_one_reaches_the_own_week(browser: Browser, place: Place) -> None:
    with (
        at_desk(browser, place.url, bypass_csp=True) as office,
        context(browser, place.url, bypass_csp=True, viewport=PHONE) as pocket,
    ):
        page, phone = with_axe(office), with_axe(pocket)
        sign_in(page, "koordination")
        anna, bert = invite(page, ANNA, BERT)
        assert violations(page) == ""
        expect(page.get_by_role("heading", name="2 Einladungen")).to_be_focused()
        mail = page.get_by_label("Zum Kopieren").first.input_value()
        assert anna in mail and "Ihr Anmeldename ist anna." in mail and "Your login is anna." in mail
        with page.expect_download() as slips:
            page.get_by_role("button", name="Zettel als PDF").click()
        assert slips.value.path().read_bytes().startswith(b"%PDF")
        code = anna.partition("#")[2]
        # A scanner of mail opens the link, and looks at what a form would.
        assert phone.request.get(anna).ok and code not in phone.request.get(anna).text()
        arrive(phone, place, anna, code)
        states(page, anna="angenommen", bert="offen")
        renew_and_take_back(page, phone, bert)
        assert not place.holds(code) and not place.holds(code.replace("-", ""))
        assert place.holds(secret_hash(code.replace("-", "")))


def arrive(phone: Page, place: Place, link: str, code: str) -> None:
    """Choose a password on the phone: nothing that is sent has the code in its address or referrer."""
    sent: list[tuple[str, str]] = []
    phone.on("request", lambda each: sent.append((each.url, each.headers.get("referer", ""))))
    accept(phone, link, ANNA, "annaannaanna")
    expect(phone.get_by_role("alert")).to_contain_text("nicht leicht zu erraten")
    assert phone.url == f"{place.url}/invitation/password" and violations(phone) == ""
    phone.get_by_label("Ihr neues Passwort").fill(PASSWORD)
    phone.get_by_role("button", name="Passwort festlegen und anmelden").click()
    expect(phone).to_have_url(f"{place.url}/me/today")
    phone.goto("/me/week")
    expect(phone.locator("main a.stop").first).to_be_visible()
    assert len(sent) > 4 and not any(code in url.partition("#")[0] + referer for url, referer in sent)
    phone.goto(link)
    expect(phone.get_by_role("alert")).to_contain_text("wurde schon angenommen")
    # An answer still on its way would bring a cookie of before, to which the next form does not belong.
    phone.goto("about:blank")
    phone.context.clear_cookies()
    sign_in(phone, "anna")
    expect(phone).to_have_url(f"{place.url}/me/today")


def states(page: Page, **expected: str) -> None:
    """Check the list of invitations by login."""
    ready(page, "invitations")
    made = page.get_by_role("region", name="Ausgesprochen").get_by_role("row")
    for login, state in expected.items():
        expect(made.filter(has=page.get_by_role("cell", name=login, exact=True))).to_contain_text(state)


def renew_and_take_back(page: Page, phone: Page, link: str) -> None:
    """A new link ends the former one, and taking it back offers the buddy again."""
    page.get_by_role("button", name="Neuer Link für bert").click()
    renewed = link_of(page, BERT)
    assert renewed != link
    phone.goto(link)
    expect(phone.get_by_role("alert")).to_contain_text("durch einen neueren ersetzt")
    page.get_by_role("button", name="Einladung von bert zurücknehmen").click()
    told(page, "Die Einladung von bert ist zurückgenommen.")
    expect(page.get_by_role("button", name="1 Job-Buddy einladen")).to_be_visible()
    phone.goto(renewed)
    expect(phone.get_by_role("alert")).to_contain_text("zurückgenommen")


def test_a_code_can_be_typed_without_script_and_the_language_changed(by: Opener) -> None:
    office = by("coordinator", viewport=SCREEN)
    ready(office, "users")
    office.get_by_role("button", name="auswertung ändern").click()
    office.get_by_role("button", name="Link für ein neues Passwort").click()
    code = link_of(office, "auswertung").partition("#")[2]
    phone = by("nobody", java_script_enabled=False)
    phone.goto("/invitation")
    phone.get_by_label("Code der Einladung").fill(code.lower())
    phone.get_by_role("button", name="Weiter").click()
    expect(phone.get_by_label("Anmeldename")).to_have_value("auswertung")
    other = by("nobody")
    other.goto(f"/invitation#{code}")
    expect(other.get_by_label("Anmeldename")).to_have_value("auswertung")
    other.get_by_role("link", name="English").click()
    expect(other.get_by_label("Login")).to_have_value("auswertung")
    office.goto("/desk/invitations")
    ready(office)
    office.get_by_role("button", name="Einladung von auswertung zurücknehmen").click()
    told(office, "Die Einladung von auswertung ist zurückgenommen.")


def test_the_coordinator_of_another_host_invites_nobody(by: Opener) -> None:
    page = by("host", viewport=SCREEN)
    ready(page, "invitations")
    expect(page.get_by_text("Alle Job-Buddys sind eingeladen")).to_be_visible()
    expect(page.get_by_role("heading", name="Jemand anderen einladen")).to_be_hidden()


def test_somebody_else_is_invited_by_login_and_role(by: Opener) -> None:
    page = by("coordinator", viewport=SCREEN)
    ready(page, "invitations")
    page.get_by_label("Anmeldename", exact=True).fill("zweite@example.org")
    page.get_by_label("Rolle").select_option("Koordination")
    page.get_by_label("Nur für den Träger").select_option("Handwerkskammer Musterstadt")
    page.get_by_role("button", name="Einladen", exact=True).click()
    assert "/invitation#" in link_of(page, "zweite@example.org")
    users = page.request.get("/api/v1/users?limit=200").json()["items"]
    made = next(each for each in users if each["login"] == "zweite@example.org")
    assert (made["role"], made["host"]) == ("coordinator", "kammer")
    page.get_by_role("button", name="Einladung von zweite@example.org zurücknehmen").click()
    told(page, "Die Einladung von zweite@example.org ist zurückgenommen.")
