"""The domain as a GraphQL schema.

types    the object types and interfaces: schema and mapping in one
query    the root fields
schema   the engine over both, described by the ontology

http     the endpoint
faces    an answer as RDF
explain  how an answer was found
"""
