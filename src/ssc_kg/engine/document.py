"""A parsed document; what has been found out about it is kept with it."""

from collections.abc import Mapping
from functools import cached_property

from graphql import DocumentNode, GraphQLError, GraphQLSchema, validate

from ssc_kg.engine.limits import OperationLimits, check_limits
from ssc_kg.engine.plans import Plans
from ssc_kg.engine.weight import Weighing, sent_sizes, weigh


class Document:
    """A parsed document, which is validated when its errors are asked for."""

    def __init__(
        self,
        node: DocumentNode,
        schema: GraphQLSchema,
        limits: OperationLimits,
        plans: Plans,
    ) -> None:
        self.node = node
        self.plans = plans
        self._schema = schema
        self._limits = limits
        self._weighed: tuple[Mapping[str, int | None], Weighing] | None = None

    @cached_property
    def errors(self) -> list[GraphQLError]:
        """What makes the document invalid; names are not told where the schema is not.

        Check the limits before, since a document may take long to validate.
        """
        is_told = self._limits.introspection > 0
        return validate(self._schema, self.node, hide_suggestions=not is_told)

    def check_limits(self, variables: Mapping[str, object]) -> None:
        """Refuse to go on if it asks for too much, given the variables as sent.

        Raises:
            OperationTooLargeError: It has more than it may have.
            IntrospectionDisabledError: It asks about the schema, which is not told.
        """
        check_limits(self._limits, self._weigh(variables))

    def _weigh(self, variables: Mapping[str, object]) -> Weighing:
        sizes = sent_sizes(variables)
        if self._weighed is not None:
            # Most clients page by the same numbers each time, or by none.
            before, weighing = self._weighed
            if weighing.select_sizes(sizes) == before:
                return weighing
        weighing = weigh(self.node, self._schema, sizes)
        self._weighed = weighing.select_sizes(sizes), weighing
        return weighing
