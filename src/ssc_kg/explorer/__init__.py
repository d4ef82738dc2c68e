"""Pages for people: rendered on the server, usable without JavaScript.

    landing    the front page, which names the faces
    questions  the catalogue: a list, a question, an answer
    graphiql   the page that lets a browser try GraphQL
    sparql     a form that asks the SPARQL endpoint
    thing      a thing or a graph, with the passages that support what is said of it
    overview   the dataset, a version, the catalogue
    problem    what is wrong with a request, and where to go on
    locate     a small map of where a place lies
    prefixes   those that need no declaration
    ontology   every term; terms: what is shown of each, term_links: where that leads,
               term_set: the same for search engines
    diagram    pictures of the classes, computed from the ontology
    page       a template to a reply with a content security policy
    static     style sheets and bundles, at addresses that never change their content

`templates/` has the only HTML of this package. `static/built/` is made from `web/` when
the package is built; every page works without it.
"""
