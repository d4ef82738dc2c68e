"""Tables of terms as Arrow, which programs for analysis take over without parsing.

    kinds      what a term is beside its text
    types      datatypes of RDF to types of Arrow, and how their values are spelt
    columns    a column of terms to one of Arrow, and back
    tables     a table of terms to one of Arrow, and back
    write      Arrow IPC (file, stream) and Parquet

A column has a type if each of its terms is a literal of one datatype that has one, or
if all are numbers; else it is text: the IRI, the label of a blank node, the lexical
form, a triple as in N-Triples. What that leaves out is in the metadata of the field, so
that each term can be read back as it was:

    rdf:kind        uri, bnode, literal or triple: what most of the terms are
    rdf:datatype    the IRI of the datatype of a literal
    rdf:language    its language, in place of a datatype
    rdf:direction   its direction, ltr or rtl
    rdf:others      JSON: the same, without rdf:, of terms that differ, and their rows
    rdf:spellings   JSON: texts that are not how the value is commonly spelt: "+07", and
                    their rows
    rdf:rows        how many rows the table has, if rows are named

Only what is in this package imports pyarrow, which is an extra and slow to import.
"""
