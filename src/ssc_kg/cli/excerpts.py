"""Parts of a version that are written out: graphs, documents, answers, facts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ssc_kg.catalogue.choices import read_values
from ssc_kg.catalogue.operation import bind_variables
from ssc_kg.cli.ask import read_variables
from ssc_kg.cli.questions import find, read_params
from ssc_kg.cli.screen import read_argument
from ssc_kg.dataset.export import export
from ssc_kg.engine.operation import Operation
from ssc_kg.errors import BadRequestError, ConfigurationError, OperationRefusedError
from ssc_kg.formats.table import Format
from ssc_kg.formats.write import write_dataset, write_graph
from ssc_kg.graphql_api.schema import domain_engine
from ssc_kg.publish.description import Document, describe
from ssc_kg.publish.representation import also_merged
from ssc_kg.rdf.terms import read_iri
from ssc_kg.session.local import Local
from ssc_kg.sparql.scan import scan
from ssc_kg.sparql.values import replace_terms
from ssc_kg.store.snapshot import Snapshot
from ssc_kg.urls import Urls


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What a person asks to be written, in the words of the flags."""

    graph: str | None = None
    thing: str | None = None
    query: str | None = None
    params: Sequence[str] = ()
    construct: str | None = None
    graphql: str | None = None
    variables: str | None = None

    def flags(self) -> Mapping[str, object]:
        """Return the flags that say what is written, each with what is given for it."""
        return {
            "--graph": self.graph,
            "--thing": self.thing,
            "--query": self.query,
            "--construct": self.construct,
            "--graphql": self.graphql,
        }

    def check(self) -> None:
        """Refuse what does not go together.

        Raises:
            ConfigurationError: Two parts are asked for, or values for none.
        """
        require_one(self.flags())
        for flag, value, other, is_given in (
            ("--param", self.params, "--query", self.query is not None),
            ("--variables", self.variables, "--graphql", self.graphql is not None),
        ):
            if value and not is_given:
                msg = f"{flag} is for {other}; add that, or leave it out"
                raise ConfigurationError(msg)

    def ask(self, source: Local) -> str | Operation | None:
        """Return the query that is asked, or the operation; None for other parts.

        Raises:
            RequestError: The question, a value or the query is not what it has to be.
            ConfigurationError: A file cannot be read.
        """
        if self.query is not None:
            return _ask_question(self.query, self.params, source)
        if self.construct is not None:
            return _require_graph(read_argument(self.construct, (".rq", ".sparql")))
        if self.graphql is not None:
            text = read_argument(self.graphql, (".graphql",))
            return Operation(text, read_variables(self.variables or "{}"))
        return None

    def write(self, snapshot: Snapshot, urls: Urls, format_: Format) -> Iterator[bytes]:
        """Write a document, a graph or everything.

        Raises:
            MalformedIriError: A name is no IRI.
            UnknownResourceError: The version says nothing about the thing.
            UnknownGraphError: It has no such graph.
        """
        if self.thing is not None:
            return _write_document(snapshot, self.thing, urls, format_)
        graph = None if self.graph is None else read_iri(self.graph)
        return export(snapshot.store, graph=graph, format_=format_)


def require_one(given: Mapping[str, object]) -> None:
    """Refuse flags that exclude each other.

    Raises:
        ConfigurationError: More than one is given.
    """
    flags = [flag for flag, value in given.items() if value is not None]
    if len(flags) > 1:
        msg = f"{' and '.join(flags)} exclude each other; give one of them"
        raise ConfigurationError(msg)


def write_facts(
    snapshot: Snapshot, operation: Operation, format_: Format
) -> Iterator[bytes]:
    """Write the facts that the answer to a GraphQL operation shows.

    Raises:
        OperationRefusedError: The answer has errors.
    """
    result = domain_engine().facts(operation, snapshot.store)
    if result.errors:
        raise OperationRefusedError([error.message for error in result.errors])
    return write_graph(result.facts, format_)


def _ask_question(name: str, params: Sequence[str], source: Local) -> str | Operation:
    asked = find(name, None)
    texts = read_params(params)
    values = read_values(asked.parameters, texts, source.choices, slug=asked.slug)
    if asked.sparql is not None:
        return replace_terms(asked.sparql, values)
    return Operation(asked.graphql or "", bind_variables(asked.parameters, values))


def _require_graph(text: str) -> str:
    form = scan(text).form
    if form.is_table:
        msg = (
            f"--construct takes a CONSTRUCT or DESCRIBE query, and this is {form}; "
            "ssc-kg sparql --out writes its answer"
        )
        raise BadRequestError(msg)
    return text


def _write_document(
    snapshot: Snapshot, thing: str, urls: Urls, format_: Format
) -> Iterator[bytes]:
    iri, record = read_iri(thing), snapshot.record
    version = urls.version(record.number)
    document = Document(urls.document(iri), version, urls.dataset, record.time)
    quads = describe(snapshot.store, iri, document, urls).quads
    return write_dataset(also_merged(quads, format_), format_)
