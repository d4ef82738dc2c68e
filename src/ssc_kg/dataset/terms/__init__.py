"""The terms of a version's ontology, as a reader asks about them.

    model       terms, alignments and shapes, as plain values
    vocabulary  reads them from the graphs of a version
    shapes      the SHACL shapes among them; words: what a constraint demands, in words
    usage       how often a version uses each term, and an example of that
    statements  what is said of a subject, from quads

What carries a term in GraphQL, `ssc_kg.mapping.carriers` knows.
"""
