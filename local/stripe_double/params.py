"""A request's parameters, in the form `a[b][0]=c` of Stripe's libraries."""

from typing import Any
from urllib.parse import parse_qsl

from local.stripe_double.errors import invalid

type Value = str | dict[str, Any] | list[Any]

MAX_INTEGER_DIGITS = 18
"""Numbers of so many digits fit into an integer of SQLite."""
METADATA_KEYS = 50
"""Stripe's limit."""
METADATA_KEY_LENGTH = 40
"""Stripe's limit, in characters."""
METADATA_VALUE_LENGTH = 500
"""Stripe's limit, in characters."""


def decode(form: str) -> dict[str, Any]:
    """The nested values of a query string or a form body; of equal names the last counts."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(form, keep_blank_values=True):
        head, *rest = name.replace("]", "").split("[")
        target, key = tree, head
        for part in rest:
            nested = target.get(key)
            if not isinstance(nested, dict):
                nested = target[key] = {}
            target, key = nested, part or str(len(nested))
        target[key] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(nested) for key, nested in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


class Params:
    """The parameters of a request, read by name; `finish` refuses those that were not read."""

    def __init__(self, values: dict[str, Any], *, path: str = "") -> None:
        self.values = values
        self._path = path
        self._known: list[str] = []
        self._nested: list[Params] = []

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def _name(self, name: str) -> str:
        return f"{self._path}[{name}]" if self._path else name

    def _use(self, name: str) -> Any:
        self._known.append(name)
        return self.values.get(name)

    def text(self, name: str, *, among: tuple[str, ...] = ()) -> str | None:
        """A string, one of `among` unless that is empty; None when absent or empty."""
        value = self._use(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            raise invalid("Invalid string", param=self._name(name))
        if among and value not in among:
            allowed = ", ".join(among[:-1]) + f", or {among[-1]}" if among[1:] else among[0]
            raise invalid(
                f"Invalid {self._name(name)}: must be one of {allowed}", param=self._name(name)
            )
        return value

    def required(self, name: str) -> str:
        """A string. Raises a 400 when it is absent."""
        value = self.text(name)
        if value is None:
            raise invalid(
                f"Missing required param: {self._name(name)}.",
                param=self._name(name),
                code="parameter_missing",
            )
        return value

    def integer(self, name: str) -> int | None:
        """A whole number; None when absent."""
        value = self.text(name)
        if value is None:
            return None
        digits = value.removeprefix("-")
        if not (digits.isascii() and digits.isdigit() and len(digits) <= MAX_INTEGER_DIGITS):
            raise invalid(
                f"Invalid integer: {value}",
                param=self._name(name),
                code="parameter_invalid_integer",
            )
        return int(value)

    def flag(self, name: str) -> bool | None:
        """True or false; None when absent."""
        value = self.text(name)
        if value is None:
            return None
        if value not in ("true", "false"):
            raise invalid(f"Invalid boolean: {value}", param=self._name(name))
        return value == "true"

    def texts(self, name: str) -> list[str] | None:
        """A list of strings; None when absent."""
        value = self._use(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise invalid("Invalid array", param=self._name(name))
        return value

    def nested(self, name: str) -> "Params | None":
        """The parameters inside `name`; None when absent."""
        value = self._use(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise invalid("Invalid object", param=self._name(name))
        inner = Params(value, path=self._name(name))
        self._nested.append(inner)
        return inner

    def metadata(self, before: dict[str, str]) -> dict[str, str]:
        """`before` with the request's changes; an empty value removes a key, or all of them."""
        value = self._use("metadata")
        if value is None:
            return before
        if value == "":
            return {}
        if not isinstance(value, dict) or not all(isinstance(v, str) for v in value.values()):
            raise invalid("Invalid object", param="metadata")
        merged = {k: v for k, v in (before | value).items() if v != ""}
        if len(merged) > METADATA_KEYS:
            raise invalid(f"Metadata can have up to {METADATA_KEYS} keys.", param="metadata")
        for key, text in merged.items():
            if len(key) > METADATA_KEY_LENGTH or len(text) > METADATA_VALUE_LENGTH:
                raise invalid(
                    f"Metadata keys can have up to {METADATA_KEY_LENGTH} characters, values up to "
                    f"{METADATA_VALUE_LENGTH}.",
                    param=f"metadata[{key}]",
                )
        return merged

    def finish(self) -> None:
        """Raise a 400 for a parameter that was not read, here or in a nested one."""
        for name in self.values:
            if name not in self._known:
                raise invalid(
                    f"Received unknown parameter: {self._name(name)} "
                    f"(this double supports {', '.join(sorted(set(self._known)))})",
                    param=self._name(name),
                    code="parameter_unknown",
                )
        for inner in self._nested:
            inner.finish()
