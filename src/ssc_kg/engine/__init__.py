"""Run GraphQL operations over a store, given any annotated Strawberry schema.

    connections   the building blocks of a schema: Connection, connection(), lookup()
    schema        build_engine(): a query class in, an Engine out
    operation     what a client sends, and what it gets
    engine        an operation from its text to its answer: parse, plan, run, shape
    documents     the documents that were sent last, parsed once
    document      a parsed document: is it valid, is it small enough; its plans
    plans         the plans of a document, kept by what they depend on
    limits        how much one operation may ask for, decided before anything is read
    weight        what a document asks for, found in one walk
    patterns      the regular expressions of a plan, checked
    searching     what a search finds, by the full-text index of a version
    refusals      root fields that are refused after they were planned
    execute       a plan over a store, level by level
    resolve       the same plans under Strawberry's own executor
    trace         what was asked of the store, and how long each phase took
    direct        a level of few patterns, read without a query
    kept          pages of whole collections, from the lists of a version
    references    nodes that a resolver gives back by their IRIs
    graphql_errors   errors as clients are told them

It knows no domain: a query class, the classes it reaches, and a store are all it takes.

    engine = build_engine(Query, types=[MemorandumOfUnderstanding])
    result = engine.execute(Operation("{ agreements { totalCount } }"), store)
"""
