"""The documents that were sent last, parsed once."""

import threading
from collections.abc import Collection, Mapping

from cachetools import LRUCache
from graphql import GraphQLError, GraphQLSchema, GraphQLSyntaxError, parse

from ssc_kg.engine.document import Document
from ssc_kg.engine.graphql_errors import NOT_TOLD, RefusedError, coded, too_large
from ssc_kg.engine.limits import OperationLimits
from ssc_kg.engine.plans import Plans
from ssc_kg.engine.weight import check_names
from ssc_kg.errors import IntrospectionDisabledError, OperationTooLargeError

_CACHED_DOCUMENTS = 256
_CACHED_LENGTH = 16_384
"""The most characters of a document that is kept; parsed, it is far larger."""


class Documents:
    """Documents by their texts, for any number of threads."""

    def __init__(
        self, schema: GraphQLSchema, limits: OperationLimits, lookups: Collection[str]
    ) -> None:
        """Read documents of a schema in which `lookups` take an IRI at the root."""
        self._schema = schema
        self._limits = limits
        self._lookups = lookups
        self._documents = LRUCache[str, Document](_CACHED_DOCUMENTS)
        self._lock = threading.Lock()

    def known(self, text: str) -> Document | None:
        """Return a document that is kept."""
        with self._lock:
            return self._documents.get(text)

    def read(self, text: str, variables: Mapping[str, object]) -> Document:
        """Return the parsed document, which is small enough to go on with.

        Raises:
            RefusedError: It is not, or cannot be parsed.
        """
        try:
            document = self.known(text)
            if document is None:
                document = self._parse(text)
                self._keep(text, document)
            document.check_limits(variables)
        except OperationTooLargeError as error:
            raise RefusedError(too_large(error)) from None
        except IntrospectionDisabledError as error:
            extensions = {"code": NOT_TOLD}
            refused = GraphQLError(str(error), extensions=extensions)
            raise RefusedError(refused) from None
        return document

    def _keep(self, text: str, document: Document) -> None:
        if len(text) <= _CACHED_LENGTH:
            with self._lock:
                self._documents[text] = document

    def _parse(self, text: str) -> Document:
        """Return the parsed document.

        Raises:
            OperationTooLargeError: One of its names is too long.
        """
        maximum = self._limits.tokens
        try:
            node = parse(text, max_tokens=maximum, allow_empty_selection_sets=False)
        except GraphQLSyntaxError as error:
            if f"more than {maximum} tokens" in error.message:
                refused = OperationTooLargeError(maximum, "tokens", limit="tokens")
                raise RefusedError(too_large(refused)) from None
            raise RefusedError(coded(error, "GRAPHQL_PARSE_FAILED")) from None
        check_names(node)
        return Document(node, self._schema, self._limits, Plans(node, self._lookups))
