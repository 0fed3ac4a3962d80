"""The hash of a request's body as it arrives, by which a repeated request is known."""

import hashlib
import re

BOUNDARY = re.compile(rb'boundary="?([^";,\s]+)')


class BodyHash:
    """SHA-256 of the bytes, without the boundary of a form: each attempt to send a form draws a new one."""

    def __init__(self, content_type: bytes) -> None:
        found = BOUNDARY.search(content_type)
        self._left_out = found[1] if found and content_type.startswith(b"multipart/") else b""
        self._hash = hashlib.sha256()
        self._held = b""

    def update(self, part: bytes) -> None:
        """Add the next bytes; the last few are held back, since a boundary may go on in those that follow."""
        if not self._left_out:
            self._hash.update(part)
            return
        seen = (self._held + part).replace(self._left_out, b"")
        sure = max(0, len(seen) - len(self._left_out) + 1)
        self._hash.update(seen[:sure])
        self._held = seen[sure:]

    def of_request(self, line: str) -> str:
        """Return the hash of the body so far and of what was asked with it."""
        whole = self._hash.copy()
        whole.update(self._held + line.encode())
        return whole.hexdigest()
