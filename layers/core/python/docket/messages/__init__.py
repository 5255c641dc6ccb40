"""The messages of reasons: one catalogue per language, `en.json` and `de.json`.

A reason is a code with parameters (`docket.domain.reason`). Its message is made only where a person
reads it: by the API in English, by a report in the customer's language, and by the site from the
same two files. As in i18next, `{{name}}` in a message is replaced by the parameter of that name.

A parameter called `context` selects a variant, also as in i18next: the message of
`payment_not_confirmed` with the context `other_order` is `payment_not_confirmed_other_order`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Literal

from docket.domain.language import Language

type Group = Literal["order", "refund", "document", "warning", "contradiction", "error", "field"]
type Params = Mapping[str, str | int | Sequence[str]]

_DECIMAL = re.compile(r"-?\d+(\.\d+)?")
_GERMAN_MARKS = str.maketrans(",.", ".,")
PLACEHOLDER = re.compile(r"\{\{(\w+)\}\}")
"""A parameter in a message or a mail, such as `{{name}}`."""


@cache
def catalogue(language: Language) -> dict[str, dict[str, str]]:
    """All messages of a language: by group, then by code."""
    text = resources.files(__name__).joinpath(f"{language}.json").read_text(encoding="utf-8")
    loaded: dict[str, dict[str, str]] = json.loads(text)
    return loaded


def message(group: Group, code: str, params: Params, language: Language = "en") -> str:
    """The message for a code. Raises `KeyError` for a missing parameter.

    During a deployment, a function of the new version may store a code that the old version does
    not know. Such a code is shown as words, so that the response can still be read.
    """
    sentences = catalogue(language)[group]
    variant = f"{code}_{params['context']}" if "context" in params else code
    template = sentences.get(variant) or sentences.get(code)
    if template is None:
        return code.replace("_", " ").capitalize() + "."
    return PLACEHOLDER.sub(lambda match: _written(match[1], params, language), template)


def _written(name: str, params: Params, language: Language) -> str:
    """A parameter as text. What was added up, which no document states, is in the language."""
    text = _text(params[name])
    if name != "sum" or not _DECIMAL.fullmatch(text):
        return text
    grouped = f"{Decimal(text):,f}"
    return grouped.translate(_GERMAN_MARKS) if language == "de" else grouped


def _text(value: str | int | Sequence[str]) -> str:
    return str(value) if isinstance(value, str | int) else ", ".join(value)
