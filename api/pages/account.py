"""A user's own account: language, password, and a buddy's calendar link."""

from typing import Annotated

from fastapi import Form, Path
from fastapi.responses import Response

from api.http.accounts import session, tokens
from api.http.frame.auth import ByBuddy
from api.http.frame.errors import SignInNeeded
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, Shell, onward
from data.base.errors import BuddyplanError
from data.store.people.tokens import TokenKind
from data.store.people.users import Role

router = pages(prefix="/account")
NEW_LABEL = "calendar"
Key = Annotated[str, Path(max_length=80)]


def _page(shell: Shell, status: int = 200, wrong: str = "", note: str = "", feed: str = "") -> Response:
    assert shell.user
    links = []
    if shell.user.role is Role.BUDDY:
        links = [t for t in tokens.list_tokens(shell.user, shell.service) if t.kind is TokenKind.FEED]
    # The link keeps the language, since a calendar service tells none when it asks for the feed.
    link = shell.request.base_url.replace(path=feed, query=f"language={shell.speaker.language}")
    shown = {
        "links": links,
        "wrong": wrong,
        "note": note,
        "feed": str(link) if feed else "",
        "feed_of_app": str(link.replace(scheme="webcal")) if feed else "",
    }
    return shell.page("account", shown, status)


@router.get("")
def show_account(shell: ForUser) -> Response:
    """Show your own account."""
    return _page(shell)


@router.post("/password", dependencies=[OwnForm])
def change_password(
    shell: ForUser,
    old: Annotated[str, Form(max_length=1000)] = "",
    new: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Change the password, as `PUT /api/v1/me/password` does; all sessions end."""
    assert shell.user
    try:
        change = session.PasswordChange.model_construct(old=old, new=new)
        session.change_password(shell.service, shell.user, change)
    except SignInNeeded:
        return _page(shell, 403, wrong=shell.speaker.t("account_password_wrong"))
    except BuddyplanError as error:
        if error.http_status != BuddyplanError.http_status:
            raise
        return _page(shell, 422, wrong=shell.speaker.t("password_length"))
    return onward("/sign-in?note=account_password_done")


@router.post("/calendar", dependencies=[OwnForm])
def make_link(shell: ForUser, by: ByBuddy) -> Response:
    """Create a calendar link and show it, only this once."""
    assert shell.user
    asked = tokens.TokenRequest(kind=TokenKind.FEED, label=NEW_LABEL)
    made = tokens.make_token(shell.user, shell.service, asked, Response())
    return _page(shell, 201, feed=made.feed or "")


@router.post("/calendar/{link}/rotate", dependencies=[OwnForm])
def renew_link(link: Key, shell: ForUser, by: ByBuddy) -> Response:
    """Replace a calendar link; the old one stops working."""
    assert shell.user
    made = tokens.renew_token(link, shell.user, shell.service, Response())
    return _page(shell, 201, feed=made.feed or "")


@router.post("/calendar/{link}/revoke", dependencies=[OwnForm])
def end_link(link: Key, shell: ForUser, by: ByBuddy) -> Response:
    """Revoke a calendar link."""
    assert shell.user
    tokens.end_token(link, shell.user, shell.service)
    return _page(shell, note="account_calendar_revoked")
