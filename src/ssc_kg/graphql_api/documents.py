"""Which documents may run, and the names by which clients send them.

An open server runs any text, and remembers texts by their hash for clients that send
only that the next time (automatic persisted queries). A closed one runs the documents
of a directory and nothing else.
"""

import hashlib
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from cachetools import LRUCache

from ssc_kg.errors import (
    ConfigurationError,
    DocumentHashError,
    PersistedQueryNotFoundError,
    PersistedQueryNotSupportedError,
    UnknownDocumentError,
    UnregisteredDocumentError,
)
from ssc_kg.graphql_api.request import GraphQLRequest

_HASH_PREFIX = "sha256:"
_KEPT_LENGTH = 65_536
"""The most characters of a text that is remembered."""


class Documents(Protocol):
    """Finds the text of a document."""

    def find(self, request: GraphQLRequest) -> str:
        """Return the text that a request means.

        Raises:
            DocumentError: There is none, or it may not run.
        """

    def find_text(self, text: str) -> str:
        """Return the text that one sent as it is means.

        Raises:
            DocumentError: It may not run.
        """

    def keep(self, request: GraphQLRequest) -> None:
        """Remember the text of a request that was answered, if it asks for that."""


class OpenDocuments:
    """Runs any text, and remembers the ones used last by their hash."""

    def __init__(self, maximum: int) -> None:
        """Remember up to `maximum` texts; with 0, none."""
        self._maximum = maximum
        self._texts = LRUCache[str, str](maximum)
        self._lock = threading.Lock()

    def find(self, request: GraphQLRequest) -> str:
        """Return the text that a request means."""
        digest = request.persisted_hash
        if digest is not None and self._maximum == 0:
            raise PersistedQueryNotSupportedError
        if request.query is not None:
            _check_hash(request, request.query)
            return request.query
        if digest is not None:
            return self._recall(digest, PersistedQueryNotFoundError())
        name = request.document_id or ""
        return self._recall(
            name.removeprefix(_HASH_PREFIX).lower(), UnknownDocumentError(name)
        )

    def find_text(self, text: str) -> str:
        """Return the text as it is."""
        return text

    def keep(self, request: GraphQLRequest) -> None:
        """Remember the text of a request that names its hash."""
        digest, text = request.persisted_hash, request.query
        if digest is None or text is None or len(text) > _KEPT_LENGTH:
            return
        with self._lock:
            self._texts[digest] = text

    def _recall(self, digest: str, error: Exception) -> str:
        with self._lock:
            text = self._texts.get(digest)
        if text is None:
            raise error
        return text


class RegisteredDocuments:
    """Runs the documents of a directory, by text, hash or the name of the file."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        """Register documents by their names."""
        self._by_name = dict(texts)
        self._by_hash = {
            hash_text(form): text
            for text in texts.values()
            for form in (text, text.strip())
        }

    def find(self, request: GraphQLRequest) -> str:
        """Return the text that a request means."""
        if request.query is not None:
            _check_hash(request, request.query)
            return self.find_text(request.query)
        if request.persisted_hash is not None:
            text = self._by_hash.get(request.persisted_hash)
        else:
            text = self._find_id(request.document_id or "")
        if text is None:
            raise self._unregistered()
        return text

    def find_text(self, text: str) -> str:
        """Return the registered text that this is but for the space around it."""
        registered = self._by_hash.get(hash_text(text.strip()))
        if registered is None:
            raise self._unregistered()
        return registered

    def keep(self, request: GraphQLRequest) -> None:
        """Remember nothing: what may run is known."""

    def _unregistered(self) -> UnregisteredDocumentError:
        return UnregisteredDocumentError(sorted(self._by_name))

    def _find_id(self, name: str) -> str | None:
        if name.startswith(_HASH_PREFIX):
            return self._by_hash.get(name.removeprefix(_HASH_PREFIX).lower())
        return self._by_name.get(name)


def read_documents(directory: Path) -> dict[str, str]:
    """Return the texts of the `.graphql` files in a directory, by the files' names.

    Raises:
        ConfigurationError: There are none, or one cannot be read.
    """
    paths = sorted(directory.glob("*.graphql"))
    if not paths:
        msg = f"{directory} holds no .graphql file; nothing could be asked"
        raise ConfigurationError(msg)
    return {path.stem: _read(path) for path in paths}


def hash_text(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        msg = f"cannot read {path}: {error}"
        raise ConfigurationError(msg) from error


def _check_hash(request: GraphQLRequest, text: str) -> None:
    named = request.document_id or ""
    given = [request.persisted_hash] if request.persisted_hash else []
    if named.startswith(_HASH_PREFIX):
        given.append(named.removeprefix(_HASH_PREFIX).lower())
    if not given:
        return
    actual = hash_text(text)
    if any(each != actual for each in given):
        raise DocumentHashError(actual)
