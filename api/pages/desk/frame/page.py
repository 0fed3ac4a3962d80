"""The frame of every desk page: who may see it, its language, its header, and how errors are shown."""

from collections.abc import Awaitable, Callable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any, cast

from fastapi import FastAPI, Request
from fastapi.responses import Response
from nicegui import Client, background_tasks, ui
from pydantic import ValidationError

from api.http.accounts import oidc
from api.http.accounts.users import UserAnswer
from api.http.frame.errors import SignInNeeded, logged
from api.http.frame.languages import language_of
from api.http.frame.session.cookies import SESSION, read_cookie
from api.http.programme.programmes import ProgrammeAnswer
from api.pages.desk.frame.client import Api, Refused
from api.pages.desk.frame.elements import html, link, part
from api.pages.desk.frame.refusals import refusal_words, whole_sentence
from api.pages.desk.frame.socket import TO_SIGN_IN
from api.pages.frame.error_pages import error_page
from api.pages.frame.forms import FIELD, token_of_form
from api.pages.frame.shell import TEMPLATES, onward
from api.pages.frame.static_files import address_of
from api.run.stored_sources import sources_of_programme
from api.service.sources import default_sources
from api.service.wiring import Service
from api.words.speaker import Speaker
from data.base.errors import BuddyplanError
from data.reference.sources import Sources
from data.store.database.record import NotThere
from data.store.people.users import Role
from data.store.tables.utc import now

NAVIGATION = (
    (
        "",
        (
            ("/desk/overview", "desk_overview"),
            ("/desk/weeks", "desk_weeks"),
            ("/desk/companies", "rows_companies"),
            ("/desk/buddies", "rows_buddies"),
            ("/desk/matching", "desk_matching"),
            ("/desk/messages", "desk_messages"),
        ),
    ),
    (
        "desk_master_data",
        (
            ("/desk/hosts", "rows_hosts"),
            ("/desk/places", "rows_places"),
            ("/desk/relations", "rows_relations"),
            ("/desk/requests", "rows_requests"),
            ("/desk/appointments", "rows_appointments"),
            ("/desk/availability", "rows_availability"),
            ("/desk/pins", "rows_pins"),
            ("/desk/bans", "rows_bans"),
            ("/desk/policy", "rows_policy"),
            ("/desk/import", "desk_import"),
            ("/desk/changes", "rows_changes"),
        ),
    ),
    (
        "desk_more_pages",
        (
            ("/desk/absences", "desk_absences"),
            ("/desk/scenarios", "desk_scenarios"),
            ("/desk/positions", "desk_positions"),
            ("/coverage", "shell_coverage"),
            ("/desk/invitations", "desk_invitations"),
            ("/desk/users", "desk_users"),
            ("/account", "shell_account"),
        ),
    ),
)
"""Groups of pages with the key of their name; the first stands in front."""
OF_ALL_HOSTS = frozenset(("/desk/begin", "/desk/import", "/desk/scenarios", "/desk/positions", "/desk/users"))


@dataclass
class Desk:
    """One open page: its user, the chosen programme with its sources, and the language.

    `address` is where the user opened it, and `has_provider` whether people can sign in at one. `asked` is
    the query of its address, `key` the id in its path where it has one.
    """

    api: Api
    say: Speaker
    me: UserAnswer
    programmes: list[ProgrammeAnswer]
    client: Client
    sources: Sources
    address: str = ""
    has_provider: bool = False
    asked: Mapping[str, str] = field(default_factory=dict)
    key: str = ""
    status: Any = None

    @property
    def decides(self) -> bool:
        """Whether the user may import, match, plan and publish: a coordinator of all hosts."""
        return not self.me.host

    @property
    def query(self) -> str:
        """The query string with the chosen programme, empty if there is no choice."""
        return f"?programme={self.api.programme}" if len(self.programmes) > 1 else ""

    def tell(self, text: str, wrong: bool = False) -> None:
        """Show a message at the top of the page, read out by a screen reader; empty text removes it."""
        self.status.clear()
        if text:
            with self.status:
                part("p", text, "wrong" if wrong else "notice")

    def act(self, doing: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        """Return a handler that shows errors in words, and redirects to the sign-in page if needed."""

        async def handle(*given: Any) -> None:
            self.tell("")
            await self.guarded(doing(*given))

        return handle

    async def guarded(self, doing: Awaitable[None]) -> None:
        """Await something; a refusal is shown, not raised."""
        try:
            await doing
        except Refused as refused:
            if refused.status == 401:
                await self.leave()
            self.tell(refusal_words(refused, self.say), wrong=True)
        except BuddyplanError as refused:
            if refused.http_status == SignInNeeded.http_status:
                await self.leave()
            self.tell(whole_sentence(refused.said, self.say), wrong=True)
        except ValidationError:  # a request that does not fit, which the API would refuse too
            self.tell(self.say.t("desk_refused_422"), wrong=True)
        except Exception as error:
            logged(error)
            self.tell(self.say.t("desk_refused_other"), wrong=True)

    async def leave(self) -> None:
        """Redirect to the sign-in page; the page opens again afterwards."""
        self.client.run_javascript(TO_SIGN_IN)


Show = Callable[[Desk], Awaitable[None]]


def show_at(app: FastAPI, path: str, title: str, show: Show, own_heading: bool = False) -> None:
    """Register a page of the desk; its content follows once the browser has the frame.

    `own_heading`: the content brings the heading of the page.
    """

    async def page(request: Request, client: Client) -> Response | None:
        secret = read_cookie(request, SESSION)
        api = Api(app, secret, request.query_params.get("programme", ""))
        try:
            me = await api.get(UserAnswer, "/me")
        except Refused:
            return onward(f"/sign-in?back={request.url.path}")
        if me.role is not Role.COORDINATOR or (me.host and f"/desk{path}" in OF_ALL_HOSTS):
            return error_page(request, 403)
        try:
            programmes = await api.get(list[ProgrammeAnswer], "/programmes")
        except Refused as refused:
            if refused.said.code != "second_factor_required":
                raise
            return onward("/account?note=account_factor_required")
        known = [each.id for each in programmes]
        if api.programme not in known:
            api.programme = known[0] if known else ""
        service: Service = app.state.service
        sources, elsewhere = programme_sources(service, api.programme), oidc.configured(service.settings)
        desk = Desk(
            api,
            Speaker(language_of(request)),
            me,
            programmes,
            client,
            sources,
            str(request.base_url),
            elsewhere,
            dict(request.query_params),
            str(request.path_params.get("key", "")),
        )
        _frame(desk, path, title, request, secret)
        if not own_heading:
            with client.content:
                part("h1", desk.say.t(title))
        with client.content:
            desk.status = part("div", classes="status").props('role="status" aria-live="polite"')
            body = part("div", classes="desk-body")
            with body:
                part("p", desk.say.t("desk_loading"), "muted loading")
        client.on_delete(
            lambda: background_tasks.create(api.__aexit__(None, None, None), name="leave the API")
        )

        async def fill() -> None:
            await client.connected()
            with body:
                body.clear()
                await desk.guarded(show(desk))
                part("span", classes="ready").props("hidden")

        background_tasks.create(fill(), name=f"fill /desk{path}", context=client)
        return None

    ui.page(path, response_timeout=30)(page)


def programme_sources(service: Service, programme: str) -> Sources:
    """Return the sources of a programme, the default where there is none."""
    with service.store.reading() as c:
        try:
            return sources_of_programme(c, programme)
        except NotThere:
            return default_sources()


def without_programme(desk: Desk) -> bool:
    """Return whether nothing has been imported yet, and if so show the way to the import."""
    if not desk.programmes:
        with part("div", classes="empty"):
            part("p", desk.say.t("desk_no_programme"))
            with part("div", classes="links"):
                link(desk.say.t("desk_import"), "/desk/import", "button primary")
                if desk.decides:
                    link(desk.say.t("begin_by_hand"), "/desk/begin", "button")
    return not desk.programmes


def _frame(desk: Desk, path: str, title: str, request: Request, secret: str) -> None:
    """Put header, navigation and footer around the content, as on the other pages."""
    say, client = desk.say, desk.client
    client.page = copy(client.page)
    client.page.language = cast("Any", say.t("locale"))  # one of the translations of NiceGUI
    client.title = f"{say.t(title)} · buddyplan"
    for name in ("pages.css", "desk.css", "register.css"):
        ui.add_head_html(f'<link rel="stylesheet" href="{address_of(name)}">')
    ui.add_head_html(f'<script src="{address_of("desk.js")}" defer></script>')
    ui.add_head_html(f'<link rel="icon" href="{address_of("icon.svg")}" type="image/svg+xml">')
    hidden = OF_ALL_HOSTS if desk.me.host else frozenset()
    known = {
        "say": say,
        "t": say.t,
        "me": desk.me,
        "navigation": [
            (
                name,
                [
                    (at, f"{at}{desk.query}" if at.startswith("/desk/") else at, key)
                    for at, key in pages
                    if at not in hidden
                ],
            )
            for name, pages in NAVIGATION
        ],
        "here": f"/desk{path.removesuffix('/{key}')}",
        "again": f"{request.url.path}{desk.query}",
        "programmes": [each.id for each in desk.programmes],
        "programme": desk.api.programme,
        "token": token_of_form(request.app.state.service, secret),
        "token_field": FIELD,
        "moment": now(),
        "title": title,
    }
    with client.layout:
        head = html(TEMPLATES.get_template("desk_head.html.j2").render(known))
        head.move(client.layout, 0)
        html(TEMPLATES.get_template("desk_foot.html.j2").render(known))
    content = client.content.parent_slot
    assert content
    content.parent.props('id="content" tabindex="-1"')
