"""The values that a parameter may have, as the data has them."""

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from pyoxigraph import Store as Quads

from ssc_kg.catalogue.choices import (
    MAXIMUM,
    Choice,
    Choices,
    read_choice,
    read_choices,
)
from ssc_kg.catalogue.parameters import Parameter, ParameterType
from ssc_kg.catalogue.questions import read_questions
from ssc_kg.errors import ParameterValueError
from ssc_kg.rdf.vocab import RDFS, SKOS
from ssc_kg.resources import QUERIES
from ssc_kg.sparql.algebra import Term
from ssc_kg.store.embedded import EmbeddedStore
from ssc_kg.store.protocol import Store

SDG = "http://metadata.un.org/sdg/"
SAYS = NamedNode("http://example.org/says")
GOAL = Parameter(
    "goal", ParameterType.IRI, "The goal.", NamedNode(f"{SDG}11"), "?goal a sdgo:Goal"
)
TYPED = {
    type_: Parameter(
        "a", type_, "It.", Literal("x"), "?one <http://example.org/says> ?a"
    )
    for type_ in ParameterType
}


def saying(*values: Term | BlankNode) -> EmbeddedStore:
    """Return a store in which a thing says some values."""
    thing = NamedNode("http://example.org/thing")
    quads = Quads()
    quads.extend([Quad(thing, SAYS, value) for value in values])
    return EmbeddedStore(quads)


def goals(store: Store) -> Choices:
    choices = read_choices(GOAL, store)
    assert choices is not None
    return choices


def test_values_have_the_codes_and_names_by_which_people_know_them(
    seed_store: Store,
) -> None:
    choices = goals(seed_store)
    assert [choice.code for choice in choices.values] == [str(n) for n in range(1, 18)]
    first = choices.values[0]
    assert (first.label, first.short) == ("1 No poverty", "sdg:1")
    assert choices.is_whole


def test_a_name_is_in_english_or_else_in_the_first_language() -> None:
    quads = Quads()
    for name, texts in {"b": {"fr": "Deux", "de": "Zwei"}, "a": {"en": "One"}}.items():
        thing = NamedNode(f"http://example.org/{name}")
        quads.add(Quad(BlankNode(), SAYS, thing))
        for tag, text in texts.items():
            quads.add(Quad(thing, RDFS.label, Literal(text, language=tag)))
        quads.add(Quad(thing, SKOS.prefLabel, Literal("Un", language="fr")))
    choices = read_choices(TYPED[ParameterType.IRI], EmbeddedStore(quads))
    assert choices is not None
    assert [choice.label for choice in choices.values] == ["One", "Zwei"]


@pytest.mark.parametrize(
    ("type_", "values"),
    [
        pytest.param(ParameterType.IRI, [NamedNode("urn:x:y")], id="iri"),
        pytest.param(ParameterType.STRING, [Literal("a"), Literal("b")], id="string"),
        pytest.param(ParameterType.LANGUAGE, [Literal("en")], id="language"),
        pytest.param(ParameterType.INTEGER, [Literal(4), Literal(12)], id="integer"),
    ],
)
def test_what_is_not_of_the_type_is_left_out(
    type_: ParameterType, values: list[Term]
) -> None:
    french, truth = Literal("?!", language="fr"), Literal(value=True)
    choices = read_choices(TYPED[type_], saying(*values, BlankNode(), french, truth))
    assert choices is not None
    assert [choice.value for choice in choices.values] == values


def test_a_parameter_of_which_only_the_type_is_said_may_be_anything() -> None:
    free = Parameter("a", ParameterType.STRING, "It.", Literal("x"))
    assert read_choices(free, saying()) is None
    assert read_choice(free, "anything", None) == Literal("anything")


def test_of_data_that_has_no_values_any_may_be_asked() -> None:
    choices = read_choices(TYPED[ParameterType.STRING], saying())
    assert choices is not None
    assert not choices.is_whole
    assert read_choice(TYPED[ParameterType.STRING], "b", choices) == Literal("b")


def test_a_boolean_is_one_of_two() -> None:
    either = Parameter("a", ParameterType.BOOLEAN, "It.", Literal(value=True))
    choices = read_choices(either, saying())
    assert choices is not None
    assert [choice.short for choice in choices.values] == ["false", "true"]


def test_of_too_many_values_the_first_are_an_offer_and_others_may_be_asked_for() -> (
    None
):
    many = TYPED[ParameterType.INTEGER]
    for number, is_whole in ((MAXIMUM, True), (MAXIMUM + 1, False)):
        choices = read_choices(many, saying(*map(Literal, range(number))))
        assert choices is not None
        assert (len(choices.values), choices.is_whole) == (MAXIMUM, is_whole)
    assert read_choice(many, "5000", choices) == Literal(5000)


@pytest.mark.parametrize(
    ("text", "near"),
    [
        pytest.param("sdg:111", "sdg:11 (11 Sustainable cities", id="a code too long"),
        pytest.param(f"{SDG}99", "sdg:9 (9 Industry", id="a number too high"),
        pytest.param("11", "sdg:11 (11 Sustainable cities", id="a code alone"),
        pytest.param("climate", "sdg:13 (13 Climate action)", id="a part of a name"),
        pytest.param("Climat Action", "sdg:13 (13 Climate action)", id="misspelt"),
        pytest.param("sgd:13", "sdg:13 (13 Climate action)", id="a misspelt prefix"),
    ],
)
def test_a_wrong_value_is_answered_with_those_near_to_it(
    text: str, near: str, seed_store: Store
) -> None:
    with pytest.raises(ParameterValueError) as refused:
        read_choice(GOAL, text, goals(seed_store))
    assert refused.value.name == "goal"
    assert refused.value.text == text
    assert refused.value.near is not None
    assert refused.value.near[0].startswith(near)
    assert near in str(refused.value)


def test_a_value_near_to_none_is_told_how_many_there_are(seed_store: Store) -> None:
    with pytest.raises(ParameterValueError, match="one of the 17 values") as refused:
        read_choice(GOAL, "https://example.org/qqq", goals(seed_store))
    assert refused.value.near == ("sdg:1 (1 No poverty)",)


def test_a_value_that_the_data_has_is_taken_in_every_spelling(
    seed_store: Store,
) -> None:
    choices = goals(seed_store)
    for text in ("sdg:4", f"{SDG}4"):
        assert read_choice(GOAL, text, choices) == NamedNode(f"{SDG}4")


def test_a_hostile_text_is_compared_in_a_moment(seed_store: Store) -> None:
    with pytest.raises(ParameterValueError):
        read_choice(GOAL, "sdg:" + "1 " * 500_000, goals(seed_store))
    assert Choices((Choice(Literal("x")),), is_whole=True).near("\n" * 10**6) == []


@pytest.mark.parametrize(
    ("slug", "parameter"),
    [
        pytest.param(question.slug, each, id=f"{question.slug} {each.name}")
        for question in read_questions(QUERIES)
        for each in question.parameters
        if each.values
    ],
)
def test_the_default_of_each_packaged_question_is_among_its_values(
    slug: str, parameter: Parameter, seed_store: Store
) -> None:
    choices = read_choices(parameter, seed_store)
    assert choices is not None
    assert parameter.default in choices, slug
