"""The domain as a GraphQL schema.

types    the object types and interfaces: schema and mapping in one
query    the root fields
subscription  the root fields of subscriptions
schema   the engine over all, described by the ontology

http       the endpoint
request    what a client sends, read
documents  which documents may run: any, or those that are registered
faces      an answer as RDF
explain    how an answer was found
events     answers as server-sent events
"""
