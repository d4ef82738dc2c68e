"""SPARQL as values and as text; nothing here runs a query.

algebra     the part of SPARQL that this package writes, as immutable nodes
render      the only writer of SPARQL text
tokens      a linear tokenizer for the SPARQL that people send
values      the VALUES blocks of a query's text, and other terms in them
scan        what is known, and what is refused, of a query before it is parsed
table       the solutions of a query as rows of terms
diagnosis   what the engine's parser says, made readable
"""
