"""Offline use on a phone: the service worker of its browser, and a page for what it has not stored."""

from fastapi.responses import Response

from api.http.frame.auth import ByBuddy
from api.pages.frame.error_pages import pages
from api.pages.frame.shell import ForUser
from api.pages.frame.static_files import contents

router = pages(prefix="/me")
ASKS_US_ALONE = "default-src 'none'; connect-src 'self'"
"""The service worker may fetch only what the policy it was served with allows."""


@router.get("/worker.js")
async def worker() -> Response:
    """Return the service worker; it is served from here so that its scope is `/me/` alone."""
    body, _ = contents()["worker.js"]
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": ASKS_US_ALONE}
    return Response(body, media_type="text/javascript", headers=headers)


@router.get("/offline")
def show_offline(shell: ForUser, by: ByBuddy) -> Response:
    """Show that a page is not on the device."""
    return shell.page("offline")
