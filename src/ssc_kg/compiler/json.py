"""JSON values, as answers are made of them."""

from typing import TypeAlias

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None
JsonObject: TypeAlias = dict[str, Json]
Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands in an answer: keys of objects, and places in lists."""
