"""What a phone needs to keep the last week: the worker of its browser, and a page for what it has not."""

from fastapi.responses import Response

from api.http.frame.auth import ByBuddy
from api.pages.frame.error_pages import pages
from api.pages.frame.shell import ForUser
from api.pages.frame.static_files import contents

router = pages(prefix="/me")
ASKS_US_ALONE = "default-src 'none'; connect-src 'self'"
"""What the worker may fetch is decided by the policy that it came with."""


@router.get("/worker.js")
async def worker() -> Response:
    """Return the script that keeps pages; it stands here because it may look after `/me/` alone."""
    body, _ = contents()["worker.js"]
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": ASKS_US_ALONE}
    return Response(body, media_type="text/javascript", headers=headers)


@router.get("/offline")
def show_offline(shell: ForUser, by: ByBuddy) -> Response:
    """Tell that a page is not on the device."""
    return shell.page("offline")
