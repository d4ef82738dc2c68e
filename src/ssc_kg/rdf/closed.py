"""All terms of the vocabularies of the W3C that the graph uses and that are closed.

They are finished, so a name that is not here is a mistake. Vocabularies that `vocab`
knows in part, or that still grow, have no place here.
"""

from collections.abc import Mapping
from types import MappingProxyType

from ssc_kg.rdf.namespaces import PREFIXES

_TERMS = {
    "rdf": """
        Alt Bag CompoundLiteral HTML JSON List PlainLiteral Property Seq Statement
        XMLLiteral dirLangString direction first langString language nil object
        predicate reifies rest subject type value
    """,
    "rdfs": """
        Class Container ContainerMembershipProperty Datatype Literal Proposition
        Resource comment domain isDefinedBy label member range seeAlso subClassOf
        subPropertyOf
    """,
    "skos": """
        Collection Concept ConceptScheme OrderedCollection altLabel broadMatch broader
        broaderTransitive changeNote closeMatch definition editorialNote exactMatch
        example hasTopConcept hiddenLabel historyNote inScheme mappingRelation member
        memberList narrowMatch narrower narrowerTransitive notation note prefLabel
        related relatedMatch scopeNote semanticRelation topConceptOf
    """,
    "org": """
        ChangeEvent FormalOrganization Head Membership Organization
        OrganizationalCollaboration OrganizationalUnit Post Role Site basedAt changedBy
        classification hasMember hasMembership hasPost hasPrimarySite hasRegisteredSite
        hasSite hasSubOrganization hasUnit headOf heldBy holds identifier linkedTo
        location member memberDuring memberOf organization originalOrganization postIn
        purpose remuneration reportsTo resultedFrom resultingOrganization role
        roleProperty siteAddress siteOf subOrganizationOf transitiveSubOrganizationOf
        unitOf
    """,
}

CLOSED: Mapping[str, frozenset[str]] = MappingProxyType(
    {PREFIXES[prefix]: frozenset(names.split()) for prefix, names in _TERMS.items()}
)
"""Namespace to the local names of its terms; those of `rdf:_1`, … are left out."""
