"""Style, script and icons, read once; a URL contains its file's hash, so that it may be cached for ever."""

import hashlib
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from data.base.message import message
from data.store.database.record import NotThere

FOLDER = Path(__file__).parent.parent / "static"
MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=3600"


@cache
def contents() -> dict[str, tuple[bytes, str]]:
    """Return every file by name, with its hash."""
    read = {path.name: path.read_bytes() for path in sorted(FOLDER.iterdir()) if path.suffix in MEDIA}
    return {name: (body, hashlib.sha256(body).hexdigest()[:12]) for name, body in read.items()}


def address_of(name: str) -> str:
    """Return the URL of a file; raises KeyError if there is none."""
    return f"/static/{name}?v={contents()[name][1]}"


router = APIRouter(include_in_schema=False)


@router.get("/static/{name}")
async def static_file(name: str, v: str = "") -> Response:
    """Return a file; one requested by its hash never changes."""
    if name not in contents():
        raise NotThere(message("no_file"))
    body, tag = contents()[name]
    kept = FOR_EVER if v == tag else BRIEFLY
    return Response(body, media_type=MEDIA[Path(name).suffix], headers={"Cache-Control": kept})
