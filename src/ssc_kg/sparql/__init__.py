"""SPARQL as values and as text; nothing here runs a query.

algebra     the part of SPARQL that this package writes, as immutable nodes
render      the only writer of SPARQL text
tokens      a linear tokenizer for the SPARQL that people send
values      the VALUES blocks of a query's text, and other terms in them
scan        what is known, and what is refused, of a query before it is parsed
prefixes    those that a query uses without declaring them, and what was meant
grammar     where a text stops being a query (query.lark)
hints       names that a query which runs probably does not mean
scopes      what a query gets wrong that no grammar can say
table       the solutions of a query as rows of terms
diagnosis   why the engine refuses a query, for a person to read
"""
