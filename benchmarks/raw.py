"""Prepared bytes to a server and back, so cheaply that the server's time counts."""

import json
import re
import socket

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


def graphql_request(query: str, variables: object) -> bytes:
    """Return the bytes of a POST request to /graphql."""
    body = json.dumps({"query": query, "variables": variables}).encode()
    head = (
        "POST /graphql HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def receive(connection: socket.socket) -> bytes:
    """Return the body of a reply of known length, which has to be a success."""
    received = connection.recv(65_536)
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += connection.recv(65_536)
    length = _LENGTH.search(received, 0, end)
    assert received.startswith(b"HTTP/1.1 200"), received
    assert length is not None
    while len(received) < end + 4 + int(length[1]):
        received += connection.recv(65_536)
    return received[end + 4 :]
