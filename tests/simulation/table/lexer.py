"""The words of DynamoDB's expressions, and the reader that its parsers share."""

import re

from tests.simulation.table.values import Attribute, Invalid, Item

_TOKEN = re.compile(
    r"\s*(?:(?P<word>[A-Za-z_][A-Za-z0-9_]*)|(?P<name>#[A-Za-z0-9_]+)|(?P<value>:[A-Za-z0-9_]+)"
    r"|(?P<number>[0-9]+)|(?P<sign><>|<=|>=|[=<>(),.\[\]+-]))"
)

type Path = tuple[str | int, ...]
"""Steps into an item: an attribute's name, `#name` for a placeholder, or a list's index."""


class Lexer:
    """The tokens of one expression, read from left to right, and the placeholders it uses."""

    def __init__(self, kind: str, text: str) -> None:
        self.kind = kind
        self.names: set[str] = set()
        self.values: set[str] = set()
        self.ordered: set[str] = set()
        self._tokens = _tokens(kind, text)
        self.position = 0

    @property
    def next(self) -> str:
        """The next token; empty at the end."""
        tokens = self._tokens
        return tokens[self.position] if self.position < len(tokens) else ""

    @property
    def after_next(self) -> str:
        """The token after the next one."""
        position = self.position + 1
        return self._tokens[position] if position < len(self._tokens) else ""

    def read(self) -> str:
        """Read the next token."""
        token = self.next
        if not token:
            raise self.error()
        self.position += 1
        return token

    def skip(self, token: str) -> bool:
        """Read the next token if it is this one; keywords are read in any case."""
        if self.next.upper() != token:
            return False
        self.position += 1
        return True

    def expect(self, token: str) -> None:
        """Read this token. Raises `Invalid` if there is another one."""
        if not self.skip(token):
            raise self.error()

    def path(self) -> Path:
        """Read a document path."""
        steps: list[str | int] = [self._step()]
        while True:
            if self.skip("."):
                steps.append(self._step())
            elif self.skip("["):
                index = self.read()
                if not index.isdecimal():
                    raise self.error()
                steps.append(int(index))
                self.expect("]")
            else:
                return tuple(steps)

    def value(self) -> str:
        """Read a value's placeholder."""
        token = self.read()
        if not token.startswith(":"):
            raise self.error()
        self.values.add(token)
        return token

    def end_of_parenthesis(self) -> int:
        """The position after the parenthesis that the next token opens."""
        depth = 0
        for position in range(self.position, len(self._tokens)):
            depth += {"(": 1, ")": -1}.get(self._tokens[position], 0)
            if not depth:
                return position + 1
        raise self.error()

    def error(self) -> Invalid:
        """The syntax error at the next token."""
        near = f'token: "{self.next or "<EOF>"}"'
        return Invalid(f"Invalid {self.kind}: Syntax error; {near}")

    def _step(self) -> str:
        token = self.read()
        if token.startswith("#"):
            self.names.add(token)
        elif not (token[0].isalpha() or token[0] == "_"):
            self.position -= 1
            raise self.error()
        return token


def _tokens(kind: str, text: str) -> list[str]:
    tokens = []
    position = 0
    end = len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if not match:
            raise Invalid(f'Invalid {kind}: Syntax error; token: "{text[position:].strip()[:1]}"')
        tokens.append(match[0].strip())
        position = match.end()
    if not tokens:
        raise Invalid(f"Invalid {kind}: The expression can not be empty;")
    return tokens


def steps(path: Path, names: dict[str, str]) -> Path:
    """The path with its placeholders replaced."""
    return tuple(_name(step, names) if isinstance(step, str) else step for step in path)


def look_up(item: Item, path: Path, names: dict[str, str]) -> Attribute | None:
    """The attribute at a path; None if there is none."""
    found = item.get(_name(path[0], names))
    for step in path[1:]:
        if found is None:
            return None
        if isinstance(step, int):
            members = found.get("L", ())
            found = members[step] if step < len(members) else None
        else:
            found = found.get("M", {}).get(_name(step, names))
    return found


def _name(step: str | int, names: dict[str, str]) -> str:
    assert isinstance(step, str), "a path begins with a name"
    return names[step] if step[0] == "#" else step
