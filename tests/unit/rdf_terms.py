"""Hypothesis strategies for RDF terms that writers and readers find hard."""

from collections.abc import Iterator
from itertools import count
from typing import TypeAlias

from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from ssc_kg.rdf.namespaces import PREFIXES
from ssc_kg.rdf.vocab import RDF, RDFS, SKOS, XSD

_NAMES = (
    "a",
    "b1",
    "11.2",
    ".a",
    "a.",
    "-a",
    "a-",
    "é",
    "a·b",
    "a:b",
    "_",
    "1",
    "a%20",
)
_ODD = ("a/b", "a#b", "a(b)", "a,b", "a;b", "a=b", "a'b", "a&b", "a~", "a!", "𐀀", "")
_TEXTS = (
    *(
        "",
        '"',
        '""',
        '"""',
        '"\n',
        "\\",
        "\\u0041",
        "\n",
        "\r\n",
        "\t",
        "'",
        "a\nb",
        ".",
    ),
    *("\x00", "\x08", "\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\u202e", "é", "🏙"),
    *(
        "1",
        "01",
        "+1",
        "-1.50",
        "1.",
        ".5",
        "1e3",
        "1E400",
        "INF",
        "true",
        "TRUE",
        " 1",
    ),
)
_DATATYPES = (XSD.string, XSD.integer, XSD.decimal, XSD.double, XSD.boolean, XSD.date)

_NAMESPACES = (*PREFIXES.values(), "http://x.org/", "urn:x:", "oa:", "name:")

iris = st.sampled_from(
    [
        NamedNode(namespace + name)
        for namespace in _NAMESPACES
        for name in (*_NAMES, *_ODD)
        if not ("#" in namespace and "#" in name)
    ]
)
predicates = st.one_of(
    st.sampled_from((RDF.type, RDFS.label, SKOS.prefLabel)),
    iris,
)
blank_nodes = st.sampled_from([BlankNode(f"n{i}") for i in range(4)])
# RDF text is any Unicode scalar value: everything but surrogates.
texts = st.one_of(
    st.lists(st.sampled_from(_TEXTS), max_size=4).map("".join),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
literals = st.one_of(
    st.builds(Literal, texts),
    st.builds(
        lambda text, tag: Literal(text, language=tag),
        texts,
        st.sampled_from(["en", "fr", "en-gb", "zh-hant"]),
    ),
    st.builds(
        lambda text, datatype: Literal(text, datatype=datatype),
        texts,
        st.one_of(st.sampled_from(_DATATYPES), iris),
    ),
)
subjects = st.one_of(iris, blank_nodes)
_triples = st.builds(Triple, subjects, predicates, st.one_of(subjects, literals))
_quads = st.builds(
    Quad,
    subjects,
    predicates,
    st.one_of(subjects, literals),
    st.one_of(st.just(DefaultGraph()), subjects),
)


def graphs() -> st.SearchStrategy[list[Triple]]:
    """Graphs of up to twelve triples."""
    return st.lists(_triples, max_size=12)


def datasets() -> st.SearchStrategy[list[Quad]]:
    """Datasets of up to twelve quads."""
    return st.lists(_quads, max_size=12)


def listed_datasets() -> st.SearchStrategy[list[Quad]]:
    """Datasets of a few lists, and of cells that share, lack or repeat a part."""
    return st.builds(_spell_lists, st.lists(_stated_lists, max_size=3), _stray_quads)


_Value: TypeAlias = "NamedNode | Literal | tuple[_Value, ...]"
_StatedList: TypeAlias = tuple[_Value, NamedNode, NamedNode | BlankNode | DefaultGraph]

_cells = st.sampled_from([BlankNode(f"{name}{i}") for name in "nl" for i in range(4)])
_values = st.sampled_from(
    [NamedNode("urn:x:a"), RDF.nil, Literal("a"), Literal("a\nb"), Literal("1")]
)
_graph_names = st.sampled_from(
    [*[DefaultGraph()] * 3, NamedNode("urn:x:g"), BlankNode("n0")]
)
_stated_lists: st.SearchStrategy[_StatedList] = st.tuples(
    st.recursive(
        _values,
        lambda inner: st.lists(inner, max_size=4).map(tuple),
        max_leaves=8,
    ),
    predicates,
    _graph_names,
)
_stray_quads = st.lists(
    st.builds(
        Quad,
        st.one_of(_cells, st.just(NamedNode("urn:x:a"))),
        st.sampled_from((RDF.first, RDF.rest, RDF.rest, RDF.type)),
        st.one_of(_cells, _values),
        _graph_names,
    ),
    max_size=8,
)


def _spell_lists(stated: list[_StatedList], stray: list[Quad]) -> list[Quad]:
    quads = list(stray)
    names = (BlankNode(f"l{i}") for i in count())
    for value, predicate, graph in stated:
        head = _spell_list(value, graph, names, quads)
        quads.append(Quad(NamedNode("urn:x:s"), predicate, head, graph))
    return quads


def _spell_list(
    value: _Value,
    graph: NamedNode | BlankNode | DefaultGraph,
    names: Iterator[BlankNode],
    quads: list[Quad],
) -> NamedNode | BlankNode | Literal:
    if not isinstance(value, tuple):
        return value
    head: NamedNode | BlankNode = RDF.nil
    for member in reversed(value):
        cell = next(names)
        first = _spell_list(member, graph, names, quads)
        quads.append(Quad(cell, RDF.first, first, graph))
        quads.append(Quad(cell, RDF.rest, head, graph))
        head = cell
    return head
