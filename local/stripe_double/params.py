"""A request's fields: `a[b][0]=c` as Stripe's libraries write them, each read once."""

from typing import Any
from urllib.parse import parse_qsl

from local.stripe_double.errors import invalid

type Value = str | dict[str, Any] | list[Any]

LONGEST_INTEGER = 18
METADATA_KEYS = 50
METADATA_KEY_LENGTH = 40
METADATA_VALUE_LENGTH = 500


def decode(encoded: str) -> dict[str, Any]:
    """The nested values of a query string or a form body; a later field wins over an earlier."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(encoded, keep_blank_values=True):
        head, *rest = name.replace("]", "").split("[")
        here, key = tree, head
        for part in rest:
            below = here.get(key)
            if not isinstance(below, dict):
                below = here[key] = {}
            here, key = below, part or str(len(below))
        here[key] = value
    return {name: _lists(value) for name, value in tree.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _lists(below) for key, below in value.items()}
    if inner and all(key.isdigit() for key in inner):
        return [inner[key] for key in sorted(inner, key=int)]
    return inner


class Params:
    """The fields of one request, each asked for by name; `finish` refuses what nobody asked for."""

    def __init__(self, values: dict[str, Any], *, inside: str = "") -> None:
        self.values = values
        self._inside = inside
        self._known: list[str] = []
        self._below: list[Params] = []

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def _name(self, name: str) -> str:
        return f"{self._inside}[{name}]" if self._inside else name

    def _take(self, name: str) -> Any:
        self._known.append(name)
        return self.values.get(name)

    def text(self, name: str, *, among: tuple[str, ...] = ()) -> str | None:
        """A string, one of `among` if any are given; None when absent or empty."""
        value = self._take(name)
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
        """A string that must be there."""
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
        if not (digits.isascii() and digits.isdigit() and len(digits) <= LONGEST_INTEGER):
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
        value = self._take(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise invalid("Invalid array", param=self._name(name))
        return value

    def below(self, name: str) -> "Params | None":
        """The fields inside `name`; None when absent."""
        value = self._take(name)
        if value is None or value == "":
            return None
        if not isinstance(value, dict):
            raise invalid("Invalid object", param=self._name(name))
        inner = Params(value, inside=self._name(name))
        self._below.append(inner)
        return inner

    def metadata(self, before: dict[str, str]) -> dict[str, str]:
        """`before` as the request changes it: a key set, a key emptied away, or all of them."""
        value = self._take("metadata")
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
        """Refuse every field that was not asked for, here and below."""
        for name in self.values:
            if name not in self._known:
                raise invalid(
                    f"Received unknown parameter: {self._name(name)} "
                    f"(this double plays {', '.join(sorted(set(self._known)))})",
                    param=self._name(name),
                    code="parameter_unknown",
                )
        for inner in self._below:
            inner.finish()
