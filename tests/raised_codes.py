"""The codes of the errors that a function may raise, by following what it calls in the source.

A name is followed to the function it was imported as, and a method to every method of that name in
`docket.domain`. An error that is caught on the way counts too, so there may be codes too many.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from infra.openapi.errors import ERRORS

_CORE = Path("layers/core/python")
_CODES = {error.__name__: code for code, error in ERRORS.items()}

type _Target = tuple[str, ast.FunctionDef | ast.ClassDef | None]
"""A module, and a function or class of it; None is the module itself."""


def codes_of_function(name: str) -> set[str]:
    """The codes that the Lambda function with that name, as in the table of endpoints, raises."""
    module = f"functions.{name.replace('/', '.')}"
    seen: set[tuple[str, int]] = set()
    return {
        code
        for node in _definitions(module).values()
        if isinstance(node, ast.FunctionDef)
        for code in _codes(module, node, seen)
    }


def _codes(module: str, function: ast.FunctionDef, seen: set[tuple[str, int]]) -> Iterator[str]:
    if (module, function.lineno) in seen:
        return
    seen.add((module, function.lineno))
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and (name := _raised(node)) in _CODES:
            yield _CODES[name]
        for target, called in _called(module, node):
            yield from _codes(target, called, seen)


def _raised(node: ast.Raise) -> str:
    error = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    if isinstance(error, ast.Attribute):
        return error.attr
    return error.id if isinstance(error, ast.Name) else ""


def _called(module: str, node: ast.AST) -> Iterator[tuple[str, ast.FunctionDef]]:
    if isinstance(node, ast.Name):
        yield from _function(_resolve(module, node.id))
    if isinstance(node, ast.Attribute):
        owner = _resolve(module, node.value.id) if isinstance(node.value, ast.Name) else None
        if owner and owner[1] is None:
            yield from _function(_resolve(owner[0], node.attr))
        else:
            yield from _methods().get(node.attr, ())


def _function(target: _Target | None) -> Iterator[tuple[str, ast.FunctionDef]]:
    if target and isinstance(target[1], ast.FunctionDef):
        yield target[0], target[1]


def _resolve(module: str, name: str) -> _Target | None:
    """What a name of a module is."""
    if name in _definitions(module):
        return module, _definitions(module)[name]
    if name not in _imports(module):
        return None
    source, imported = _imports(module)[name]
    if _file(f"{source}.{imported}"):
        return f"{source}.{imported}", None
    return _resolve(source, imported)


def _file(module: str) -> Path | None:
    root = Path() if module.startswith("functions") else _CORE
    path = root.joinpath(*module.split("."))
    candidates = (path.with_suffix(".py"), path / "__init__.py")
    return next((file for file in candidates if file.exists()), None)


@cache
def _tree(module: str) -> ast.Module:
    file = _file(module)
    return ast.parse(file.read_text() if file else "")


@cache
def _definitions(module: str) -> dict[str, ast.FunctionDef | ast.ClassDef]:
    nodes = _tree(module).body
    return {n.name: n for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}


@cache
def _imports(module: str) -> dict[str, tuple[str, str]]:
    return {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("docket")
        for alias in node.names
        if node.module
    }


@cache
def _methods() -> dict[str, list[tuple[str, ast.FunctionDef]]]:
    """The methods of the domain by their name."""
    methods: dict[str, list[tuple[str, ast.FunctionDef]]] = {}
    for file in sorted((_CORE / "docket/domain").rglob("*.py")):
        module = ".".join(file.relative_to(_CORE).with_suffix("").parts)
        for definition in _definitions(module).values():
            if not isinstance(definition, ast.ClassDef) or module.endswith(".errors"):
                continue
            for method in definition.body:
                if isinstance(method, ast.FunctionDef):
                    methods.setdefault(method.name, []).append((module, method))
    return methods
