"""What a GraphQL type means in RDF.

model     the mapping as plain values, which the compiler reads
declare   annotations on the class bodies of GraphQL types, and their reader
carriers  which types and fields carry a class or a property
check     proof that mapping, ontology and shapes agree
"""
