"""A buddy's calendar link: made, replaced, deleted, and shown once."""

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.http.accounts import tokens
from api.http.frame.auth import ByBuddy
from api.pages.account.page import account_page
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser, Shell
from data.store.people.tokens import TokenKind

router = pages(prefix="/account/calendar")
NEW_LABEL = "calendar"
Key = Annotated[str, Path(max_length=80)]


def _shown(shell: Shell, made: tokens.TokenMade) -> Response:
    # The link keeps the language, since a calendar service tells none when it asks for the feed.
    link = shell.request.base_url.replace(path=made.feed or "", query=f"language={shell.speaker.language}")
    return account_page(shell, 201, feed=str(link), feed_of_app=str(link.replace(scheme="webcal")))


@router.post("", dependencies=[OwnForm])
def make_link(shell: ForUser, by: ByBuddy) -> Response:
    """Create a calendar link and show it, only this once."""
    assert shell.user
    asked = tokens.TokenRequest(kind=TokenKind.FEED, label=NEW_LABEL)
    return _shown(shell, tokens.make_token(shell.request, shell.user, shell.service, asked, Response()))


@router.post("/{link}/rotate", dependencies=[OwnForm])
def renew_link(link: Key, shell: ForUser, by: ByBuddy) -> Response:
    """Replace a calendar link; the old one stops working."""
    assert shell.user
    return _shown(shell, tokens.renew_token(link, shell.user, shell.service, Response()))


@router.post("/{link}/revoke", dependencies=[OwnForm])
def end_link(link: Key, shell: ForUser, by: ByBuddy) -> Response:
    """Revoke a calendar link."""
    assert shell.user
    tokens.end_token(link, shell.user, shell.service)
    return account_page(shell, note="account_calendar_revoked")
