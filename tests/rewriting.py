"""Reads the rules of Apache's mod_rewrite that the project writes, and follows them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, unquote

_RULE = re.compile(r"RewriteRule (\S+) (\S+)(?: \[(.*)\])?")
_CONDITION = re.compile(r'RewriteCond (\S+) (?:"(.*)"|(\S+))(?: \[(.*)\])?')
_VARIABLE = re.compile(r"%\{([^}]+)\}|[$%](\d)")


@dataclass(frozen=True)
class Outcome:
    """What a server answers."""

    status: int
    location: str | None = None


@dataclass
class _Request:
    path: str
    query: str
    accept: str
    environment: dict[str, str] = field(default_factory=dict)

    def variable(self, name: str) -> str:
        kind, _, rest = name.partition(":")
        if kind == "ENV":
            return self.environment.get(rest, "")
        return {"QUERY_STRING": self.query, "HTTP_ACCEPT": self.accept}[name]


@dataclass(frozen=True)
class _Rule:
    conditions: tuple[tuple[str, str, bool], ...]
    pattern: str
    target: str
    flags: dict[str, str]


def follow(rules: str, address: str, accept: str) -> Outcome | None:
    """Return where rules lead from an address below them; None if nowhere."""
    path, _, query = address.partition("?")
    request = _Request(unquote(path), query, accept)
    skipped = 0
    for rule in _read(rules):
        if skipped:
            skipped -= 1
            continue
        outcome, skipped = _apply(rule, request)
        if outcome is not None:
            return outcome
    return None


def _read(rules: str) -> Iterator[_Rule]:
    conditions: list[tuple[str, str, bool]] = []
    for line in rules.splitlines():
        if line.startswith("RewriteCond "):
            found = _CONDITION.fullmatch(line)
            assert found, line
            pattern = found[2] if found[2] is not None else found[3]
            conditions.append((found[1], pattern, found[4] == "NC"))
        elif line.startswith("RewriteRule "):
            found = _RULE.fullmatch(line)
            assert found, line
            pairs = (flag.partition("=") for flag in (found[3] or "").split(","))
            flags = {name: value for name, _, value in pairs}
            yield _Rule(tuple(conditions), found[1], found[2], flags)
            conditions = []


def _apply(rule: _Rule, request: _Request) -> tuple[Outcome | None, int]:
    matched = re.search(rule.pattern, request.path)
    if matched is None:
        return None, 0
    last: re.Match[str] | None = None
    for subject, pattern, ignores_case in rule.conditions:
        text = request.variable(subject[2:-1])
        last = re.search(pattern, text, re.IGNORECASE if ignores_case else 0)
        if last is None:
            return None, 0
    if "E" in rule.flags:
        name, _, value = rule.flags["E"].partition(":")
        request.environment[name] = value
    if "R" in rule.flags:
        return _redirect(rule, request, matched, last), 0
    return None, int(rule.flags.get("S", "0"))


def _redirect(
    rule: _Rule,
    request: _Request,
    matched: re.Match[str],
    last: re.Match[str] | None,
) -> Outcome:
    status = int(rule.flags["R"])
    if rule.target == "-":
        return Outcome(status)

    def expand(found: re.Match[str]) -> str:
        if found[1] is not None:
            return request.variable(found[1])
        source = matched if found[0].startswith("$") else last
        assert source is not None, rule
        return source[int(found[2])] or ""

    target = quote(_VARIABLE.sub(expand, rule.target), safe="/:,;@&=+$!*'()~?")
    if "QSD" not in rule.flags and request.query:
        target = f"{target}?{request.query}"
    return Outcome(status, target)
