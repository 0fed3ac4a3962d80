"""The first coordinator: created once, with a code that only the operator of the service can read."""

import hmac

from fastapi import Request
from pydantic import Field

from api.http.accounts.guesses import counters_of_address, one_guess
from api.http.accounts.passwords import password_hash
from api.http.accounts.users import UserAnswer, user_shown
from api.http.frame.auth import Serving
from api.http.frame.errors import Forbidden, problems
from api.http.frame.schemas import Schema
from api.http.frame.writes.router import Router
from api.service.settings import SETUP_CODE_FILE
from data.base.message import message
from data.store.database.record import NotThere
from data.store.people.users import NewUser, Role, add_user, any_user

router = Router(tags=["sign-in"], responses=problems(422, 500))


class FirstUser(Schema):
    """The first coordinator and the code from the file `setup-code` in the data folder."""

    code: str = Field(max_length=100, examples=["hN2wq0dJkqk3Yk1v"])
    login: str = Field(min_length=1, max_length=200, examples=["koordination@example.org"])
    password: str = Field(max_length=200, examples=["correct horse battery"])


@router.post("/setup", status_code=201, responses=problems(403, 404, 409, 429))
def set_up(request: Request, service: Serving, first: FirstUser) -> UserAnswer:
    """Create the first coordinator, who sees all programmes; the code is void afterwards."""
    file = service.settings.data_dir / SETUP_CODE_FILE
    if not file.exists():
        raise NotThere(message("set_up_already"))
    with one_guess(service, counters_of_address(request, service)):
        if not hmac.compare_digest(first.code.strip().encode(), file.read_text().strip().encode()):
            raise Forbidden(message("wrong_setup_code"))
    hashed = password_hash(first.password, first.login)
    with service.store.writing() as c:
        if any_user(c):
            raise NotThere(message("set_up_already"))
        user = add_user(c, NewUser(first.login, Role.COORDINATOR), hashed)
    service.store.once_committed(lambda: file.unlink(missing_ok=True))
    request.state.reader = user.reader
    return user_shown(user)
