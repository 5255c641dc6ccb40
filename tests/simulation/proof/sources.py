"""The sources that lives depend on: what their modules import, and the data of the product.

They are found in the text, without importing anything. What lives replace, and what they import but
never run, does not count: the reader, the description of the API, and all of the rest of `infra`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

BEGINNING = "tests.simulation.proof.prove"
ROOTS = ("", "layers/core/python", "layers/analysis/python")
"""The folders in which modules are found."""

WITHOUT_EFFECT = (
    "analysis.formats",
    "analysis.reader",
    "analysis.report",
    "analysis.sandbox",
    "analysis.version",
    "infra.openapi",
)

DATA = "layers/core/python/docket"
GENERATED = "openapi.json"


def sources(root: Path) -> list[Path]:
    """The files of the modules that a life runs, the functions, and the data that these read."""
    modules = _imported(root, [BEGINNING, *_functions(root)])
    data = [
        path
        for path in (root / DATA).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc") and path.name != GENERATED
    ]
    return sorted({*modules, *data})


def _functions(root: Path) -> Iterator[str]:
    for path in (root / "functions").rglob("*.py"):
        yield ".".join(path.relative_to(root).with_suffix("").parts)


def _imported(root: Path, names: list[str]) -> set[Path]:
    found, seen = set[Path](), set[str]()
    while names:
        name = names.pop()
        if name in seen or name.startswith(WITHOUT_EFFECT):
            continue
        seen.add(name)
        path = _file(root, name)
        if path:
            found.add(path)
            names += _names(ast.parse(path.read_text()))
            names.append(name.rpartition(".")[0])
    return found


def _file(root: Path, name: str) -> Path | None:
    for folder in ROOTS:
        path = root / folder / name.replace(".", "/")
        for candidate in (path.with_suffix(".py"), path / "__init__.py"):
            if name and candidate.is_file():
                return candidate
    return None


def _names(tree: ast.AST) -> Iterator[str]:
    """What is imported at run time, also within functions; no import of the project is relative."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                continue
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(module=str(module)):
                yield module
                yield from (f"{module}.{alias.name}" for alias in node.names)
            case _:
                yield from _names(node)
