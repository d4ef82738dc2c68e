"""Texts in several languages: their type, and the argument that chooses among them.

A field of one language is declared beside one of every language:

    name: Annotated[str, Rdf(SKOS.prefLabel, language_tagged=True)]
    names: Annotated[list[LocalizedString], Rdf(SKOS.prefLabel, language_tagged=True)]
"""

from collections.abc import Mapping
from typing import ClassVar

import strawberry
from strawberry.annotation import StrawberryAnnotation
from strawberry.types import get_object_definition
from strawberry.types.arguments import StrawberryArgument

from ssc_kg.mapping.model import Scalar

IN_EVERY_LANGUAGE = "In every language, the most preferred first. "
"""How the description of a field begins whose sibling shows one language."""
_SYNTAX = "as the header Accept-Language lists them, such as `fr, en;q=0.5`"
_ONE = (
    f"The languages to show it in, {_SYNTAX}; if left out, those of that header. If it "
    "is in none of them, it is shown in English, else without a language, else in the "
    "first by tag; in a language with `q=0` only if there is no other and it is never "
    "null."
)
_MANY = (
    f"Show only the values in these languages, {_SYNTAX}; `en` covers `en-GB`, `*` "
    "all. If left out, all are shown, those in the languages of that header first."
)


@strawberry.type(description="A text and its language.")
class LocalizedString:
    """A text and its language."""

    __is_localized__: ClassVar[bool] = True

    value: str = strawberry.field(description="The text.")
    language: str | None = strawberry.field(
        description="The tag of its language (BCP 47), in lower case; null if it has "
        "none."
    )


def add_language(cls: type, scalars: Mapping[str, tuple[Scalar, bool]]) -> None:
    """Give the fields of a Strawberry type that have languages the argument `language`.

    Args:
        cls: The type.
        scalars: What a value of each such attribute is, and whether it has many.
    """
    for field_ in get_object_definition(cls, strict=True).fields:
        if field_.python_name in scalars:
            _, is_many = scalars[field_.python_name]
            field_.arguments = [
                StrawberryArgument(
                    "language",
                    None,
                    StrawberryAnnotation(str | None),
                    description=_MANY if is_many else _ONE,
                    default=strawberry.UNSET,
                )
            ]
