"""Keys and calendar links of all users, which the coordination office of all hosts sees and revokes."""

from fastapi import Request
from pydantic import Field

from api.http.accounts.tokens import TokenAnswer, token_shown
from api.http.frame.auth import ByCoordinatorOfAll, Serving
from api.http.frame.errors import problems
from api.http.frame.schemas import Key, Page, PageTurn
from api.http.frame.writes.router import Router
from data.store.people.tokens import owned_token, revoke_token, tokens_in

router = Router(prefix="/keys", tags=["users"], responses=problems(401, 403, 422, 500))


class KeyAnswer(TokenAnswer):
    """A key or calendar link that works, and whose it is."""

    user: str
    login: str = Field(examples=["anna"])


@router.get("")
def list_keys(by: ByCoordinatorOfAll, service: Serving, turn: PageTurn) -> Page[KeyAnswer]:
    """List the keys and calendar links that work of all users of your programme."""
    with service.store.reading() as c:
        found = tokens_in(c, by.programme, turn.limit + 1, turn.after)
    shown = [
        KeyAnswer.model_validate(token_shown(each.token) | {"user": each.token.user, "login": each.login})
        for each in found
    ]
    return turn.page(shown, lambda key: key.id)


@router.delete("/{key}", status_code=204, responses=problems(404))
def end_key(key: Key, by: ByCoordinatorOfAll, service: Serving, request: Request) -> None:
    """Revoke anybody's key or calendar link."""
    with service.store.writing() as c:
        token = owned_token(c, key, by.programme).token
        revoke_token(c, key, token.user)
    request.state.subject = f"user={token.user}"
