"""The domain as a GraphQL schema.

types    the object types and interfaces: schema and mapping in one
query    the root fields
schema   the engine over both, described by the ontology

http       the endpoint
request    what a client sends, read
documents  which documents may run: any, or those that are registered
"""
