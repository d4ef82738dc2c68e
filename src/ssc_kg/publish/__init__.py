"""The linked-data and SPARQL faces.

    resources     things, documents about them, graphs, the ontology
    description   what the document about a thing holds
    endpoint      the SPARQL endpoint
    answers       from a query to its reply: format, validators, stream
    service       what the endpoint says of itself
    worker        the program that runs its queries

They answer from one snapshot each, and leave errors to `ssc_kg.http.problems`.
"""
