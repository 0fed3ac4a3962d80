"""Invitations: whom to invite, what is told once, and what became of those that were made."""

from nicegui import ui

from api.http.invitations.answers import InvitationAnswer, InvitationMade, InvitationRequest
from api.pages.desk.frame.elements import Handler, clicks, data, heading, html, part, row_button, table
from api.pages.desk.frame.page import Desk
from api.pages.desk.office.to_invite import buddies_to_invite, others_to_invite
from api.pages.desk.office.told_once import tell_once
from data.store.people.invitations import InvitationState

PATH, TITLE = "/invitations", "desk_invitations"
TITLES = ("desk_login", "desk_name", "desk_role", "desk_state", "desk_valid_until", "desk_act")


async def show(desk: Desk) -> None:
    """Show whom to invite, and the invitations that there are."""
    part("p", desk.say.t("desk_invitations_text"))
    if desk.has_provider:
        part("p", desk.say.t("desk_invitations_elsewhere"), "muted")
    told = part("section")
    buddies, others = part("section", classes="card"), part("section", classes="card")
    listed = part("section")
    buddies.set_visibility(bool(desk.programmes))
    others.set_visibility(desk.decides)

    async def again() -> None:
        if desk.programmes:
            await buddies_to_invite(desk, buddies, told, again)
        if desk.decides:
            await others_to_invite(desk, others, told, again)
        await _list(desk, listed, told, again)

    await again()


async def _list(desk: Desk, place: ui.element, told: ui.element, again: Handler) -> None:
    say = desk.say
    found = {each.id: each for each in await desk.api.every(InvitationAnswer, "/invitations")}
    place.clear()
    with place:
        heading(say.t("desk_invitations_made"))
        if not found:
            part("p", say.t("desk_invitations_none"), "empty")
            return
        titles = [say.t(key) for key in TITLES]
        rows = [_row(desk, each) for each in found.values()]

        async def act(given: dict[str, str]) -> None:
            chosen = found[given["id"]]
            if given["act"] == "renew":
                asked = InvitationRequest(users=[chosen.user])
                made = await desk.api.post(list[InvitationMade], "/invitations", asked)
                await again()
                tell_once(desk, told, made)
                return
            await desk.api.ask("DELETE", f"/invitations/{chosen.id}")
            told.clear()
            await again()
            desk.tell(say.t("desk_invitation_taken_back", login=chosen.login))

        clicks(html(table(say.t("desk_invitations_made"), titles, rows)), desk.act(act))


def _row(desk: Desk, invitation: InvitationAnswer) -> tuple[str, ...]:
    say, login = desk.say, invitation.login
    buttons = row_button(
        say.t("desk_invitation_renew"),
        "renew",
        invitation.id,
        say.t("desk_invitation_renew_of", login=login),
        "small",
    )
    if invitation.state is not InvitationState.USED:
        says = say.t("desk_invitation_take_back_of", login=login)
        buttons += " " + row_button(
            say.t("desk_invitation_take_back"), "take_back", invitation.id, says, "small danger"
        )
    shown = (
        login,
        invitation.name or "–",
        say.t(f"role_{invitation.role}"),
        say.t(f"desk_invitation_{invitation.state}"),
        say.moment(invitation.expires_at),
    )
    return (*map(data, shown), buttons)
