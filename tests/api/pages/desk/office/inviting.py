"""Inviting buddies at the desk, and accepting on a phone, as people do."""

from playwright.sync_api import Page, expect

from tests.api.pages.desk.conftest import ready
from tests.api.pages.small_office import PASSWORD


def invite(page: Page, *names: str) -> list[str]:
    """Invite buddies by their names at the desk, and return their links."""
    ready(page, "invitations")
    for name in names:
        page.get_by_role("checkbox", name=f"{name} einladen").check()
    page.get_by_role("button", name="Ausgewählte einladen").click()
    return [link_of(page, name) for name in names]


def link_of(page: Page, name: str) -> str:
    """The link that the desk tells once."""
    return page.get_by_role("textbox", name=f"Link für {name}").input_value()


def accept(phone: Page, link: str, name: str, password: str = PASSWORD) -> None:
    """Open a link, and choose a password."""
    phone.goto(link)
    expect(phone.get_by_text("Diese Einladung ist für")).to_contain_text(name)
    phone.get_by_label("Ihr neues Passwort").fill(password)
    phone.get_by_role("button", name="Passwort festlegen und anmelden").click()
