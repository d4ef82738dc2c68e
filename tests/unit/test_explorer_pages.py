"""Pages say what they were given, escaped, and load nothing from elsewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.responses import Response

from ssc_kg.catalogue.parameters import ParameterType
from ssc_kg.catalogue.questions import Question
from ssc_kg.catalogue.shown import (
    AnswerPage,
    CataloguePage,
    Cell,
    Column,
    Entry,
    Field,
    Link,
    Option,
    QuestionPage,
    Source,
)
from ssc_kg.catalogue.topics import Topic
from ssc_kg.explorer import static
from ssc_kg.explorer.graphiql import graphiql_page
from ssc_kg.explorer.landing import Face, landing_page
from ssc_kg.explorer.questions import QuestionPages
from ssc_kg.explorer.sparql import Example, find_mistake, sparql_page

FACES = (
    Face("GraphQL", "/graphql", "Ask for exactly what a page shows."),
    Face("SPARQL", "/sparql", "Any query, in any standard format."),
)
HOSTILE = '</textarea><script>alert("<&>")</script>{{ 7 * 7 }}'


class _Reader(HTMLParser):
    """Reads a page as a browser without scripts does."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._name: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._name = dict(attrs).get("name") if tag == "textarea" else None
        if self._name is not None:
            self.texts[self._name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._name = None

    def handle_data(self, data: str) -> None:
        if self._name is not None:
            self.texts[self._name] += data

    def field(self, name: str) -> str:
        """Return the text of a textarea, whose first line break does not count."""
        return self.texts[name].removeprefix("\n")

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def read(response: Response) -> _Reader:
    reader = _Reader()
    reader.feed(bytes(response.body).decode())
    return reader


def page(query: str = "{ __typename }", **names: str) -> Response:
    return graphiql_page(endpoint="/graphql", default_query=query, faces=FACES, **names)


QUESTIONS = QuestionPages(FACES)


def asking(text: str) -> Question:
    return Question("a", text, text, text, (), Topic.GOALS)


def listed(text: str) -> CataloguePage:
    entry = Entry("a", text, "/queries/a", (text,))
    return CataloguePage("/queries", text, [(Topic.GOALS, [entry])], 1, 1, "/openapi")


def explained(text: str) -> QuestionPage:
    options = (Option(text, text, is_chosen=True),)
    return QuestionPage(
        question=asking(text),
        catalogue="/queries",
        address="/queries/a",
        fields=(
            Field("a", text, ParameterType.IRI, text, text, options, is_whole=True),
            Field("b", text, ParameterType.STRING, text, text),
            Field("c", text, ParameterType.YEAR, text, text, options),
        ),
        show="/queries/a.html",
        formats=(Link("CSV", "/queries/a.csv", text),),
        asked=(),
        sources=(Source("SPARQL", text, "/queries/a.rq", "/sparql"),),
        columns=(text,),
        openapi="/openapi",
        error=text,
    )


def answered(text: str) -> AnswerPage:
    cells = (
        Cell(text, "/id/a", text),
        Cell(text, language="en"),
        Cell("5", is_number=True),
        None,
    )
    return AnswerPage(
        question=asking(text),
        catalogue="/queries",
        change="/queries/a",
        asked=(("a", text),),
        columns=tuple(Column(text, is_number=False) for _ in cells),
        rows=(cells,),
        start=1,
        turns={"next": "/queries/a.html?offset=1"},
        formats=(),
        permalink="/queries/a.html?version=1",
        version=1,
    )


def test_a_form_holds_what_is_asked_now_and_offers_what_may_be() -> None:
    form = read(QUESTIONS.question(explained(HOSTILE)))
    [chosen] = form.attributes("select")
    assert chosen["name"] == "a"
    fields = form.attributes("input")
    assert [(field["name"], field["value"]) for field in fields] == [
        ("b", HOSTILE),
        ("c", HOSTILE),
    ]
    assert "list" not in fields[0]
    assert fields[1]["list"] == "c-values"
    assert {label["for"] for label in form.attributes("label")} == {"a", "b", "c"}
    buttons = form.attributes("button")
    assert [button.get("formaction") for button in buttons] == [None, "/queries/a.csv"]


def test_the_front_page_names_each_face_with_its_address() -> None:
    response = landing_page(FACES)
    links = [link["href"] for link in read(response).attributes("a")]
    assert links == ["/graphql", "/sparql", "/catalog", "/versions", "/void"]
    for face in FACES:
        assert face.title in bytes(response.body).decode()
        assert face.description in bytes(response.body).decode()


def test_a_face_is_text_and_never_markup() -> None:
    response = landing_page([Face(HOSTILE, "/", HOSTILE)])
    assert read(response).attributes("script") == []
    assert b"{{ 7 * 7 }}" in response.body


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("{ node { id } }", id="one line"),
        pytest.param("\n{\n  node { id }\n}\n", id="line breaks first and last"),
        pytest.param(HOSTILE, id="markup"),
        pytest.param('{ city(name: "Beyoğlu & Co.") { id } }', id="beyond ASCII"),
    ],
)
def test_the_form_holds_the_query_as_it_was_given(text: str) -> None:
    form = read(page(text, default_variables=text))
    assert form.field("query") == text
    assert form.field("variables") == text


def test_the_form_asks_the_endpoint_for_json() -> None:
    form = read(page())
    assert form.attributes("form")[0]["action"] == "/graphql"
    assert form.attributes("form")[0]["method"] == "get"
    button = form.attributes("button")[0]
    assert (button["name"], button["value"]) == ("format", "json")


def test_the_page_links_the_front_page_and_the_other_faces() -> None:
    links = [link["href"] for link in read(page(root="/kg/")).attributes("a")]
    assert links == ["/kg/", "/graphql", "/sparql"]


def test_every_label_names_a_field() -> None:
    form = read(page())
    fields = {field["id"] for field in form.attributes("textarea")}
    assert {label["for"] for label in form.attributes("label")} == fields


@pytest.mark.parametrize(
    "response",
    [
        pytest.param(landing_page(FACES), id="front page"),
        pytest.param(page(HOSTILE), id="GraphiQL"),
        pytest.param(QUESTIONS.catalogue(listed(HOSTILE)), id="questions"),
        pytest.param(QUESTIONS.question(explained(HOSTILE)), id="a question"),
        pytest.param(QUESTIONS.answer(answered(HOSTILE)), id="an answer"),
    ],
)
def test_a_page_has_no_script_or_style_of_its_own(response: Response) -> None:
    reader = read(response)
    assert all("src" in script for script in reader.attributes("script"))
    assert reader.attributes("style") == []
    assert not any("style" in attributes for _, attributes in reader.tags)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in re.sub("style-src [^;]*", "", policy)


def test_what_a_page_loads_lies_under_the_root() -> None:
    reader = read(page(root="/kg/"))
    loaded = [link["href"] for link in reader.attributes("link")]
    loaded += [script["src"] for script in reader.attributes("script")]
    assert loaded
    assert all(path is not None and path.startswith("/kg/static/") for path in loaded)


def test_programs_and_people_share_the_address() -> None:
    assert page().headers["Vary"] == "Accept"


def test_without_the_bundle_the_form_says_so_and_loads_no_script(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(static, "DIRECTORY", tmp_path)
    response = page()
    assert read(response).attributes("script") == []
    assert b"GraphiQL was not built into this installation" in response.body


def test_the_sparql_form_offers_formats_and_examples() -> None:
    response = sparql_page(
        endpoint="/sparql",
        query=HOSTILE,
        examples=[Example("who-signed", "Who <signed>?")],
        faces=FACES,
    )
    form = read(response)
    assert form.field("query") == HOSTILE
    [switch] = form.attributes("input")
    assert (switch["type"], switch["name"], switch["value"]) == (
        "checkbox",
        "labels",
        "on",
    )
    assert {button["value"] for button in form.attributes("button")} == {
        "parquet",
        "svg",
        *("html", "json", "csv", "tsv", "xml"),
    }
    links = [link["href"] for link in form.attributes("a")]
    assert "/sparql?example=who-signed" in links
    assert not form.attributes("script")


def test_the_sparql_form_marks_what_is_wrong() -> None:
    query = "SELECT * {\r\n  ?s <b> ]\r\n}"
    facts = {"line": 2, "column": 10, "token": "]", "reason": "at <line>"}
    mistake = find_mistake("It does not parse", "all of it", query=query, facts=facts)
    text = bytes(sparql_page(endpoint="/sparql", query=query, outcome=mistake).body)
    assert b"<code>  ?s &lt;b&gt; <mark>]</mark></code>" in text
    assert b"<p>Line 2, column 10: at &lt;line&gt;</p>" in text
    assert b"?s &lt;b&gt; ]\r\n}</textarea>" in text


@pytest.mark.parametrize(
    ("facts", "culprit"),
    [
        pytest.param({"line": 1, "column": 6, "token": ""}, "", id="the end"),
        pytest.param({"line": 1, "column": 5, "token": "{\n}"}, "{", id="two lines"),
        pytest.param({"line": 9, "column": 5, "token": "{"}, "", id="no such line"),
        pytest.param({"seconds": 30}, None, id="no place"),
    ],
)
def test_a_mistake_is_shown_as_far_as_its_line_goes(
    facts: dict[str, object], culprit: str | None
) -> None:
    assert find_mistake("", "", query="ASK {", facts=facts).culprit == culprit
