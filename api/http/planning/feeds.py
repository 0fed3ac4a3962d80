"""A buddy's calendar feed, opened by its token alone, so that a phone can subscribe to it."""

from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import Response

from api.export.one_file import format_of
from api.http.frame.auth import Personal
from api.http.frame.errors import problems
from api.http.frame.languages import InLanguage
from api.http.frame.schemas import etag, unless_known
from api.http.frame.state import InAppState
from api.http.frame.writes.router import Router
from api.http.planning.week_answers import CALENDAR
from api.words.speaker import Speaker
from data.access import OwnBuddy
from data.base.message import message
from data.store.database.record import NotThere
from data.store.people.tokens import TokenKind, secret_hash, token_holder

router = Router(prefix="/feeds", tags=["feeds"], responses=problems(422, 500))


@router.get("/{token}.ics", dependencies=[Personal], **CALENDAR)
def read_feed(
    token: Annotated[str, Path(max_length=100, pattern=r"^[A-Za-z0-9_-]+$")],
    app_state: InAppState,
    request: Request,
    language: InLanguage,
) -> Response:
    """Show all weeks in force; visits dropped since are marked as cancelled."""
    with app_state.service.store.reading() as c:
        holder = app_state.fresh.of(
            c, ("feed", secret_hash(token)), lambda: token_holder(c, token, TokenKind.FEED)
        )
        user = holder.still if holder else None
        by = user.reader if user else None
        if not isinstance(by, OwnBuddy):
            raise NotThere(message("no_feed"))
        request.state.reader = by

        def make() -> tuple[str, bytes]:
            from api.published.feed import feed_file, feed_of  # slow to import

            feed = feed_of(c, by.programme, by.buddy)
            tag = f"{feed.tag}-feed-{language}"
            say = Speaker(language)
            return etag(tag), app_state.files.of(tag, lambda: feed_file(c, feed, app_state.runs, say))

        tag, body = app_state.fresh.of(c, ("feed of", by.programme, by.buddy, language), make)
    return unless_known(request, tag, lambda: Response(body, media_type=format_of("ics").media))
