"""Asking again, as a server that is not ready yet tells its clients to."""

import time

import httpx

_SECONDS = 300
"""Files are made by a process that gives way to all others; there may be many."""
_PAUSE = 0.2


def get_when_ready(client: httpx.Client, path: str) -> httpx.Response:
    """Return the answer to GET that is no 503."""
    deadline = time.monotonic() + _SECONDS
    while (response := client.get(path)).status_code == httpx.codes.SERVICE_UNAVAILABLE:
        assert time.monotonic() < deadline, response.text
        assert int(response.headers["retry-after"]) > 0
        time.sleep(_PAUSE)
    return response
