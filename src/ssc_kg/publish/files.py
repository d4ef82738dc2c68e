"""Files that never change, as replies: parts of them, tags, digests.

Starlette's reply for files sends parts well, but reads the header that asks for them
otherwise than the specification (RFC 9110, section 14.2) says: to HEAD it sends a part,
and what it does not understand it refuses. So the header is read here.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPMethod, HTTPStatus
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.types import Receive, Scope, Send

from ssc_kg.http.conditional import http_date, is_fresh
from ssc_kg.http.ranges import read_ranges, write_ranges

FOR_EVER = "public, max-age=31536000, immutable"
"""How long caches keep what never changes."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file that never changes."""

    path: Path
    size: int
    """In bytes."""
    sha256: str
    """In hexadecimal."""
    media_type: str
    modified: datetime

    def headers(self) -> Mapping[str, str]:
        """Return what every reply about it says, 304 and parts of it too."""
        digest = base64.b64encode(bytes.fromhex(self.sha256)).decode("ascii")
        return {
            "Cache-Control": FOR_EVER,
            "ETag": f'"{self.sha256}"',
            "Last-Modified": http_date(self.modified),
            # RFC 9530: of the whole file, whatever part is sent.
            "Repr-Digest": f"sha-256=:{digest}:",
        }


def reply_with_file(request: Request, file: PublishedFile) -> Response:
    """Return the reply to GET or HEAD: the file, the parts asked for, or 304.

    Raises:
        RangeError: The file has nothing of what is asked for.
    """
    headers = file.headers()
    if is_fresh(request.headers, headers["ETag"]):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return _FileReply(
        file.path,
        _wanted(request, file, headers),
        headers=headers,
        media_type=file.media_type,
    )


def _wanted(
    request: Request, file: PublishedFile, headers: Mapping[str, str]
) -> str | None:
    """Return the header that asks for the parts to send; None for all of the file."""
    asked = request.headers.get("range")
    if asked is None or request.method != HTTPMethod.GET:
        return None
    # A tag has to be the same, strong one; a weak one never is (section 13.1.5).
    known = request.headers.get("if-range")
    if known is not None and known not in (headers["ETag"], headers["Last-Modified"]):
        return None
    parts = read_ranges(asked, file.size)
    return None if parts is None else write_ranges(parts)


class _FileReply(FileResponse):
    """The reply of Starlette, told what parts of the file to send."""

    def __init__(
        self,
        path: Path,
        wanted: str | None,
        *,
        headers: Mapping[str, str],
        media_type: str,
    ) -> None:
        super().__init__(
            path, headers=headers, media_type=media_type, filename=path.name
        )
        self._wanted = wanted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        told = {**scope, "headers": list(scope["headers"])}
        headers = MutableHeaders(scope=told)
        del headers["range"], headers["if-range"]
        if self._wanted is not None:
            headers["range"] = self._wanted
        await super().__call__(told, receive, send)
