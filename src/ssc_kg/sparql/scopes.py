"""What a query gets wrong that no grammar can say: mostly where variables are known.

The engine refuses such a query in a sentence without a place, or at the end of the
group that holds it. These rules (SPARQL 1.1, sections 18.2.4 and 19.8, notes) find the
term that the sentence is about; they are looked at for a query that is refused only.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from lark import Token as Terminal
from lark import Tree
from lark.tree import ParseTree

Node: TypeAlias = ParseTree | Terminal


_Kinds: TypeAlias = Mapping[str, Sequence[ParseTree]]
"""The parts of a query by the names of their rules, inner ones first."""


@dataclass(frozen=True, slots=True)
class Misuse:
    """A term that is right by the grammar, and wrong where it is."""

    text: str
    start: int
    reason: str


def find_misuse(tree: ParseTree) -> Misuse | None:
    """Return what is wrong in a query that fits the grammar, if it is known here."""
    kinds: dict[str, list[ParseTree]] = defaultdict(list)
    for subtree in tree.iter_subtrees():
        kinds[subtree.data].append(subtree)
    return next((found for rule in _RULES for found in rule(kinds)), None)


def _repeated_columns(kinds: _Kinds) -> Iterator[Misuse]:
    for select in _selects(kinds):
        seen: set[str] = set()
        for name, _ in _columns(select):
            if name.value[1:] in seen:
                yield _misuse(name, f"{name} is a column already")
            seen.add(name.value[1:])


def _grouped_stars(kinds: _Kinds) -> Iterator[Misuse]:
    for select in _selects(kinds):
        star = _child(_part(select, "select_clause"), "STAR")
        if star is not None and _is_grouped(select):
            reason = "* is no list of columns for groups; name those that are wanted"
            yield _misuse(star, reason)


def _ungrouped_variables(kinds: _Kinds) -> Iterator[Misuse]:
    for select in _selects(kinds):
        if not _is_grouped(select):
            continue
        known = {name.value[1:] for name in _keys(select)}
        for name, expression in _columns(select):
            used = [name] if expression is None else _outside_aggregates(expression)
            for variable in used:
                if variable.value[1:] not in known:
                    yield _misuse(variable, _UNGROUPED.format(variable))
            known.add(name.value[1:])


def _overridden_columns(kinds: _Kinds) -> Iterator[Misuse]:
    for select in _selects(kinds):
        inner = _part(select, "where")
        known = {name.value[1:] for name in _variables(inner)}
        for name, expression in _columns(select):
            if expression is not None and name.value[1:] in known:
                yield _misuse(name, f"{name} has a value already; choose a new name")
            known.add(name.value[1:])


def _overridden_bindings(kinds: _Kinds) -> Iterator[Misuse]:
    for patterns in kinds["patterns"]:
        known: set[str] = set()
        for part in patterns.children:
            bind = _part(part, "bind") if isinstance(part, Tree) else None
            if bind is not None:
                name = _last(bind, "VARIABLE")
                if name is not None and name.value[1:] in known:
                    yield _misuse(
                        name, f"{name} has a value already; choose a new name"
                    )
            known.update(name.value[1:] for name in _variables(part))


def _shared_blank_nodes(kinds: _Kinds) -> Iterator[Misuse]:
    homes: dict[str, int] = {}
    for triples in sorted(kinds["triples"], key=_start):
        for leaf in _leaves(triples):
            is_blank = leaf.type == "BLANK"
            if is_blank and homes.setdefault(leaf.value, id(triples)) != id(triples):
                reason = f"{leaf} is a blank node of another group; use a variable"
                yield _misuse(leaf, reason)


def _rows_of_other_lengths(kinds: _Kinds) -> Iterator[Misuse]:
    for rows in kinds["rows"]:
        if _first(rows).type != "OPEN":
            continue
        columns = sum(1 for _ in _variables(rows))
        count, is_body = 0, False
        for part in rows.children:
            if not isinstance(part, Terminal):
                count += 1
            elif part.type in ("BEGIN", "OPEN"):
                count, is_body = 0, is_body or part.type == "BEGIN"
            elif part.type == "CLOSE" and is_body and count != columns:
                yield _misuse(part, f"the row has {count} values, not {columns}")


def _misplaced_aggregates(kinds: _Kinds) -> Iterator[Misuse]:
    for pattern in kinds["pattern"]:
        constraint = _part(pattern, "constraint") or _part(pattern, "bind")
        for leaf in _in_aggregates(constraint):
            yield _misuse(
                leaf, f"{leaf} has groups in SELECT, HAVING and ORDER BY only"
            )


def _relative_iris(kinds: _Kinds) -> Iterator[Misuse]:
    leaves = [leaf for tree in kinds["start"] for leaf in _leaves(tree)]
    if any(leaf.type == "BASE" for leaf in leaves):
        return
    for leaf in leaves:
        if leaf.type == "IRI" and not _ABSOLUTE.match(leaf.value):
            reason = f"the IRI {leaf} is relative, and no BASE is declared"
            yield _misuse(leaf, reason)


_Rule: TypeAlias = Callable[[_Kinds], Iterator[Misuse]]
_RULES: tuple[_Rule, ...] = (
    _relative_iris,
    _repeated_columns,
    _grouped_stars,
    _ungrouped_variables,
    _overridden_columns,
    _overridden_bindings,
    _shared_blank_nodes,
    _rows_of_other_lengths,
    _misplaced_aggregates,
)
_UNGROUPED = (
    "{0} is no key of GROUP BY; add it there, or aggregate it, as in SAMPLE({0})"
)
_ABSOLUTE = re.compile("<[A-Za-z][A-Za-z0-9+.-]*:")


def _selects(kinds: _Kinds) -> Iterable[ParseTree]:
    """The selects of a query, inner ones first: the engine reads those first."""
    return (*kinds["sub_select"], *kinds["select"])


def _columns(select: ParseTree) -> Iterator[tuple[Terminal, Tree[Terminal] | None]]:
    """The name of each column, and the expression that it stands for."""
    clause = _part(select, "select_clause")
    for column in clause.children if clause is not None else ():
        if isinstance(column, Tree):
            name = _last(column, "VARIABLE")
            if name is not None:
                yield name, _part(column, "expression")
        elif column.type == "VARIABLE":
            yield column, None


def _keys(select: ParseTree) -> Iterator[Terminal]:
    modifiers = _part(select, "modifiers")
    for key in modifiers.find_data("key") if modifiers is not None else ():
        name = _last(key, "VARIABLE")
        if name is not None:
            yield name


def _is_grouped(select: ParseTree) -> bool:
    modifiers = _part(select, "modifiers")
    clauses = (_part(select, "select_clause"), modifiers)
    has_key = modifiers is not None and _part(modifiers, "group_by") is not None
    return has_key or any(
        clause is not None and any(clause.find_data("aggregate")) for clause in clauses
    )


def _in_aggregates(tree: ParseTree | None) -> Iterator[Terminal]:
    """The names of the aggregates that belong to no inner select."""
    if tree is None:
        return
    inner = {
        id(each)
        for select in tree.find_data("sub_select")
        for each in select.find_data("aggregate")
    }
    for aggregate in tree.find_data("aggregate"):
        if id(aggregate) not in inner:
            yield _first(aggregate)


def _outside_aggregates(expression: ParseTree) -> list[Terminal]:
    inside = {
        id(leaf)
        for aggregate in expression.find_data("aggregate")
        for leaf in _leaves(aggregate)
    }
    return [each for each in _variables(expression) if id(each) not in inside]


def _variables(node: Node | None) -> Iterator[Terminal]:
    return (leaf for leaf in _leaves(node) if leaf.type == "VARIABLE")


def _leaves(node: Node | None) -> Iterator[Terminal]:
    """The terminals of a tree in their order, without recursion."""
    waiting: list[Node] = [] if node is None else [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Terminal):
            yield each
        else:
            waiting.extend(reversed(each.children))


def _part(tree: ParseTree | None, name: str) -> ParseTree | None:
    parts = tree.children if tree is not None else ()
    return next((p for p in parts if isinstance(p, Tree) and p.data == name), None)


def _child(tree: ParseTree | None, name: str) -> Terminal | None:
    parts = tree.children if tree is not None else ()
    return next((p for p in parts if isinstance(p, Terminal) and p.type == name), None)


def _last(tree: ParseTree, name: str) -> Terminal | None:
    parts = reversed(tree.children)
    return next((p for p in parts if isinstance(p, Terminal) and p.type == name), None)


def _first(node: Node) -> Terminal:
    return next(_leaves(node))


def _start(node: Node) -> int:
    return _first(node).start_pos or 0


def _misuse(leaf: Terminal, reason: str) -> Misuse:
    return Misuse(leaf.value, leaf.start_pos or 0, reason)
