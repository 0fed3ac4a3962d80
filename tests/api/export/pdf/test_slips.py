"""Slips of invitations: one for each person, with a QR code of the link, in every language."""

import re
from datetime import date

import pytest
import segno

from api.export.pdf import slips as module
from api.export.pdf.slips import Slip, slips_pdf
from api.words.language import Language

CODE = "ABCD-EFGH-IJKL-MNOP-QRST-UVWX"
LINK = f"https://plan.example.org/invitation#{CODE}"
TWO = (
    Slip("Anna Ahorn", "anna", LINK, date(2026, 12, 7)),
    Slip("فاطمة Öztürk", "b002", LINK, date(2026, 12, 7)),
)


def test_a_slip_names_person_login_code_and_last_day_in_every_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = []
    monkeypatch.setattr(module, "pdf_of", lambda *given: told.append(given[2]) or b"")
    slips_pdf(TWO, "de")
    first = told[0]["slips"][0]
    assert (first["name"], first["login"], first["code"]) == ("Anna Ahorn", "anna", CODE)
    assert first["address"] == "https://plan.example.org/invitation"
    assert [each["until"].replace("\xa0", " ") for each in first["words"]] == [
        "gültig bis 7. Dezember 2026, einmal",
        "valid until 7 December 2026, once",
    ]
    assert all(len(each["steps"]) == 3 for each in first["words"])


def test_the_picture_is_the_link_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = []
    plain = segno.make
    monkeypatch.setattr(segno, "make", lambda text, **given: drawn.append(text) or plain(text, **given))
    slips_pdf(TWO[:1], "de")
    assert drawn == [LINK]


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_same_slips_are_the_same_bytes_and_four_fit_a_page(language: Language) -> None:
    made = slips_pdf(TWO * 4, language)
    assert made.startswith(b"%PDF") and made == slips_pdf(TWO * 4, language)
    assert re.search(rb"/Count (\d+)", made)[1] == b"2"  # type: ignore[index]
