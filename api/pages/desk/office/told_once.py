"""What is told once of new invitations: links, a text for a mail, and slips for those without mail."""

import asyncio
from collections.abc import Sequence

from nicegui import ui
from starlette.datastructures import URL

from api.export.pdf.slips import Slip, slips_pdf
from api.http.invitations.answers import InvitationMade, link_of
from api.pages.desk.frame.elements import Field, button, focus, heading, part
from api.pages.desk.frame.page import Desk
from api.words.speaker import each_speaker
from data.base.dates import minute_of

FILE = "buddyplan-invitations.pdf"


def tell_once(desk: Desk, place: ui.element, made: Sequence[InvitationMade]) -> None:
    """Show new invitations; whoever leaves the page has to renew those that were not passed on."""
    say = desk.say
    slips = [_slip(desk, each) for each in made]

    async def print_slips() -> None:
        ui.download.content(await asyncio.to_thread(slips_pdf, slips, say.language), FILE, "application/pdf")

    place.clear()
    with place, part("div", classes="card"):
        title = heading(say.t("desk_invited", count=len(slips)))
        part("p", say.t("desk_invited_text"))
        with part("div", classes="links"):
            button(say.t("desk_invited_slips"), desk.act(print_slips), "primary")
            button(say.t("desk_close"), place.clear)
        for slip in slips:
            Field(say.t("desk_invited_link", name=slip.name), slip.link, readonly="readonly")
            with part("details"):
                part("summary", say.t("desk_invited_mail", name=slip.name))
                with part("label"):
                    part("span", say.t("desk_invited_mail_text"))
                    text = part("textarea")
                    text.props.update({"defaultValue": mail_text(slip), "readonly": "readonly", "rows": "14"})
    focus(title)


def mail_text(slip: Slip) -> str:
    """Return the text of a mail to an invited person, in every language."""
    return "\n\n".join(
        each.t(
            "invitation_mail",
            name=slip.name,
            link=slip.link,
            login=slip.login,
            day=each.full_date(slip.until),
        )
        for each in each_speaker()
    )


def _slip(desk: Desk, made: InvitationMade) -> Slip:
    # The desk asks within the process, where the service has no address of its own.
    link = link_of(URL(desk.address), made.code)
    return Slip(made.name or made.login, made.login, link, minute_of(made.expires_at)[0])
