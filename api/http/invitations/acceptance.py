"""The answer to an invitation, by whoever has its code: look for whom it is, and choose a password.

The code comes in the body alone, so that it is in no log. Looking uses nothing up, and neither does opening
the link, as scanners of mail do.
"""

from fastapi import Request, Response

from api.http.accounts.codes import plain
from api.http.accounts.guesses import counters_of_address, one_guess
from api.http.accounts.passwords import password_hash
from api.http.accounts.session import enter
from api.http.accounts.users import UserAnswer, known_of, user_shown
from api.http.frame.auth import Serving, refuse_other_sites
from api.http.frame.errors import Forbidden, problems
from api.http.frame.session.cookies import SESSION, read_cookie
from api.http.frame.writes.router import Router
from api.http.invitations.answers import Acceptance, InvitationCode, InvitationShown, invitations_shown
from api.service.wiring import Service
from data.base.message import message
from data.store.database.record import Conflict
from data.store.people.invitations import Invitation, InvitationState, accept_invitation, invitation_by_code
from data.store.people.sessions import end_session, end_what_is_open
from data.store.people.users import StoredUser

router = Router(prefix="/invitations", tags=["invitations"], responses=problems(403, 409, 422, 429, 500))


@router.post("/look")
def look(request: Request, service: Serving, given: InvitationCode) -> InvitationShown:
    """Tell for whom an invitation is; 409 once it was used or has expired, 403 if there is none."""
    found = _open(request, service, given.code)
    with service.store.reading() as c:
        (shown,) = invitations_shown(c, [found])
    return InvitationShown(**{name: getattr(shown, name) for name in InvitationShown.model_fields})


@router.post("/accept", status_code=201)
def accept(request: Request, response: Response, service: Serving, given: Acceptance) -> UserAnswer:
    """Choose a password and be signed in; the link is used up.

    All other sessions and keys of the user end. A user with a second factor is not signed in, but does so
    with the new password and a code.
    """
    user = user_of_acceptance(request, service, given)
    if not user.second_factor:
        enter(request, response, service, user)
    return user_shown(user)


def user_of_acceptance(request: Request, service: Service, given: Acceptance) -> StoredUser:
    """Return the user who has this password now; a session that this browser had ends."""
    refuse_other_sites(request, needs_proof=False)
    found = _open(request, service, given.code)
    hashed = password_hash(given.password, *known_of(found.user))
    with service.store.writing() as c:
        user = accept_invitation(c, found.id, hashed)
        end_what_is_open(c, user.id)
        end_session(c, read_cookie(request, SESSION))
    request.state.reader, request.state.subject = user.reader, f"invitation={found.id}"
    return user


def _open(request: Request, service: Service, code: str) -> Invitation:
    """Return the open invitation of a code; a wrong one counts as a guess, one that is over does not."""
    with one_guess(service, counters_of_address(request, service)), service.store.reading() as c:
        found = invitation_by_code(c, plain(code))
        if found is None:
            raise Forbidden(message("no_invitation_of_code"))
    if found.state is not InvitationState.OPEN:
        raise Conflict(message(f"invitation_{found.state}"))
    return found
