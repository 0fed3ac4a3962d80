"""A user's own API keys: made, shown once, revoked."""

from typing import Annotated

from fastapi import Form, Path
from fastapi.responses import Response

from api.http.accounts import tokens
from api.pages.account.page import account_page
from api.pages.frame.error_pages import pages
from api.pages.frame.forms import OwnForm
from api.pages.frame.shell import ForUser
from data.store.people.tokens import KEY_LASTS, LONGEST_DAYS, Scope, TokenKind

router = pages(prefix="/account/keys")


@router.post("", dependencies=[OwnForm])
def make_key(
    shell: ForUser,
    label: Annotated[str, Form(max_length=100)] = "",
    scope: Annotated[Scope, Form()] = Scope.READ,
    days: Annotated[int, Form(ge=1, le=LONGEST_DAYS)] = KEY_LASTS.days,
) -> Response:
    """Create a key and show it, only this once."""
    assert shell.user
    asked = tokens.TokenRequest(kind=TokenKind.API, label=label, scope=scope, days=days)
    made = tokens.make_token(shell.request, shell.user, shell.service, asked, Response())
    return account_page(shell, 201, key=made.secret)


@router.post("/{key}/revoke", dependencies=[OwnForm])
def end_key(key: Annotated[str, Path(max_length=80)], shell: ForUser) -> Response:
    """Revoke a key."""
    assert shell.user
    tokens.end_token(key, shell.user, shell.service)
    return account_page(shell, note="account_key_revoked")
