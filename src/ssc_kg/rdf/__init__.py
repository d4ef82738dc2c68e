"""RDF names.

`namespaces` has the prefixes, `vocab` every term that the ontology declares or uses,
`closed` all terms of the vocabularies beside it that are finished.
"""
