"""The linked-data and SPARQL faces.

    resources     things and documents about them; graphs: those, and the ontology
    description   what the document about a thing holds
    asof          which version a request is about, by number or by time (Memento)
    timemap       a list of those that there are
    representation    one resource in one format: its headers, its links, its bytes
    spelling      other spellings of an address, which lead to it
    documents     what is shown on pages about things and graphs, and who makes them
    thing_view    the page about a thing; graph_view: about a graph
    overviews     pages of the dataset, its versions and its catalogue
    told          the statements of a document, with who says them; passages: evidence
    rows          the statements of a document as a table
    nodes         terms as pages show them; readable: literals
    near          things whose names are near to an unknown IRI
    schema_org    a thing in the words of schema.org
    endpoint      the SPARQL endpoint
    shown         its answers as pages for browsers
    answers       from a query to its reply: format, validators, stream
    hints         what a query probably does not mean, by the ontology of a version
    questions     the catalogue of questions, listed and explained
    asking        their answers; asked: what a request asks; drawn: what it may ask
    pictures      what is drawn of an answer; painter: the process that draws
    views, tables what pages for browsers show; pages: who makes them
    service       what the endpoint says of itself
    prefixes      those that need no declaration
    catalog       the dataset, its graphs and services (DCAT); api_catalog: those for
                  programs (RFC 9727); offers: the table of services that both read
    versions      which there are, and where each comes from
    dumps         versions as files to download; dumping: which are made when needed
    difference    how versions differ; comparisons: compared when somebody asks
    files         files that never change, as replies
    made          documents that the program makes itself, as replies
    context       that of JSON-LD
    front, crawl  where people and programs begin; problem_kinds: what an error means
    worker        the program that runs its queries

They answer from one snapshot each, and leave errors to `ssc_kg.http.problems`.
"""
