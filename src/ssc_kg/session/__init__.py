"""The graph in Python: what an analyst opens, asks and takes along.

    session     Session: sparql, query, graphql; open_session makes one
    source      what answers a session: the seam between here and elsewhere
    local       a data directory: queries in worker processes, GraphQL in this one
    remote      a server, over HTTP
    whole       an answer that was cut is an error
    result      what a query gave: rows, a yes or no, or a graph
    row         a row, by position and by name
    frames      columns with types, for pandas and polars

    import ssc_kg

    with ssc_kg.open() as graph:
        frame = graph.query("places-on-a-map").to_pandas()

Everything is synchronous, so it works in a script, in a notebook (whose event loop is
left alone) and in threads. It raises what `ssc_kg.errors` lists.
"""
