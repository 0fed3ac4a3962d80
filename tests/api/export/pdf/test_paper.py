"""Any name prints: letters that a font has stand in the text layer, others become □."""

import io
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from api.export.format import ExportRequest
from api.export.funding.pdf import funding_pdf
from api.export.one_file import exported
from api.words.speaker import Speaker
from data.model.identity import Identities, Identity
from tests.api.export.funding.contacts import spring, two_hosts
from tests.api.runs import run
from tests.drawn import drawn


def week_of(name: str) -> bytes:
    """The week of Anna, whose name and whose company's name, street, town and contact are all this one."""
    of = run()
    named = tuple(
        one.replace(name=name, street=name, town=name, contact_name=name)
        if one.id in ("anna", "bakery")
        else one
        for one in of.identities.people
    )
    return exported(run(identities=of.identities.replace(people=named)), ExportRequest("pdf", "anna"))


def text_of(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Bäckerei 🥐", "Bäckerei 🥐"),
        ("Kita 👩‍👩‍👧", "Kita 👩‍👩‍👧"),
        ("Zoe\u0301", "Zoe\u0301"),
        ("Привет Ελλάς", "Привет Ελλάς"),
        ("東京 食堂 한국", "東京 食堂 한국"),
        ("क्षत्रिय", "क्ष"),
        ("ไทย", "ไทย"),
        ("שלום", "שלום"),
        ("نور", "ن"),
        ("Kiosk ☎ ✂ ★", "Kiosk ☎ ✂ ★"),
        ("Runen ᚠ", "Runen □"),
        ("neu \u0378", "neu □"),
        ("eigen \U0010ffff", "eigen □"),
        ("Bi\x00s\x0b \x9ft\ufeff", "Bis t"),
    ],
)
def test_a_name_prints_with_the_letters_that_a_font_has(name: str, shown: str) -> None:
    assert shown in text_of(week_of(name))


def is_accessible(made: bytes) -> bool:
    """Whether the file is tagged, and says so in metadata that are XML."""
    reader = PdfReader(io.BytesIO(made))
    metadata = ET.fromstring(reader.root_object["/Metadata"].get_object().get_data())
    says_so = metadata.find(".//{http://www.aiim.org/pdfua/ns/id/}part")
    return says_so is not None and says_so.text == "1" and "/StructTreeRoot" in reader.root_object


MARKS = st.characters(categories=["Mn", "Me", "Mc", "Cf", "Zs", "Lo"], include_characters="a\u0378")


@drawn(50)
@given(st.text(max_size=30) | st.text(MARKS, max_size=10))
def test_whatever_the_name_the_file_is_made_and_accessible_and_always_the_same(name: str) -> None:
    made = week_of(name)
    assert is_accessible(made)
    assert week_of(name) == made


def test_marks_for_which_the_letter_s_font_has_no_place_are_left_out() -> None:
    """Hebrew points on a Latin letter."""
    told = text_of(week_of("a\u05b0\u0591"))
    assert "Woche 2026-W48 von a ·" in told


def test_a_funding_report_prints_any_name() -> None:
    of = two_hosts()
    people = (*of.identities.people, Identity(id="chamber", name="Kammer 🥐 東京 ᚠ"))
    made = funding_pdf(spring(), of.problem, Identities(people=people), of.sources.gazetteer, Speaker("de"))
    assert "Kammer 🥐 東京 □" in text_of(made) and is_accessible(made)
