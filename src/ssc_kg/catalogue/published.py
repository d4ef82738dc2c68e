"""What editors of SPARQL are told as triples: prefixes, and questions as examples.

The prefixes are those that need no declaration. A question is a SPARQL executable of
SHACL, with the address of the question for its IRI. SHACL has no word for DESCRIBE, and
none for GraphQL, so only the other three forms of SPARQL are published.
"""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import Literal, NamedNode, Triple

from ssc_kg.catalogue.parameters import Parameter
from ssc_kg.catalogue.questions import Question
from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, RDFS, SCHEMA, SH, XSD
from ssc_kg.sparql.scan import Form, scan
from ssc_kg.urls import Urls

_WORDS: Mapping[Form, tuple[NamedNode, NamedNode]] = {
    Form.SELECT: (SH.SPARQLSelectExecutable, SH.select),
    Form.ASK: (SH.SPARQLAskExecutable, SH.ask),
    Form.CONSTRUCT: (SH.SPARQLConstructExecutable, SH.construct),
}
"""The class of the queries of a form, and the property that holds the text of one."""


def describe_questions(questions: Iterable[Question], urls: Urls) -> Iterator[Triple]:
    """Yield the questions that have a SPARQL query, with its text as it is."""
    for question in questions:
        if question.sparql is not None:
            yield from _describe(question, question.sparql, urls)


def describe_prefixes(urls: Urls) -> Iterator[Triple]:
    """Yield the prefixes that every query may use without declaring them."""
    for prefix, namespace in PREFIXES.items():
        declaration = prefix_declaration(prefix, urls)
        yield Triple(urls.prefixes, SH.declare, declaration)
        yield Triple(declaration, RDF.type, SH.PrefixDeclaration)
        yield Triple(declaration, SH.prefix, Literal(prefix))
        yield Triple(declaration, SH.namespace, Literal(namespace, datatype=XSD.anyURI))


def prefix_declaration(prefix: str, urls: Urls) -> NamedNode:
    """Return the IRI of the declaration of a prefix."""
    return urls.part(urls.prefixes, prefix)


def _describe(question: Question, query: str, urls: Urls) -> Iterator[Triple]:
    form = scan(query).form
    if form not in _WORDS:
        return
    class_, property_ = _WORDS[form]
    iri = urls.question(question.slug)
    # Nothing infers the class above, which is the one that editors ask for.
    yield Triple(iri, RDF.type, SH.SPARQLExecutable)
    yield Triple(iri, RDF.type, class_)
    yield Triple(iri, RDFS.label, Literal(question.words, language="en"))
    yield Triple(iri, RDFS.comment, Literal(_comment(question), language="en"))
    if question.topic is not None:
        keyword = Literal(question.topic.label, language="en")
        yield Triple(iri, SCHEMA.keywords, keyword)
    yield Triple(iri, SH.prefixes, urls.prefixes)
    yield Triple(iri, SCHEMA.target, urls.sparql)
    yield Triple(iri, property_, Literal(query))


def _comment(question: Question) -> str:
    return " ".join((question.words, *map(_explain, question.parameters)))


def _explain(parameter: Parameter) -> str:
    return f"Change ?{parameter.name} to ask of another: {parameter.words}"
