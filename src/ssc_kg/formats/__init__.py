"""The formats this service reads and writes.

    table         the one table of media types, suffixes and names
    write         RDF terms to any format of the table
    solutions     tables of terms to any format of the table
    results       those in the formats of SPARQL
    arrow         those whose columns have types
    turtle        Turtle and TriG that people enjoy: one block per subject
    jsonld        JSON-LD compacted with the published context
    statements    what all writers start from: statements in one fixed order
    lists         the lists among them, for a format that can write lists
    blank_nodes   labels that do not depend on how a graph was read

Every writer is a generator, and gives the same bytes for the same statements.
"""
