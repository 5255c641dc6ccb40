"""Names use the field's standard terms: no name is one of the replaced words.

`python -m tests.unit.test_vocabulary` prints each of them that is defined, and the count.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

AREAS = (
    "bench",
    "frontend",
    "frontend/src",
    "frontend/scripts",
    "functions",
    "infra",
    "layers/core",
    "layers/analysis",
    "local",
    "operations",
    "tests",
    "training",
)

WORDS = Path(__file__).with_name("replaced_words.txt")

REPLACED = frozenset(
    word
    for line in WORDS.read_text().splitlines()
    if not line.startswith("#")
    for word in line.split()
)
"""Names that nothing may have."""

REPLACED_MODULES = frozenset(("made", "sign_in"))
"""Names that no module or folder may have, although a variable may."""

OTHERS = {
    ("layers/core/python/docket/schemas/payments.py", "received"),  # the API's JSON
    ("frontend/src/features/documents/uploads/selectedFiles.ts", "files"),  # the DOM's
    ("frontend/src/features/documents/uploads/uploader.ts", "files"),
    ("frontend/src/features/documents/uploads/uploader.test.tsx", "files"),
    ("frontend/src/theme/colors.ts", "paper"),  # Material UI's
    ("frontend/src/theme/components.ts", "paper"),
}
"""Names that others define, and the files that use them."""

_TS_NAME = re.compile(
    r"\b(?:const|let|function|class|interface|type)\s+(\w+)"
    r"|[(,{[]\s*(\w+)(?=\??\s*[]:,})]\s*)"
    r"|\b(\w+)\s*=>"
)


_WORD = re.compile(rf"\b_*(?:{'|'.join(REPLACED)})\b")
"""Most files have none of the words, not even in a comment, and need not be parsed."""


def is_replaced(name: str) -> bool:
    """Whether a name is one of the words, also as a private name."""
    return name in REPLACED or (not name.endswith("__") and name.lstrip("_") in REPLACED)


def python_names(source: str) -> Iterator[str]:
    """The names that a Python file defines, assigns or takes as parameters."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                yield name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.alias(asname=str(name)) | ast.ExceptHandler(name=str(name)):
                yield name
            case ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                yield name
            case ast.MatchMapping(rest=str(name)) | ast.TypeVar(name=name):
                yield name


def typescript_names(source: str) -> Iterator[str]:
    """The names that a script declares, found by a regular expression."""
    for match in _TS_NAME.finditer(source):
        yield next(name for name in match.groups() if name)


def uses_in(area: str) -> list[str]:
    """`path: name` for each replaced name in an area."""
    uses = []
    folder = ROOT / area
    for path in sorted(folder.glob("*") if area == "frontend" else folder.rglob("*")):
        if "node_modules" in path.parts:
            continue
        if "__pycache__" in path.parts:
            continue
        if path.suffix not in {".py", ".ts", ".tsx", ".mjs", ".js"} or path == Path(__file__):
            continue
        names = python_names if path.suffix == ".py" else typescript_names
        file = path.relative_to(ROOT).as_posix()
        uses += [
            f"{file}: {part}"
            for part in (*path.parent.relative_to(folder).parts, path.stem)
            if part.strip("_") in REPLACED | REPLACED_MODULES
        ]
        source = path.read_text()
        if _WORD.search(source):
            uses += [
                f"{file}: {name}"
                for name in names(source)
                if is_replaced(name) and (file, name) not in OTHERS
            ]
    return uses


@pytest.mark.parametrize("area", AREAS)
def test_no_replaced_word_is_a_name(area):
    uses = uses_in(area)
    sys.stdout.write(f"{area}: {len(uses)} replaced words are names\n")

    assert not uses


def test_a_private_name_is_judged_as_a_public_one():
    assert is_replaced("taken") is False
    assert is_replaced("_opened")
    assert is_replaced("opened")
    assert not is_replaced("__enter__")


def test_python_names_are_found():
    source = (
        "class A:\n  def b[K](self, *c, d=1):\n    e, self.f = c\n    import g as h\n"
        "match x:\n  case {1: i, **j}: ...\n  case [*k]: ...\n  case C() as l: ...\n"
    )

    assert set(python_names(source)) == {"A", "b", "K", "self", *"cdefhijkl"}


def test_typescript_names_are_found():
    source = (
        "const a = (b: string, c) => d;\nfunction e({ f }: G) {}\ninterface H {}\nlet [i, j] = k;"
    )

    assert set(typescript_names(source)) >= {*"abcefHij"}


if __name__ == "__main__":
    all_uses = [use for area in AREAS for use in uses_in(area)]
    sys.stdout.write("\n".join([*all_uses, f"{len(all_uses)} replaced words are names\n"]))
