"""Everything that can be set, and the only reader of the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ssc_kg.errors import ConfigurationError


class Settings(BaseSettings):
    """What a server or a command is told; each field is also `SSC_KG_<FIELD>`."""

    model_config = SettingsConfigDict(env_prefix="SSC_KG_", frozen=True, extra="forbid")

    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=0, le=65535, description="The port; 0 takes a free one.")
    data_dir: Path = Field(Path("data"), description="Where the versions are kept.")
    base_iri: str = Field(
        "https://w3id.org/ssc-kg/",
        pattern=r"^https?://[^\s<>\"{}|\\^`]+/$",
        description="What the IRIs of things, graphs and versions begin with.",
    )
    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s<>\"{}|\\^`]+/$",
        description="The address that readers see, if a proxy stands in between.",
    )
    memory_budget: int = Field(
        2 * 1024**3,
        ge=0,
        description="Bytes that copies of a version in memory may take; 0: disk only.",
    )
    query_seconds: float = Field(
        30.0,
        gt=0,
        description="The time limit of a query, SPARQL's or GraphQL's, in seconds.",
    )
    query_memory: int = Field(
        1024**3, ge=64 * 1024**2, description="The memory limit of one query, in bytes."
    )
    query_rows: int = Field(
        1_000_000, ge=1, description="The most rows, or triples, of one answer."
    )
    query_bytes: int = Field(
        256 * 1024**2, gt=0, description="The size limit of one answer, in bytes."
    )
    query_priority: Literal["idle", "low"] = Field(
        "idle",
        description="When queries run: when nothing else does (idle), or always (low).",
    )
    query_services: str | None = Field(
        None, description="The endpoints that SERVICE may call, separated by spaces."
    )
    query_workers: int = Field(2, ge=1, le=64, description="How many queries at once.")
    query_queue: int = Field(64, ge=0, description="How many queries may wait.")
    graphql_tokens: int = Field(
        10_000, ge=1, description="The most tokens of a GraphQL document."
    )
    graphql_operations: int = Field(
        50, ge=1, description="The most operations of a document."
    )
    graphql_fragments: int = Field(
        100, ge=0, description="The most fragments of a document."
    )
    graphql_depth: int = Field(
        50, ge=1, le=50, description="The most fields above each other."
    )
    graphql_fields: int = Field(
        2_000, ge=1, le=2_000, description="The most fields of an operation."
    )
    graphql_aliases: int = Field(
        500, ge=0, description="The most aliases of an operation."
    )
    graphql_directives: int = Field(
        500, ge=0, description="The most directives of an operation."
    )
    graphql_page: int = Field(
        1_000, ge=1, le=1_000, description="The most nodes on a page."
    )
    graphql_cost: int = Field(
        500_000_000,
        ge=1,
        description="The most values to read if all pages are full.",
    )
    graphql_introspection: int = Field(
        10, ge=0, description="The most questions about the schema; 0: it is not told."
    )
    graphql_bytes: int = Field(
        1024**2, ge=1024, description="The most bytes of a GraphQL request."
    )
    graphql_batch: int = Field(
        0, ge=0, description="The most operations of a batch; 0: no batches."
    )
    graphql_persisted: int = Field(
        1_000, ge=0, description="How many texts are remembered by their hash; 0: none."
    )
    graphql_registered: Path | None = Field(
        None, description="The directory of the only GraphQL documents that run."
    )
    graphql_cache: int = Field(
        64 * 1024**2,
        ge=0,
        description="The most bytes of GraphQL answers that are kept; 0: none.",
    )
    graphql_streams: int = Field(
        100, ge=0, description="The most subscriptions that are open at once."
    )
    graphql_keep_alive: float = Field(
        15.0,
        gt=0,
        description="Seconds of silence before a subscription says it lives.",
    )


def read_settings(**given: object) -> Settings:
    """Return the settings of the environment, with what flags say instead.

    Raises:
        ConfigurationError: A value is not one that the setting can have.
    """
    named = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings.model_validate(named)
    except ValidationError as error:
        [first, *_] = error.errors()
        name = ".".join(str(part) for part in first["loc"])
        msg = (
            f"{name} is {first['input']!r}: {first['msg'][0].lower()}{first['msg'][1:]}"
            f" (setting SSC_KG_{name.upper()})"
        )
        raise ConfigurationError(msg) from None
