"""The reader's packages: few at the top, no cycles, imports of lower packages only."""

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

PYTHON = Path(__file__).parents[3] / "layers/analysis/python"
ROOT = PYTHON / "analysis"
MOST_AT_THE_TOP = 12


def module_of(path):
    parts = path.relative_to(PYTHON).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in ROOT.rglob("*.py")}


def imports(path):
    """The modules of the reader that a file imports, anywhere in it."""
    targets = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            targets |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full_name = f"{node.module}.{alias.name}"
                targets.add(full_name if full_name in MODULES else node.module)
    return {target for target in targets if target in MODULES}


def top(module):
    return module.split(".")[1] if "." in module else ""


def test_there_are_few_packages_and_modules_at_the_top():
    names = {top(module) for module in MODULES} - {"", "__main__"}

    assert 0 < len(names) <= MOST_AT_THE_TOP, sorted(names)


def test_packages_have_no_import_cycle():
    graph: dict[str, set[str]] = {}
    for module, path in MODULES.items():
        if top(module):
            graph.setdefault(top(module), set()).update(
                {top(target) for target in imports(path)} - {top(module), ""}
            )

    assert graph["extract"], "no imports were found"
    TopologicalSorter(graph).prepare()


def test_modules_have_no_import_cycle():
    graph = {module: imports(path) - {module} for module, path in MODULES.items()}

    TopologicalSorter(graph).prepare()


@pytest.mark.parametrize(
    ("package", "allowed"),
    [
        ("model", {"errors"}),
        ("errors", set()),
        ("consolidate", {"extract"}),
        ("models", set()),
        ("layout", {"model"}),
        ("extract", {"errors", "layout", "model", "models", "version"}),
    ],
)
def test_a_package_imports_only_lower_packages(package, allowed):
    targets = {
        top(target)
        for module, path in MODULES.items()
        if top(module) == package
        for target in imports(path)
    }

    assert targets - {package} <= allowed


def test_the_invoice_rules_do_not_import_file_formats():
    paths = list((ROOT / "extract/invoice").rglob("*.py"))

    assert paths
    for path in paths:
        source = path.read_text()
        assert not {top(target) for target in imports(path)} & {"formats", "sandbox"}, path
        assert "analysis.formats" not in source
