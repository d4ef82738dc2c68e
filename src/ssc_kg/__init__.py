"""A knowledge graph of smart sustainable cities: GraphQL, SPARQL and linked data."""
