"""Everything this package raises on purpose.

    KnowledgeGraphError
      ConfigurationError         a setting, a directory or a port cannot be used
        NotADataDirectoryError
        NotASiteError            a folder that is no earlier export of a site
        PortInUseError
        MissingFileError
        MissingExtraError        a package that an extra of this one brings
        SessionClosedError
      CatalogueError             a file of queries/ that is no question
      MappingError               a declaration disagrees with the ontology
      CompileError               a GraphQL selection has no SPARQL translation
        UnknownFieldError
        PageSizeError
        PageEndsError
        CursorError
        DepthError
        HopsError
        ConditionError           an operator of `where` that cannot work with its value
        OrderingError            an `orderBy` that names no order
        GroupingError            a key that nodes are not grouped by
        OperationTooLargeError
        IntrospectionDisabledError
      RequestError               the request itself is wrong
        BadRequestError          a body or a parameter that cannot be read
        OperationRefusedError    a GraphQL operation without an answer to write as RDF
        OperationFailedError     a GraphQL operation whose answer has errors
        ResultKindError          rows of a graph, or triples of a table
        ChartError               a result that does not fit a chart
        TooManyStreamsError      all streams of events that may be open are
        DocumentError            a GraphQL document that is not known, or may not run
          PersistedQueryNotFoundError
          PersistedQueryNotSupportedError
          DocumentHashError
          UnknownDocumentError
          UnregisteredDocumentError
        MalformedIriError
        LanguagesError           a text that names no languages to prefer
        UnknownResourceError
        UnknownPageError         a document has fewer pages
        WithdrawnResourceError   the graph no longer says anything about an IRI
        UnknownVersionError
          PrunedVersionError     a version that was published, and is no longer kept
        UnknownQuestionError
        UnknownParameterError    a name that no parameter of the question has
        ParameterValueError      a text that is not of the parameter's type
        UnknownGraphError
        UnknownDumpError         a file that is no dump of its version
        RangeError               a part of a file that lies behind its end
        SearchTextError          a text to search for without a word, or too long
        NotAcceptableError       no representation suits the client
        UnwritableError          the format cannot express a term
        UnreadableTableError     a table of Arrow that does not say what terms it has
        QuerySyntaxError         SPARQL that does not parse
        QueryRefusedError        SPARQL that is not run here: SERVICE, updates
      StoreError                 the triple store could not answer
        QueryTimedOutError
        QueryTooLargeError
        StoreBusyError
        ComparisonBusyError      other versions are being compared
        LargeGraphBusyError
        DumpsNotReadyError       files to download that are still to be made
        EndpointError            a server elsewhere does not answer as one should
        DirectoryBusyError       another program is writing to the data directory
        DiskFullError            too little room for a new version
        NoRoomError              too little room for temporary files
        UnreadableValueError     a literal that is not of its field's type
        IncompleteAnswerError    the data leaves nothing of an answer
      SiteError                  a site that cannot be written whole
      DataError                  data that cannot become a version
        UnknownFormatError       a file whose suffix names no RDF format
        RdfSyntaxError           a file does not parse: file, line and reason
        RdfRefusedError          RDF that parses but is not kept here (blank nodes …)
        LoadStoppedError         a file that takes too long, or ends its reader
        ShapeViolationError      the data breaks a SHACL shape or a rule beside them

Adapters translate these once, at the edge: the HTTP layer to a status and a problem
document, GraphQL to an error with a code, the CLI to an exit status. Anything else that
escapes is a bug and is reported as one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path

_SHOWN = 200
"""How much of what a client sent an error repeats."""
_LIKENESS = 0.5


class KnowledgeGraphError(Exception):
    """Base of every deliberate error; catch this at the edges only."""

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from the processes that write and query with all their facts.
        # The default calls the class with the finished message as its only argument.
        return _revive, (type(self), self.args, self.__dict__)


def _revive(
    kind: type[KnowledgeGraphError],
    arguments: tuple[object, ...],
    facts: Mapping[str, object],
) -> KnowledgeGraphError:
    error = kind.__new__(kind, *arguments)
    error.__dict__.update(facts)
    return error


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


class ConfigurationError(KnowledgeGraphError):
    """A setting, a directory or a port that cannot be used."""


class NotADataDirectoryError(ConfigurationError):
    """The path names something that is not a data directory of this program."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is not an ssc-kg data directory: {reason}; "
            "name an empty or a new directory, or one made by ssc-kg"
        )
        self.path = path
        self.reason = reason


class NotASiteError(ConfigurationError):
    """The path names something that no export of a site has written."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} is no earlier export of a site: {reason}; "
            "name an empty or a new directory, or the one of an earlier export"
        )
        self.path = path
        self.reason = reason


class PortInUseError(ConfigurationError):
    """Another program listens on the address."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"{host}:{port} is in use by another program; "
            "choose another with --port or SSC_KG_PORT"
        )
        self.host = host
        self.port = port


class MissingFileError(ConfigurationError):
    """A file that was named does not exist or is no file."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"there is no file {path}")
        self.path = path


class MissingExtraError(ConfigurationError):
    """What was asked for needs a package that is not installed."""

    def __init__(self, what: str, package: str, extra: str) -> None:
        super().__init__(
            f"{what} needs {package}, which is not installed; the extra {extra} brings "
            f"it, in a checkout by: .venv/bin/pip install --editable '.[{extra}]'"
        )
        self.what = what
        self.package = package
        self.extra = extra


class SessionClosedError(ConfigurationError):
    """A session that was closed is asked something."""

    def __init__(self) -> None:
        super().__init__("this session is closed; ssc_kg.open() opens another")


class CatalogueError(KnowledgeGraphError):
    """A file of the catalogue that is no question; the line counts from 1."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file = file
        self.line = line
        self.reason = reason


class MappingError(KnowledgeGraphError):
    """A GraphQL declaration disagrees with the ontology or its shapes."""


class CompileError(KnowledgeGraphError):
    """A GraphQL selection that cannot be turned into SPARQL."""


class UnknownFieldError(CompileError):
    """The selection names a field that the mapping does not have."""

    def __init__(self, type_name: str, field_name: str) -> None:
        super().__init__(f"{type_name} has no field {field_name!r}")
        self.type_name = type_name
        self.field_name = field_name


class PageSizeError(CompileError):
    """A page that is negative, larger than a page may be, or counted from both ends."""

    def __init__(self, name: str, size: int, maximum: int) -> None:
        super().__init__(
            f"{name}: {size} is not a page size; ask for 0 to {maximum} "
            "and go on with a cursor"
        )
        self.size = size
        self.maximum = maximum


class PageEndsError(CompileError):
    """A page that is asked for from both ends at once."""

    def __init__(self) -> None:
        super().__init__("give `first` or `last`, not both: a page begins at one end")


class DepthError(CompileError):
    """A depth of a transitive field that is no number of steps."""

    def __init__(self, depth: int, maximum: int) -> None:
        super().__init__(
            f"depth: {depth} is not a number of steps; ask for 1 to {maximum}, "
            "or leave it out for all there are"
        )
        self.depth = depth
        self.maximum = maximum


class HopsError(CompileError):
    """A `maxHops` that no path is searched with."""

    def __init__(self, hops: object, maximum: int) -> None:
        super().__init__(
            f"maxHops: {hops} is not a number of hops; ask for 1 to {maximum}"
        )
        self.maximum = maximum


class CursorError(CompileError):
    """A text that is no cursor of the connection it was given to."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(
            f"{name}: {_cut(text)!r} is not a cursor of this connection in this order; "
            "use an `endCursor`, a `startCursor` or a `cursor` that it returned"
        )
        self.text = _cut(text)


class ConditionError(CompileError):
    """An operator of `where` with a value that it cannot work with."""

    def __init__(self, name: str, value: object, expected: str) -> None:
        shown = "null" if value is None else repr(value)
        hint = "; leave it out, or ask for isNull" if value is None else ""
        super().__init__(f"{name} is {_cut(shown)}, but has to be {expected}{hint}")
        self.name = name
        self.expected = expected


class OrderingError(CompileError):
    """An entry of `orderBy` or `groupBy` that does not name one field, and how."""

    def __init__(self, reason: str, argument: str = "orderBy") -> None:
        super().__init__(f"{argument}: {reason}")
        self.reason = reason
        self.argument = argument


class GroupingError(CompileError):
    """Something that groups do not have in common is asked for as their key."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"key: {name} is not what the nodes are grouped by; name it in `groupBy`"
        )
        self.name = name


class OperationTooLargeError(CompileError):
    """An operation that asks for more than one operation may; nothing was read.

    Attributes:
        maximum: What it may have.
        what: Of what, in words.
        limit: The name of the limit.
        asked: What it has, if that was counted to the end.
    """

    def __init__(
        self,
        maximum: int,
        what: str,
        *,
        limit: str | None = None,
        asked: int | None = None,
    ) -> None:
        number = "" if asked is None else f" ({asked})"
        super().__init__(
            f"the operation has more than {maximum} {what}{number}, fragments counted "
            "where they are spread; ask for less at once"
        )
        self.maximum = maximum
        self.what = what
        self.limit = limit or what
        self.asked = asked


class IntrospectionDisabledError(CompileError):
    """A question about the schema where the schema is not told."""

    def __init__(self) -> None:
        super().__init__(
            "this server does not tell its schema; leave out __schema and __type "
            "(__typename is answered)"
        )


class RequestError(KnowledgeGraphError):
    """A request that is wrong in itself."""


class BadRequestError(RequestError):
    """A body or a parameter that cannot be read; `status` is the HTTP status."""

    def __init__(self, reason: str, *, status: int = 400) -> None:
        super().__init__(reason)
        self.status = int(status)


class OperationRefusedError(RequestError):
    """A GraphQL operation that has no answer, for reasons that its author can mend."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__("; ".join(errors))
        self.errors = tuple(errors)


class OperationFailedError(RequestError):
    """A GraphQL operation whose answer has errors.

    Attributes:
        errors: Each as the specification words it (section 7.1.2).
        data: What is left of the answer, if anything.
    """

    def __init__(
        self, errors: Sequence[Mapping[str, object]], data: object = None
    ) -> None:
        super().__init__("; ".join(str(error.get("message", "")) for error in errors))
        self.errors = tuple(errors)
        self.data = data


class ResultKindError(RequestError):
    """A result is asked for what its kind does not have."""

    def __init__(self, wanted: str, kind: str, instead: str) -> None:
        super().__init__(f"the result is {kind}, which has no {wanted}; {instead}")
        self.wanted = wanted
        self.kind = kind


class ChartError(RequestError):
    """A result that does not fit the chart; the reason says what is missing."""

    def __init__(self, chart: str, reason: str) -> None:
        super().__init__(f"this result makes no {chart} chart: {reason}")
        self.chart = chart
        self.reason = reason


class TooManyStreamsError(RequestError):
    """All streams of events that may be open are; try again later."""

    def __init__(self, maximum: int, retry_after: int = 10) -> None:
        super().__init__(
            f"{maximum} streams of events are open, which is the limit; "
            f"try again in {retry_after} s"
        )
        self.maximum = maximum
        self.retry_after = retry_after


class DocumentError(RequestError):
    """A GraphQL document that is not known, or may not run."""


class PersistedQueryNotFoundError(DocumentError):
    """A hash whose text is not remembered; clients know the word and send the text."""

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotFound")


class PersistedQueryNotSupportedError(DocumentError):
    """A hash where none is remembered; clients know the word and stop sending it."""

    def __init__(self) -> None:
        super().__init__("PersistedQueryNotSupported")


class DocumentHashError(DocumentError):
    """A text that came with the hash of another; `actual` is that of the text."""

    def __init__(self, actual: str) -> None:
        super().__init__(
            f"provided sha does not match query: the SHA-256 of its text is {actual}"
        )
        self.actual = actual


class UnknownDocumentError(DocumentError):
    """A documentId that names no document."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"no document {_cut(name)!r} is known; send its text as `query`"
        )
        self.name = _cut(name)


class UnregisteredDocumentError(DocumentError):
    """A document that a server of registered documents does not run."""

    def __init__(self, known: Sequence[str]) -> None:
        super().__init__(
            "this server runs only documents that are registered with it, and this is "
            f"none; send one of these as `documentId`: {', '.join(known)}"
        )
        self.known = tuple(known)


class MalformedIriError(RequestError):
    """Text that is no IRI."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{_cut(text)!r} is not an absolute IRI")
        self.text = _cut(text)


class LanguagesError(RequestError):
    """A text that is no list of language ranges (RFC 4647, RFC 9110)."""

    def __init__(self, name: str, text: str, reason: str) -> None:
        super().__init__(
            f"{name}: {_cut(text)!r} {reason}; write tags of languages (BCP 47) as in "
            'the header Accept-Language, such as "fr", "pt-BR, pt" or '
            '"fr, en;q=0.5, de;q=0"'
        )
        self.name = name
        self.text = _cut(text)


class UnknownResourceError(RequestError):
    """An IRI that the graph says nothing about."""

    def __init__(self, iri: str) -> None:
        super().__init__(f"the graph says nothing about <{iri}>")
        self.iri = iri


class UnknownPageError(RequestError):
    """A page after the last one of a document."""

    def __init__(self, number: int, pages: int) -> None:
        super().__init__(f"there is no page {number}; the document has {pages}")
        self.number = number
        self.pages = pages


class WithdrawnResourceError(RequestError):
    """An IRI of which an earlier version of the graph told, and this one does not."""

    def __init__(self, iri: str, number: int) -> None:
        super().__init__(
            f"<{iri}> was withdrawn: an earlier version of the graph told of it, and "
            f"version {number} does not"
        )
        self.iri = iri
        self.version = number


class UnknownVersionError(RequestError):
    """A version number that was never published, or was pruned."""

    _what = "there is no version {}; published: {}"

    def __init__(self, number: int, known: Sequence[int]) -> None:
        known_text = ", ".join(map(str, known)) or "none yet"
        super().__init__(self._what.format(number, known_text))
        self.number = number
        self.known = tuple(known)


class PrunedVersionError(UnknownVersionError):
    """A version that was published, and is no longer kept."""

    _what = "version {} was published, but is no longer kept; there are: {}"


class UnknownQuestionError(RequestError):
    """A name that no question of the catalogue has; those like it are told first."""

    def __init__(self, slug: str, known: Sequence[str]) -> None:
        slug = _cut(slug)
        near = get_close_matches(slug, known, cutoff=_LIKENESS)
        hint = f"; near to it: {', '.join(near)}" if near else ""
        super().__init__(
            f"there is no question {slug!r}{hint}; `ssc-kg query` lists all, "
            "and so does /queries of a server"
        )
        self.slug = slug
        self.known = tuple(known)


class UnknownParameterError(RequestError):
    """A name that no parameter of the question has."""

    def __init__(self, name: str, slug: str, known: Sequence[str]) -> None:
        there_are = f"there are: {', '.join(known)}" if known else "it declares none"
        super().__init__(f"{slug} has no parameter {name!r}; {there_are}")
        self.name = name
        self.slug = slug
        self.known = tuple(known)


class ParameterValueError(RequestError):
    """A text that is not of the type of the parameter it was given for.

    Attributes:
        name: The parameter.
        text: What was given for it.
        expected: What it has to be, in words.
        near: Of the values that it may have, those that look most like the text.
    """

    def __init__(
        self, name: str, text: str, expected: str, near: Sequence[str] | None = None
    ) -> None:
        hint = f"; near to it: {', '.join(near)}" if near else ""
        super().__init__(f"{name} is {_cut(text)!r}, but has to be {expected}{hint}")
        self.name = name
        self.text = _cut(text)
        self.expected = expected
        self.near = None if near is None else tuple(near)


class UnknownDumpError(RequestError):
    """A name that no file to download of the version has."""

    def __init__(self, name: str, number: int, known: Sequence[str]) -> None:
        name = _cut(name)
        near = get_close_matches(name, known, cutoff=_LIKENESS)
        hint = f"near to it: {', '.join(near)}; " if near else ""
        super().__init__(
            f"version {number} has no dump {name!r}; {hint}/dumps/{number} lists all"
        )
        self.name = name
        self.number = number


class RangeError(RequestError):
    """A range of bytes of which nothing is in the file (RFC 9110, section 14.4)."""

    def __init__(self, ranges: str, size: int) -> None:
        super().__init__(
            f"the range {_cut(ranges)!r} is not in the file, which has {size} bytes, "
            f"0 to {size - 1}"
        )
        self.size = size


class UnknownGraphError(RequestError):
    """A named graph that the version does not hold."""

    def __init__(self, iri: str, known: Sequence[str]) -> None:
        super().__init__(
            f"there is no graph <{iri}>; there are: {', '.join(known) or 'none'}"
        )
        self.iri = iri
        self.known = tuple(known)


class SearchTextError(RequestError):
    """A text that cannot be searched for; the reason says what would be right."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"the text to search for, {_cut(text)!r}, {reason}")
        self.text = _cut(text)
        self.reason = reason


class NotAcceptableError(RequestError):
    """No representation of the resource matches the Accept header."""

    def __init__(
        self, accept: str, offered: Sequence[str], extra: str | None = None
    ) -> None:
        hint = f"; the extra {extra}, which brings it, is not installed"
        super().__init__(
            f"cannot satisfy {accept!r}; offered: {', '.join(offered)}"
            f"{hint if extra else ''}"
        )
        self.accept = accept
        self.offered = tuple(offered)
        self.extra = extra


class UnwritableError(RequestError):
    """A term that the format asked for cannot express."""

    def __init__(self, term: str, format_name: str, instead: str) -> None:
        super().__init__(f"{format_name} cannot express {term}; ask for {instead}")
        self.term = term
        self.format_name = format_name
        self.instead = instead


class UnreadableTableError(RequestError):
    """A table of Arrow whose metadata does not say what terms a column has."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(
            f"the metadata of the column {column!r} does not tell its terms: {reason}; "
            "read the table as it was answered"
        )
        self.column = column
        self.reason = reason


class QuerySyntaxError(RequestError):
    """SPARQL that does not parse; line and column count from 1 where known.

    The token is what is wrong there, as it is written, and empty at the end of the
    text; a suggestion is what was probably meant.
    """

    def __init__(
        self,
        reason: str,
        *,
        line: int | None = None,
        column: int | None = None,
        token: str | None = None,
        suggestion: str | None = None,
    ) -> None:
        where = "" if line is None else f" at line {line}, column {column}"
        super().__init__(f"the query does not parse{where}: {reason}")
        self.reason = reason
        self.line = line
        self.column = column
        self.token = None if token is None else _cut(token)
        self.suggestion = suggestion


class QueryRefusedError(RequestError):
    """SPARQL that parses but is not run here."""


class StoreError(KnowledgeGraphError):
    """The triple store could not answer."""


class QueryTimedOutError(StoreError):
    """A query that was stopped at its time limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"the query was stopped after {seconds:g} s, its time limit; "
            "ask for less, or bind more of the pattern"
        )
        self.limit = "seconds"
        self.seconds = seconds


class QueryLimit(StrEnum):
    """What a query can have too much of; all but rows are counted in bytes."""

    MEMORY = "memory"
    """Of the process that runs it."""
    STACK = "stack"
    """Of the same, which is for what nests."""
    ROWS = "rows"
    """Of its answer, or triples."""
    BYTES = "bytes"
    """Of its answer."""


class QueryTooLargeError(StoreError):
    """A query that needs more than one query may have, which is `maximum`."""

    def __init__(self, limit: QueryLimit, maximum: int) -> None:
        super().__init__(_TOO_LARGE[limit].format(maximum, maximum / 2**20))
        self.limit = limit
        self.maximum = maximum


_TOO_LARGE = {
    QueryLimit.MEMORY: "the query took more than {1:g} MiB of memory, the limit; "
    "ask for less, or split it",
    QueryLimit.STACK: "the query nests or chains its expressions deeper than {1:g} MiB "
    "of stack can hold, the limit; split it",
    QueryLimit.ROWS: "the answer has more than {0} rows, the limit; "
    "ask for less, or page with LIMIT and OFFSET",
    QueryLimit.BYTES: "the answer has more than {0} bytes, the limit; "
    "ask for less, or page with LIMIT and OFFSET",
}


class StoreBusyError(StoreError):
    """Every worker is busy and the queue is full; try again later."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"all query workers are busy; try again in {retry_after} s")
        self.retry_after = retry_after


class ComparisonBusyError(StoreError):
    """Other versions are being compared, one pair at a time; ask again later."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            f"other versions are being compared; ask again in {retry_after} s"
        )
        self.retry_after = retry_after


class LargeGraphBusyError(StoreError):
    """Another large graph is written in a format that holds all of it in memory."""

    def __init__(self, wanted: str, streamed: Sequence[str], retry_after: int) -> None:
        super().__init__(
            f"{wanted} of a large graph is made for one client at a time; ask again in "
            f"{retry_after} s, or for what is sent as it is written: "
            f"{', '.join(streamed)}"
        )
        self.wanted = wanted
        self.offered = tuple(streamed)
        self.retry_after = retry_after


class DumpsNotReadyError(StoreError):
    """Files to download that are being made, or could not be; ask again later."""

    def __init__(self, number: int, reason: str, retry_after: int) -> None:
        super().__init__(
            f"the dumps of version {number} {reason}; ask again in {retry_after} s"
        )
        self.number = number
        self.retry_after = retry_after


class EndpointError(StoreError):
    """A server elsewhere that cannot be reached, or answers as no such server does."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url = url
        self.reason = reason


class UnreadableValueError(StoreError):
    """A literal whose lexical form is not one of the field's type."""

    def __init__(self, field: str, term: str) -> None:
        super().__init__(f"{field}: the graph holds {term}, which cannot be read")
        self.field = field
        self.term = term


class IncompleteAnswerError(StoreError):
    """The data lacks what the schema promises, which leaves nothing of an answer."""

    def __init__(self, errors: Sequence[str]) -> None:
        super().__init__(f"nothing is left of the answer: {'; '.join(errors)}")
        self.errors = tuple(errors)


class DirectoryBusyError(StoreError):
    """Another program has held the writers' lock for too long."""

    def __init__(self, path: Path, seconds: float) -> None:
        super().__init__(
            f"another program has been writing to {path} for {seconds:g} s; "
            "try again when it has ended"
        )
        self.path = path
        self.seconds = seconds


class DiskFullError(StoreError):
    """Too little room for a new version, known before anything is written."""

    def __init__(self, path: Path, *, free: int, needed: int) -> None:
        super().__init__(
            f"{path} has {free // 2**20} MiB free and a new version may take "
            f"{needed // 2**20} MiB; make room, or name another directory"
        )
        self.path = path
        self.free = free
        self.needed = needed


class NoRoomError(StoreError):
    """No temporary file for what is too much for memory."""

    def __init__(self, directory: str, reason: str) -> None:
        super().__init__(
            f"what is too much for memory cannot be put into {directory}: {reason}; "
            "make room there, or name another directory in TMPDIR"
        )
        self.directory = directory
        self.reason = reason


class SiteError(KnowledgeGraphError):
    """A site that cannot be written whole, so that nothing of it is published."""


class DataError(KnowledgeGraphError):
    """Data that cannot become a version; nothing was changed."""


class UnknownFormatError(DataError):
    """A file whose name does not say which RDF format it is in."""

    def __init__(self, source: str, known: Sequence[str]) -> None:
        endings = ", ".join(f".{suffix}" for suffix in known)
        hint = "; decompress it first" if source.endswith((".gz", ".zst")) else ""
        super().__init__(f"{source}: the name has to end in one of {endings}{hint}")
        self.source = source
        self.known = tuple(known)


class RdfSyntaxError(DataError):
    """A file that does not parse; line and column count from 1 where known."""

    def __init__(
        self,
        source: str,
        reason: str,
        *,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        where = source if line is None else f"{source}:{line}"
        if column is not None:
            where = f"{where}:{column}"
        super().__init__(f"{where}: {reason}")
        self.source = source
        self.reason = reason
        self.line = line
        self.column = column


class RdfRefusedError(DataError):
    """RDF that parses but is not kept here; the line counts from 1 where known."""

    def __init__(self, source: str, reason: str, *, line: int | None = None) -> None:
        super().__init__(f"{source if line is None else f'{source}:{line}'}: {reason}")
        self.source = source
        self.reason = reason
        self.line = line


class LoadStoppedError(DataError):
    """The process that read or wrote the data was stopped, or ended by itself."""

    def __init__(self, step: str, reason: str) -> None:
        super().__init__(f"{step}: {reason}; nothing was changed")
        self.step = step
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Violation:
    """One way in which the data breaks a SHACL shape, or a rule beside the shapes."""

    source: str | None
    """The file that describes the subject, if it is among the files at hand."""
    line: int | None
    """Where in the file the value stands, or else the property, or else where the
    subject's description begins; counted from 1."""
    subject: str
    path: str | None
    """The property, as an IRI or in the syntax of SPARQL's paths."""
    rule: str
    """The IRI of the shape, or the name of the constraint if the shape has no IRI, or
    the name of a rule that no shape states."""
    message: str
    value: str | None
    severity: str = "Violation"
    """Of SHACL, section 3.6.2.4: Violation; Warning and Info are advice."""

    @property
    def is_advice(self) -> bool:
        """Whether data is accepted all the same."""
        return self.severity != "Violation"

    def __str__(self) -> str:
        where = self.source or "the graph"
        place = where if self.line is None else f"{where}:{self.line}"
        grade = f"{self.severity.lower()}: " if self.is_advice else ""
        return f"{place}: {grade}<{self.subject}>: {self.message} ({self.rule})"


class ShapeViolationError(DataError):
    """The data breaks a SHACL shape, or a rule beside the shapes."""

    def __init__(self, violations: Sequence[Violation]) -> None:
        super().__init__("\n".join(map(str, violations)))
        self.violations = tuple(violations)


@dataclass(frozen=True, slots=True)
class EvidenceFailure:
    """One piece of evidence that does not hold."""

    subject: str
    """The IRI of the evidence, or of the document if all of that is what is wrong."""
    document: str
    """The name of the file, or the IRI of the document if no file name is known."""
    start: int | None
    end: int | None
    reason: str
    expected: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        return f"{self.message} (<{self.subject}>)"

    @property
    def message(self) -> str:
        """What is wrong where in the document."""
        where = self.document
        if self.start is not None and self.end is not None:
            where = f"{where}[{self.start}:{self.end}]"
        facts = "" if self.expected is None else f": expected {self.expected!r}"
        facts += "" if self.found is None else f", found {self.found!r}"
        return f"{where}: {self.reason}{facts}"
