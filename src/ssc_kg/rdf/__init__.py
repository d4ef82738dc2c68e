"""RDF names: `namespaces` (prefixes) and `vocab` (every term the ontology declares)."""
