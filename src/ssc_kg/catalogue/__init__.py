"""The catalogue: named questions, each a file or two in `queries/`.

    questions    a question, and how one is found
    parameters   what may be asked differently in it; texts become typed terms
    choices      the values that a parameter may have, drawn from the data
    topics       what questions are about
    published    what editors are told as triples
    heading      the comment at the top of a file
    query        the parameters of a SPARQL query, with their defaults
    operation    the parameters of a GraphQL operation, with their defaults

To ask a question, `choices.read_values` reads what a person gave for its parameters.
Then `sparql.values.replace_terms` puts that into the query, or `bind_variables` makes
it the variables of the operation.
"""
