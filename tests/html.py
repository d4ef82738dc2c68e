"""Pages as browsers read them, and what anybody needs to read them."""

from collections.abc import Iterator
from typing import Protocol
from xml.etree.ElementTree import Element

from html5rdf import HTMLParser

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


class _Parser(Protocol):
    def parse(self, text: str) -> Element: ...


def read_html(text: str) -> Element:
    """Return the elements of a page that breaks no rule of HTML's syntax."""
    parser: _Parser = HTMLParser(strict=True, namespaceHTMLElements=False)
    return parser.parse(text)


def find(page: Element, tag: str, class_: str | None = None) -> list[Element]:
    """Return the elements of a name, with a class if one is given, in order."""
    return [
        each
        for each in page.iter(tag)
        if class_ is None or class_ in (each.get("class") or "").split()
    ]


def text_of(element: Element) -> str:
    """Return the text of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def addresses(page: Element) -> Iterator[str]:
    """Yield where the page leads, as it is written."""
    for each in page.iter():
        for name in ("href", "src", "action", "formaction"):
            address = each.get(name)
            if address is not None:
                yield address


def find_barriers(page: Element) -> Iterator[str]:
    """Yield what keeps people from reading a page who do not see it, or not well."""
    if not page.get("lang"):
        yield "the page tells no language"
    if len(find(page, "main")) != 1 or len(find(page, "h1")) != 1:
        yield "there is not one main part with one first heading"
    yield from _jumps(page)
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    yield from (f"two elements are #{name}" for name in set(ids) if ids.count(name) > 1)
    for each in page.iter():
        match each.tag:
            case "a" if not (text_of(each) or each.get("aria-label")):
                yield f"a link to {each.get('href')} has no text"
            case "img" if not each.get("alt"):
                yield "a picture has no words"
            case "svg" if not (each.get("aria-label") or each.get("aria-labelledby")):
                yield "a drawing has no words"
            case "input" | "select" | "textarea" if not _has_label(page, each):
                yield f"{each.get('name')} has no label"
            case "th" if not each.get("scope"):
                yield f"a heading of a table, {text_of(each)}, is of nothing"


def _jumps(page: Element) -> Iterator[str]:
    levels = [int(each.tag[1]) for each in page.iter() if each.tag in _HEADINGS]
    for before, level in zip([0, *levels], levels, strict=False):
        if level > before + 1:
            yield f"a heading of level {level} comes after one of level {before}"


def _has_label(page: Element, field: Element) -> bool:
    is_hidden = field.get("type") in ("hidden", "submit")
    named = {each.get("for") for each in find(page, "label")}
    return is_hidden or field.get("id") in named or bool(field.get("aria-label"))
