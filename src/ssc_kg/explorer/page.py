"""Template to HTML reply: autoescaped, and with a content security policy.

It knows no page; each page brings its template, what that names and what it may load.
"""

from collections.abc import Mapping
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from ssc_kg.explorer.static import address

Policy = Mapping[str, str]
"""Directive of a content security policy to its sources (CSP Level 3)."""

STRICT: Policy = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "img-src": "'self' data:",
    "style-src": "'self'",
}
"""Style sheets and pictures of this server, nothing else; no script at all."""


def html_page(
    template: str, *, root: str, policy: Policy = STRICT, **names: object
) -> HTMLResponse:
    """Return the page that `template` makes of `names`.

    `root` is what the server's addresses begin with; it ends in `/`.
    """
    page = _environment().get_template(template)
    text = page.render(names, root=root, static=address("", root=root))
    return HTMLResponse(
        text,
        headers={
            "Content-Security-Policy": _spell(policy),
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("ssc_kg.explorer"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _spell(policy: Policy) -> str:
    return "; ".join(f"{directive} {sources}" for directive, sources in policy.items())
