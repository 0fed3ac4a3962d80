"""Invitations on paper, a slip for each person to be cut off: for people who have no mail."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from api.export.pdf.paper import pdf_of
from api.words.language import Language
from api.words.speaker import Speaker, each_speaker

TEMPLATE = Path(__file__).parent.parent / "templates" / "slips.typ"


@dataclass(frozen=True)
class Slip:
    """For whom an invitation is, its link with the code in it, and its last day."""

    name: str
    login: str
    link: str
    until: date

    @property
    def address(self) -> str:
        """The link without its code, as somebody would type it."""
        return self.link.partition("#")[0]

    @property
    def code(self) -> str:
        """The code at the end of the link."""
        return self.link.partition("#")[2]


def slips_pdf(slips: Sequence[Slip], language: Language) -> bytes:
    """Return the slips as a PDF, each with a QR code of its link and how to begin, in every language."""
    told = {
        "language": language,
        "title": Speaker(language).t("slip_title"),
        "slips": [_slip(each, language) for each in slips],
    }
    return pdf_of(TEMPLATE, "told", told)


def _slip(slip: Slip, language: Language) -> dict[str, Any]:
    import segno  # slow to import, and seldom needed

    say = Speaker(language)
    return {
        "name": slip.name,
        "login": slip.login,
        "address": slip.address,
        "code": slip.code,
        "picture": segno.make(slip.link, error="m", micro=False).svg_inline(border=4, light="#fff"),
        "called": say.t("slip_picture", name=slip.name),
        "words": [_words(each, slip) for each in each_speaker()],
    }


def _words(say: Speaker, slip: Slip) -> dict[str, Any]:
    return {
        "language": say.language,
        "heading": say.t("slip_heading"),
        "login": say.t("slip_login"),
        "until": say.t("slip_until", day=say.full_date(slip.until)),
        "steps": [say.t("slip_open"), say.t("slip_password"), say.t("slip_done")],
        "or_type": say.t("slip_or_type"),
    }
