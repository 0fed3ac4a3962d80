"""Two coordinators work on one company: both changes are kept, or both values stand there to choose from."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.api.pages.conftest import Opener
from tests.api.pages.desk.conftest import SCREEN, ready

COMPANY = "companies/metall"


@pytest.fixture
def pair(by: Opener) -> Iterator[tuple[Page, Page]]:
    """The pages of two coordinators, each with the company open; what they change is undone."""
    pages = by("coordinator", viewport=SCREEN), by("colleague", viewport=SCREEN)
    for page in pages:
        ready(page, COMPANY)
    yield pages
    last = pages[0]
    ready(last, COMPANY)
    save(last, employees="", contact_phone="0391 555002")


def save(page: Page, **values: str) -> None:
    for name, text in values.items():
        page.locator(f"[name={name}]").fill(text)
    page.get_by_role("button", name="Speichern").click()


def test_the_second_chooses_between_both_values(pair: tuple[Page, Page]) -> None:
    first, second = pair
    save(first, employees="11")
    expect(first.locator(".saved")).to_contain_text("→ 11")
    save(second, employees="12", contact_phone="0391 1")
    clash = second.locator("form.entry")
    expect(clash).to_contain_text("koordination hat diesen Eintrag geändert")
    expect(clash.get_by_role("group")).to_have_count(1)
    expect(clash.get_by_role("radio", name="Jetzt, von koordination")).not_to_be_checked()
    mine = clash.get_by_role("radio", name="Ihre Eingabe 12")
    expect(mine).to_be_checked()
    expect(mine).to_be_focused()
    clash.get_by_role("radio", name="Jetzt, von koordination").check()
    clash.get_by_role("button", name="Mit dieser Auswahl speichern").click()
    expect(second.locator(".saved")).to_contain_text("→ 0391 1")
    assert second.locator("[name=employees]").input_value() == "11"
    assert second.locator("[name=contact_phone]").input_value() == "0391 1"


def test_who_insists_has_the_last_word(pair: tuple[Page, Page]) -> None:
    first, second = pair
    save(first, employees="21")
    expect(first.locator(".saved")).to_contain_text("→ 21")
    save(second, employees="22")
    second.get_by_role("button", name="Mit dieser Auswahl speichern").click()
    expect(second.locator(".saved")).to_contain_text("21 → 22")


def test_changes_of_other_fields_are_kept_without_asking(pair: tuple[Page, Page]) -> None:
    first, second = pair
    save(first, employees="31")
    expect(first.locator(".saved")).to_contain_text("→ 31")
    save(second, contact_phone="0391 2")
    expect(second.locator(".saved")).to_contain_text("→ 0391 2")
    assert second.locator("[name=employees]").input_value() == "31"
