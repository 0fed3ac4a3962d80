"""`/desk` leads a coordinator to the desk; everybody else learns here that it is none of theirs."""

from fastapi.responses import Response

from api.http.auth import ByCoordinator
from api.pages.page_route import pages
from api.pages.shell import onward

router = pages()


@router.get("/desk")
def open_desk(by: ByCoordinator) -> Response:
    """Send a coordinator on."""
    return onward("/desk/overview")
