"""Compares JSON with the annotations of the SDK's classes, which are made of Stripe's OpenAPI
description: every field is known, every field that is never null is there, and values are of the
annotated type. `Optional` in an annotation means null or absent, so an absent one is allowed.

Literals are strict although the SDK adds `str` to most: a newer API may have more of them, but the
double must not.
"""

import inspect
import types
import typing
from collections.abc import Callable
from typing import Any, Literal, Union

import stripe
from stripe import StripeObject
from stripe._object_classes import get_object_class
from stripe._stripe_object import UntypedStripeObject


def differences(body: Any, annotation: Any = None, path: str = "") -> list[str]:
    """What differs between a value and its annotation; by default that of its `object`."""
    if annotation is None:
        annotation = get_object_class("V1", body["object"])
        path = path or body["object"]
    if annotation is Any or isinstance(annotation, typing.TypeVar):
        return []
    check = CHECKS.get(typing.get_origin(annotation) or annotation)
    if check is not None:
        return check(body, typing.get_args(annotation), path)
    if inspect.isclass(annotation) and issubclass(annotation, StripeObject):
        return _of_object(body, annotation, path)
    return _of_scalar(body, annotation, path)


def _of_union(body: Any, members: tuple[Any, ...], path: str) -> list[str]:
    if body is None:
        return [] if type(None) in members else [f"{path} is null"]
    rest = [member for member in members if member is not type(None)]
    if any(typing.get_origin(member) is Literal for member in rest):
        rest = [member for member in rest if member is not str]
    found = [differences(body, member, path) for member in rest]
    return min(found, key=len)


def _of_list(body: Any, arguments: tuple[Any, ...], path: str) -> list[str]:
    if not isinstance(body, list):
        return [f"{path} is {body!r}, not a list"]
    if not arguments:
        return []
    (item,) = arguments
    return [
        difference
        for place, value in enumerate(body)
        for difference in differences(value, item, f"{path}[{place}]")
    ]


def _of_literal(body: Any, values: tuple[Any, ...], path: str) -> list[str]:
    return [] if body in values else [f"{path} is {body!r}, not one of {values}"]


def _of_map(body: Any, _: tuple[Any, ...], path: str) -> list[str]:
    return [] if isinstance(body, dict) else [f"{path} is {body!r}, not an object"]


def _of_page(body: Any, arguments: tuple[Any, ...], path: str) -> list[str]:
    if not isinstance(body, dict) or body.keys() != {"object", "data", "has_more", "url"}:
        return [f"{path} is no list object"]
    return _of_list(body["data"], arguments, f"{path}.data")


CHECKS: dict[Any, Callable[[Any, tuple[Any, ...], str], list[str]]] = {
    Union: _of_union,
    types.UnionType: _of_union,
    Literal: _of_literal,
    list: _of_list,
    UntypedStripeObject: _of_map,
    stripe.ListObject: _of_page,
}


def _of_scalar(body: Any, annotation: Any, path: str) -> list[str]:
    allowed = (int, float) if annotation is float else annotation
    wrong_bool = isinstance(body, bool) and annotation is not bool
    if wrong_bool or not isinstance(body, allowed):
        return [f"{path} is {body!r}, not {annotation.__name__}"]
    return []


def _of_object(body: Any, class_: type[StripeObject], path: str) -> list[str]:
    if not isinstance(body, dict):
        return [f"{path} is {body!r}, not a {class_.__name__}"]
    annotations = _annotations(class_)
    found = []
    for name, annotation in annotations.items():
        if name in body:
            found += differences(body[name], annotation, f"{path}.{name}")
        elif type(None) not in typing.get_args(annotation):
            found.append(f"{path}.{name} is missing")
    return found + [f"{path}.{name} is unknown" for name in body if name not in annotations]


def _annotations(class_: type[StripeObject]) -> dict[str, Any]:
    """The fields of a class with their types; of an object elsewhere the SDK has only the name."""
    known = _Names(class_)
    fields: dict[str, Any] = {}
    for base in reversed(class_.__mro__):
        if not base.__module__.startswith("stripe") or base is StripeObject:
            continue
        for name, annotation in inspect.get_annotations(base).items():
            text = annotation if isinstance(annotation, str) else None
            value = eval(text, {}, known) if text else annotation  # noqa: S307 - the SDK's own text
            if typing.get_origin(value) is not typing.ClassVar and not name.startswith("_"):
                fields[name] = _resolved(value, known)
    return fields


def _resolved(annotation: Any, names: "_Names") -> Any:
    """The annotation with classes in place of their names."""
    if isinstance(annotation, typing.ForwardRef):
        return eval(annotation.__forward_arg__, {}, names)  # noqa: S307 - the SDK's own text
    arguments = typing.get_args(annotation)
    if not arguments or typing.get_origin(annotation) is Literal:
        return annotation
    resolved = tuple(_resolved(argument, names) for argument in arguments)
    if typing.get_origin(annotation) in (Union, types.UnionType):
        return Union[resolved]  # noqa: UP007 - of a tuple
    return typing.get_origin(annotation)[resolved]


class _Names(dict[str, Any]):
    """Names in the SDK's annotations; those that only type checkers import are of its objects."""

    def __init__(self, class_: type[StripeObject]) -> None:
        super().__init__(vars(inspect.getmodule(class_) or stripe))

    def __missing__(self, name: str) -> Any:
        found = getattr(stripe, name, None) or getattr(typing, name, None)
        return found if found is not None else Any
