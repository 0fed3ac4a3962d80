"""The first page of each role, and the language of this browser."""

from typing import Annotated

from fastapi import Path, Query, Request
from fastapi.responses import Response

from api.http.frame.languages import COOKIE, KEPT_S
from api.http.frame.session.cookies import is_guarded
from api.pages.frame.error_pages import pages
from api.pages.frame.roles import START
from api.pages.frame.shell import ForAnybody, onward, own_path
from api.words.language import Language

router = pages()


@router.get("/")
def start(shell: ForAnybody) -> Response:
    """Redirect users to the first page of their role."""
    return onward(START[shell.user.role] if shell.user else "/sign-in")


@router.get("/language/{language}")
async def choose_language(
    request: Request,
    language: Annotated[Language, Path()],
    back: Annotated[str, Query(max_length=2000)] = "/",
) -> Response:
    """Store the language in this browser and go back; it changes nothing else, so a link may do it."""
    answer = onward(own_path(back))
    answer.set_cookie(
        COOKIE,
        language,
        max_age=KEPT_S,
        httponly=True,
        samesite="lax",
        secure=is_guarded(request),
    )
    return answer
