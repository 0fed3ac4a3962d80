"""`/desk` leads a coordinator to the desk; everybody else learns here that it is none of theirs."""

from fastapi.responses import Response

from api.http.frame.auth import ByCoordinator
from api.pages.frame.error_pages import pages
from api.pages.frame.shell import onward

router = pages()


@router.get("/desk")
def open_desk(by: ByCoordinator) -> Response:
    """Send a coordinator on."""
    return onward("/desk/overview")
