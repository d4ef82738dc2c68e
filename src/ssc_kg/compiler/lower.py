"""Stage 2: bind names to the ontology.

Walks the selections once, and collects on the way what each fetch has to read for every
place that shows it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count
from typing import assert_never

from graphql import FieldNode

from ssc_kg.compiler.aggregates.lower import lower_groups
from ssc_kg.compiler.aggregates.plan import Groups
from ssc_kg.compiler.conditions import ALWAYS, Condition, both
from ssc_kg.compiler.drafts import Draft
from ssc_kg.compiler.evidence import FIELDS, of_fields, speaks_of_node
from ssc_kg.compiler.ordering import Key, order_by_rank, read_ordering
from ssc_kg.compiler.paging import MAXIMUM_PAGE, read_depth, read_page, read_size
from ssc_kg.compiler.paths import (
    MAXIMUM_PATH_SEARCHES,
    PathLowering,
    read_search,
)
from ssc_kg.compiler.plan import (
    About,
    AboutPaths,
    Along,
    Connection,
    ConnectionEntry,
    Constant,
    Cursor,
    EdgeEntry,
    EdgeNode,
    Edges,
    Entry,
    Everything,
    Holding,
    Identifier,
    IsExact,
    Link,
    Links,
    MatchEntry,
    MatchHolder,
    Matching,
    MatchPart,
    Nodes,
    One,
    PageInfo,
    Paths,
    Plan,
    Refusal,
    RootEntry,
    Score,
    Several,
    Source,
    Template,
    TextMatch,
    Texts,
    TotalCount,
    Typename,
    Value,
)
from ssc_kg.compiler.preferences import prefer
from ssc_kg.compiler.selection import TYPENAME, Selection
from ssc_kg.compiler.where import read_condition
from ssc_kg.errors import (
    ConditionError,
    CursorError,
    DepthError,
    GroupingError,
    HopsError,
    LanguagesError,
    MalformedIriError,
    OperationTooLargeError,
    OrderingError,
    PageEndsError,
    PageSizeError,
    UnknownFieldError,
)
from ssc_kg.mapping.model import (
    AggregateField,
    FieldMap,
    IdentityField,
    InstancesField,
    LinkField,
    LookupField,
    LookupsField,
    PathsField,
    Reification,
    RootField,
    SchemaMap,
    SearchField,
    TypeMap,
    ValueField,
    is_localized,
)
from ssc_kg.rdf.languages import Languages, read_languages
from ssc_kg.rdf.terms import read_iri

MAXIMUM_FETCHES = 200
"""The most lists and links of an operation; each is a branch of its level's query."""
MAXIMUM_SEARCHES = 10
"""The most searches of an operation: to rank a word that is everywhere takes long."""
_ARGUMENT_ERRORS = (
    ConditionError,
    CursorError,
    DepthError,
    GroupingError,
    HopsError,
    MalformedIriError,
    OrderingError,
    PageEndsError,
    PageSizeError,
)


def lower_query(
    selections: Iterable[Selection],
    schema: SchemaMap,
    *,
    root: str,
    languages: Languages = (),
) -> Plan:
    """Return the plan of the root fields of a query of type `root`.

    Texts are shown in the `languages`, as far as fields do not ask for others.

    A root field whose arguments cannot be met becomes a `Refusal`; the others stand.

    Raises:
        OperationTooLargeError: It has too many lists and links.
        UnknownFieldError: A field has no mapping.
    """
    lowering = _Lowering(schema, languages)
    fetches: list[Draft] = []
    template = tuple(
        lowering.root_entry(selection, fetches, root=root) for selection in selections
    )
    return Plan(tuple(draft.build() for draft in fetches), template)


def lower_nodes(
    selections: Iterable[Selection],
    schema: SchemaMap,
    *,
    target: str,
    iris: Sequence[str],
    node: FieldNode,
    languages: Languages = (),
) -> Plan:
    """Return the plan of what is asked of some nodes, as a list in their order.

    Args:
        selections: What is asked of each.
        schema: The mapping.
        target: The type they are of.
        iris: Their IRIs; the answer is null for what is no node of that type.
        node: The field that holds them.
        languages: In which texts are shown, unless a field asks for others.

    Raises:
        LanguagesError: A field asks for what is no language.
        MalformedIriError: One is no IRI.
        OperationTooLargeError: There are too many lists and links.
    """
    lowering = _Lowering(schema, languages)
    fetches: list[Draft] = []
    draft = lowering.open(Several(tuple(map(read_iri, iris))), target, fetches)
    try:
        template = lowering.template(selections, draft)
    except _RefusedFieldError as error:
        raise error.error from None
    entry = Links(node.name.value, draft.number, tuple(iris), template, node)
    return Plan(tuple(draft.build() for draft in fetches), (entry,))


class _Lowering:
    """The walk over the selections of one operation."""

    def __init__(self, schema: SchemaMap, languages: Languages) -> None:
        self._schema = schema
        self._languages = languages
        self._numbers = count()
        self._searches = count(1)
        self._path_searches = count()

    def open(self, source: Source, target: str, into: list[Draft]) -> Draft:
        number = next(self._numbers)
        if number >= MAXIMUM_FETCHES:
            raise OperationTooLargeError(MAXIMUM_FETCHES, "lists and links")
        draft = Draft(number, source, self._schema.members(target))
        into.append(draft)
        return draft

    def root_entry(
        self, selection: Selection, into: list[Draft], *, root: str
    ) -> RootEntry:
        if selection.name == TYPENAME:
            return Constant(selection.key, root)
        field = self._root_field(selection.name, root=root)
        fetches: list[Draft] = []
        try:
            entry = self._root(selection, field, fetches)
        except (*_ARGUMENT_ERRORS, _RefusedFieldError) as error:
            below = error.node if isinstance(error, _RefusedFieldError) else None
            node = below or selection.node
            is_required = not isinstance(field, LookupField | PathsField)
            return Refusal(selection.key, str(error), is_required, node)
        into.extend(fetches)
        return entry

    def _root(
        self,
        selection: Selection,
        field: RootField | AggregateField,
        into: list[Draft],
    ) -> RootEntry:
        match field:
            case AggregateField(listed=listed):
                draft = self.open(Everything(), listed.target, into)
                return self._groups(selection, draft, listed.target)
            case InstancesField(target=target):
                draft = self.open(Everything(), target, into)
                return self._connection(selection, draft, target)
            case LookupField(target=target):
                iri = read_iri(str(selection.arguments["id"]))
                variable = selection.variables.get("id")
                draft = self.open(One(iri, variable), target, into)
                return self._link(selection, draft)
            case LookupsField(target=target):
                return self._links(selection, target, into)
            case SearchField(target=target):
                return self._search(selection, target, into)
            case PathsField(target=target):
                return self._paths(selection, target, into)
            case _:
                assert_never(field)

    def _links(self, selection: Selection, target: str, into: list[Draft]) -> Links:
        ids = selection.arguments["ids"]
        texts = [str(each) for each in ids] if isinstance(ids, list) else []
        if len(texts) > MAXIMUM_PAGE:
            raise OperationTooLargeError(MAXIMUM_PAGE, "nodes named by `ids`")
        iris = tuple(read_iri(text) for text in texts)
        draft = self.open(Several(iris), target, into)
        template = self.template(selection.children, draft)
        return Links(
            selection.key, draft.number, tuple(texts), template, selection.node
        )

    def _search(
        self, selection: Selection, target: str, into: list[Draft]
    ) -> Connection:
        if next(self._searches) > MAXIMUM_SEARCHES:
            raise OperationTooLargeError(MAXIMUM_SEARCHES, "searches", limit="searches")
        source = Matching(str(selection.arguments["text"]), target)
        draft = self.open(source, target, into)
        names = selection.arguments.get("types")
        if isinstance(names, list):
            wanted = {m.name for name in names for m in self._schema.members(str(name))}
            draft.types = tuple(type_ for type_ in draft.types if type_.name in wanted)
        return self._connection(selection, draft, target)

    def _paths(self, selection: Selection, target: str, into: list[Draft]) -> Paths:
        number = next(self._path_searches)
        if number >= MAXIMUM_PATH_SEARCHES:
            what, limit = "searches for paths", "paths"
            raise OperationTooLargeError(MAXIMUM_PATH_SEARCHES, what, limit=limit)
        search = read_search(
            selection.arguments,
            self._schema,
            target,
            number=number,
            paths=read_size(selection.arguments)[0],
        )

        def nodes(
            source: Source, children: Iterable[Selection]
        ) -> tuple[int, Template]:
            draft = self.open(source, target, into)
            return draft.number, self.template(children, draft)

        def evidence(child: Selection) -> Connection:
            terms = self._speaking(child)
            return self._evidence(child, AboutPaths(search.number, terms), into)

        return PathLowering(search, self._schema, nodes, evidence).lower(selection)

    def template(self, selections: Iterable[Selection], draft: Draft) -> Template:
        return tuple(
            entry
            for selection in selections
            for entry in self._entries(selection, draft)
        )

    def _root_field(self, name: str, *, root: str) -> RootField | AggregateField:
        field = self._schema.root(name)
        if field is None:
            raise UnknownFieldError(root, name)
        return field

    def _entries(self, selection: Selection, draft: Draft) -> Iterator[Entry]:
        if selection.name == TYPENAME:
            yield Typename(selection.key, selection.types)
            return
        # Types of one interface may map a field differently: required on one of them.
        for field, types in self._fields(selection).items():
            narrowed = replace(selection, types=frozenset(types))
            yield self._entry(narrowed, field, draft)

    def _entry(
        self, selection: Selection, field: FieldMap | AggregateField, draft: Draft
    ) -> Entry:
        key, types = selection.key, selection.types
        match field:
            case IdentityField():
                return Identifier(key, types)
            case ValueField(language_tagged=True):
                return self._text(selection, field, draft)
            case ValueField():
                variable = draft.variable(field)
                return Value(key, types, field, variable, selection.node)
            case LinkField():
                linked = self._open_link(selection, field, draft)
                if field.many:
                    return self._connection(selection, linked, field.target)
                return self._link(selection, linked, required=field.required)
            case AggregateField(listed=LinkField() as listed):
                linked = self._open_link(selection, listed, draft)
                return self._groups(selection, linked, listed.target)
            case AggregateField(name=name):
                raise UnknownFieldError(min(types), name)
            case _:
                assert_never(field)

    def _text(
        self, selection: Selection, field: ValueField, draft: Draft
    ) -> Value | Texts:
        asked = selection.arguments.get("language")
        is_filtered = field.many and isinstance(asked, str)
        try:
            own = read_languages(asked) if isinstance(asked, str) else self._languages
        except LanguagesError as error:
            raise _RefusedFieldError(error, selection) from None
        key, types, node = selection.key, selection.types, selection.node
        variable, preference = draft.variable(field), prefer(own)
        if not is_localized(field):
            may_be_hidden = preference.excludes and not field.required
            return Value(
                key,
                types,
                field,
                variable,
                node,
                preference,
                is_filtered,
                may_be_hidden,
            )
        entries = tuple((child.key, child.name) for child in selection.children)
        return Texts(
            key, types, field, variable, entries, node, preference, is_filtered
        )

    def _fields(
        self, selection: Selection
    ) -> Mapping[FieldMap | AggregateField, set[str]]:
        fields: dict[FieldMap | AggregateField, set[str]] = {}
        for name in sorted(selection.types):
            field = self._schema.types[name].selected(selection.name)
            fields.setdefault(field, set()).add(name)
        return fields

    def _open_link(self, selection: Selection, link: LinkField, draft: Draft) -> Draft:
        depth = read_depth(selection.arguments) if link.closure else None
        source = Along(link, selection.types, depth)
        opened = self.open(source, link.target, draft.fetches)
        opened.condition = self._about_fields(selection, link)
        return opened

    def _about_fields(self, selection: Selection, link: LinkField) -> Condition:
        names, terms = selection.arguments.get(FIELDS), self._schema.evidence
        if terms is None or not isinstance(names, list):
            return ALWAYS
        if not speaks_of_node(link, terms):
            return ALWAYS
        types = (self._schema.types[name] for name in selection.types)
        return of_fields(map(str, names), types, terms)

    def _link(
        self,
        selection: Selection,
        draft: Draft,
        *,
        required: bool = False,
    ) -> Link:
        return Link(
            key=selection.key,
            types=selection.types,
            required=required,
            fetch=draft.number,
            template=self.template(selection.children, draft),
            node=selection.node,
        )

    def _connection(
        self, selection: Selection, draft: Draft, target: str
    ) -> Connection:
        arguments, type_ = selection.arguments, self._schema.types[target]
        draft.condition = both(draft.condition, self._condition(arguments, type_))
        page = read_page(arguments, self._keys(arguments, type_, draft))
        entries = tuple(
            self._connection_entry(child, draft) for child in selection.children
        )
        # One node more than the page tells whether there is a next page.
        beyond = "hasPreviousPage" if page.is_last else "hasNextPage"
        peek = any(
            name == beyond
            for entry in entries
            if isinstance(entry, PageInfo)
            for _, name in entry.entries
        )
        draft.page = replace(page, limit=page.limit + peek)
        draft.has_nodes = any(
            not isinstance(entry, TotalCount | Constant) for entry in entries
        )
        draft.has_count = any(isinstance(entry, TotalCount) for entry in entries)
        return Connection(
            key=selection.key,
            types=selection.types,
            fetch=draft.number,
            size=page.limit,
            page=page,
            entries=entries,
            node=selection.node,
        )

    def _groups(self, selection: Selection, draft: Draft, target: str) -> Groups:
        type_ = self._schema.types[target]
        draft.condition = self._condition(selection.arguments, type_)
        draft.has_nodes = False
        groups = lower_groups(
            selection, draft.number, type_, self._schema, self._languages
        )
        draft.aggregate = groups.aggregate
        return groups

    def _condition(self, arguments: Mapping[str, object], type_: TypeMap) -> Condition:
        where = arguments.get("where")
        if not isinstance(where, Mapping):
            return ALWAYS
        return read_condition(where, type_, self._schema)

    def _keys(
        self, arguments: Mapping[str, object], type_: TypeMap, draft: Draft
    ) -> tuple[Key, ...]:
        match draft.source:
            case Matching(text):
                types = [each.name for each in draft.types]
                where = arguments.get("where")
                return order_by_rank(text=text, types=types, where=where)
            case _:
                order = arguments.get("orderBy")
                return read_ordering(order, type_, self._schema, self._languages)

    def _connection_entry(self, selection: Selection, draft: Draft) -> ConnectionEntry:
        match selection.name:
            case "nodes":
                return Nodes(selection.key, self.template(selection.children, draft))
            case "edges":
                edges = (self._edge_entry(edge, draft) for edge in selection.children)
                return Edges(selection.key, tuple(edges))
            case "totalCount":
                return TotalCount(selection.key)
            case "pageInfo":
                names = ((child.key, child.name) for child in selection.children)
                return PageInfo(selection.key, tuple(names))
            case "__typename":
                return Constant(selection.key, min(selection.types))
            case name:
                raise UnknownFieldError(min(selection.types), name)

    def _edge_entry(self, selection: Selection, draft: Draft) -> EdgeEntry:
        match selection.name:
            case "node":
                return EdgeNode(selection.key, self.template(selection.children, draft))
            case "cursor":
                return Cursor(selection.key)
            case "evidence":
                source = About(_single_link(draft.source), self._speaking(selection))
                return self._evidence(selection, source, draft.fetches)
            case "score":
                return Score(selection.key)
            case "isExact":
                return IsExact(selection.key)
            case "match" if isinstance(draft.source, Matching):
                return self._match(selection, draft, draft.source)
            case "__typename":
                return Constant(selection.key, min(selection.types))
            case name:
                raise UnknownFieldError(min(selection.types), name)

    def _match(self, selection: Selection, draft: Draft, source: Matching) -> TextMatch:
        names = {child.name for child in selection.children}
        draft.source = replace(
            source,
            has_matches=True,
            has_holders=source.has_holders or "source" in names,
        )
        parts = (self._match_entry(each, draft, source) for each in selection.children)
        return TextMatch(selection.key, tuple(parts))

    def _match_entry(
        self, selection: Selection, draft: Draft, source: Matching
    ) -> MatchEntry:
        match selection.name:
            case "source":
                found = self.open(Holding(), source.target, draft.fetches)
                template = self.template(selection.children, found)
                return MatchHolder(selection.key, found.number, template)
            case "__typename":
                return Constant(selection.key, min(selection.types))
            case name:
                ends = tuple((child.key, child.name) for child in selection.children)
                return MatchPart(selection.key, name, ends)

    def _evidence(
        self, selection: Selection, source: About | AboutPaths, into: list[Draft]
    ) -> Connection:
        target = source.terms.target
        return self._connection(selection, self.open(source, target, into), target)

    def _speaking(self, selection: Selection) -> Reification:
        if self._schema.evidence is None:
            raise UnknownFieldError(min(selection.types), selection.name)
        return self._schema.evidence


def _single_link(source: Source) -> LinkField | None:
    match source:
        case Along(link) if not link.closure:
            return link
        case _:
            return None


class _RefusedFieldError(Exception):
    """An argument of a field below the root; never leaves this module."""

    def __init__(self, error: LanguagesError, selection: Selection) -> None:
        super().__init__(f"{selection.name}: {error}")
        self.error = error
        self.node = selection.node
