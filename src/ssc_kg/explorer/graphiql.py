"""GraphiQL, and under it a plain form that asks the same without JavaScript.

The page is the form. The bundle, where it was built and scripts are on, puts GraphiQL
in its place; the form's endpoint, query and variables are all that it reads.
"""

from collections.abc import Sequence

from starlette.responses import Response

from ssc_kg.explorer.landing import Face
from ssc_kg.explorer.page import STRICT, Policy, html_page
from ssc_kg.explorer.static import is_built

_POLICY: Policy = {
    **STRICT,
    "connect-src": "'self'",
    "font-src": "'self' data:",
    "script-src": "'self'",
    # Its editor, Monaco, writes style elements as it runs and takes no nonce for them.
    "style-src": "'self' 'unsafe-inline'",
    "worker-src": "'self'",
}


def graphiql_page(
    *,
    endpoint: str,
    default_query: str,
    default_variables: str = "{}",
    faces: Sequence[Face] = (),
    root: str = "/",
) -> Response:
    """Return the page that asks `endpoint`, beginning with `default_query`.

    `faces` are linked at its top. The form sends `format=json` beside `query` and
    `variables`, so that its answer can be told from a request for this page.
    """
    response = html_page(
        "graphiql.html",
        root=root,
        policy=_POLICY,
        name="GraphQL",
        endpoint=endpoint,
        faces=faces,
        is_built=is_built("graphiql"),
        query=default_query,
        variables=default_variables,
    )
    # At the same address programs get JSON.
    response.headers["Vary"] = "Accept"
    return response
