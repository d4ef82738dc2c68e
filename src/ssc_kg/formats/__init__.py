"""The formats this service reads and writes.

    table         the one table of media types, suffixes and names
    write         statements, or graphs of any size, to any format of the table
    turtle        Turtle and TriG that people enjoy: one block per subject
    lines         N-Triples and N-Quads, sorted
    jsonld        JSON-LD compacted with the published context
    graphs        what those of text start from: graphs as lines of N-Triples
    arranged      those lines in one fixed order
    runs          lines in order, even if memory has no room for them
    spelling      how Turtle spells a term, from its text
    statements    terms in one fixed order
    lists         the lists among them, for a format that can write lists
    blank_nodes   labels that do not depend on how a graph was read
    solutions     tables of terms to any format of the table
    results       those in the formats of SPARQL
    arrow         those whose columns have types

Every writer is a generator, and gives the same bytes for the same statements.
"""
