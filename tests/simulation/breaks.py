"""Breaks of the service that are made on purpose, each of which the lives must find.

A break replaces a part of the text of one function. If that text is gone, it fails loudly: then the
break has to be written again for the new code.
"""

import importlib
import inspect
import sys
import textwrap
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch


@dataclass(frozen=True)
class Break:
    """What is replaced in a function, given as `module:function` or `module:Class.function`."""

    name: str
    place: str
    text: str
    by: str
    seed: int = 0
    """A life that finds it. The tests run it first."""


class TextGone(Exception):
    """The function no longer contains the text that a break replaces."""


@contextmanager
def broken(wrong: Break) -> Iterator[None]:
    """Run the broken version, wherever the function was imported."""
    owner, name, original, replacement = replaced(wrong)
    with ExitStack() as stack:
        stack.enter_context(patch.object(owner, name, replacement))
        for module in list(sys.modules.values()):
            if module is not owner and vars(module).get(name) is original:
                stack.enter_context(patch.object(module, name, replacement))
        yield


def replaced(wrong: Break) -> tuple[Any, str, Any, Any]:
    """What holds the function, its name, the function, and the broken one. Raises `TextGone`."""
    module_name, _, path = wrong.place.partition(":")
    module = importlib.import_module(module_name)
    *outer, name = path.split(".")
    owner: Any = module
    for part in outer:
        owner = getattr(owner, part)
    original = vars(owner)[name]
    source = textwrap.dedent(inspect.getsource(_function(original)))
    if source.count(wrong.text) != 1:
        raise TextGone(
            f"{wrong.name}: {wrong.place} has {source.count(wrong.text)} times {wrong.text!r}"
        )
    names: dict[str, Any] = {}
    code = compile(source.replace(wrong.text, wrong.by), f"<broken {wrong.place}>", "exec")
    exec(code, vars(module), names)  # noqa: S102 - the text is the project's own
    return owner, name, original, names[name]


def _function(attribute: Any) -> Any:
    if isinstance(attribute, property):
        return attribute.fget
    if isinstance(attribute, classmethod | staticmethod):
        return attribute.__func__
    return inspect.unwrap(attribute)
