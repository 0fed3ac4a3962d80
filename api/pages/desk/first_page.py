"""`/desk` redirects a coordinator to the desk; everybody else is told that their role may not use it."""

from fastapi.responses import Response

from api.http.frame.auth import ByCoordinator
from api.pages.frame.error_pages import pages
from api.pages.frame.shell import onward

router = pages()


@router.get("/desk")
def open_desk(by: ByCoordinator) -> Response:
    """Redirect a coordinator to the desk."""
    return onward("/desk/overview")
