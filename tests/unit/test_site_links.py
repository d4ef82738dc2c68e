"""Links in pages, found and replaced; all else stays as it is."""

import pytest

from ssc_kg.site.links import Link, find_links, replace_links

PAGE = """<!doctype html>
<html><head><link rel="icon" href="/i.svg">
<script type="application/ld+json">{"a": "<a href=\\"/no\\">"}</script>
<!-- <a href="/no">no</a> --></head>
<body><p>1 &lt; 2 \u2028 город <a class="x" href="/a?b=1&amp;c=2#d">A</a>
<img src="/p.png" alt="href=&#34;/no&#34;">
<form action="/ask"><input name="q"><button formaction="/b">B</button></form>
<a href="https://example.org/">E</a>
</p></body></html>
"""
LINKS = [
    "/i.svg",
    "/a?b=1&c=2#d",
    "/p.png",
    "/ask",
    "/b",
    "https://example.org/",
]


def left_out(*gone: str) -> str:
    return replace_links(
        PAGE, lambda link: None if link.address in gone else link.address
    )


def test_links_are_found_but_not_in_scripts_comments_and_texts() -> None:
    assert find_links(PAGE) == LINKS


def test_a_page_whose_links_stay_is_the_same() -> None:
    assert left_out() == PAGE


def test_an_address_is_replaced_and_escaped() -> None:
    page = replace_links(PAGE, lambda link: f'{link.address}"&')
    assert find_links(page) == [f'{link}"&' for link in LINKS]
    assert page.count("/no") == PAGE.count("/no")


@pytest.mark.parametrize(
    ("gone", "without"),
    [
        pytest.param("/a?b=1&c=2#d", ' href="/a?b=1&amp;c=2#d"', id="text stays"),
        pytest.param(
            "/p.png", '<img src="/p.png" alt="href=&#34;/no&#34;">', id="a picture"
        ),
        pytest.param("/i.svg", '<link rel="icon" href="/i.svg">', id="a resource"),
        pytest.param("/b", ' formaction="/b"', id="a button"),
        pytest.param(
            "/ask",
            '<form action="/ask"><input name="q"><button formaction="/b">B</button>'
            "</form>",
            id="a form, with what is in it",
        ),
    ],
)
def test_what_leads_nowhere_is_left_out(gone: str, without: str) -> None:
    assert without in PAGE
    assert left_out(gone) == PAGE.replace(without, "")


def test_links_that_forms_send_to_are_known() -> None:
    def choose(link: Link) -> str | None:
        return None if link.is_asked else link.address

    assert replace_links(PAGE, choose) == left_out("/ask", "/b")


def test_an_address_that_is_shown_changes_with_its_link() -> None:
    page = '<a href="/a&amp;b">A</a> <code>/a&amp;b</code> <code>/c</code>'
    moved = page.replace("/a&amp;b", "/d&amp;e")
    assert replace_links(page, lambda _: "/d&e") == moved
    assert replace_links(page, lambda _: None) == "<a>A</a>  <code>/c</code>"


def test_without_any_address_no_link_is_left() -> None:
    assert find_links(left_out(*LINKS)) == []
