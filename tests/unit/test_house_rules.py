"""The house's rules, held by tests: who may know what, and that nothing is without its test."""

import ast
import importlib
from pathlib import Path
from typing import Any

import pytest

from infra.endpoints import ENDPOINTS, FUNCTIONS
from local import stripe_double

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/python/docket"
ANALYSIS = ROOT / "layers/analysis/python/analysis"
FUNCTIONS_FOLDER = ROOT / "functions"
PRODUCT = [CORE, ANALYSIS, FUNCTIONS_FOLDER]

LONGEST_HANDLER = 25
CONSTRUCTS = [ROOT / "infra/constructs", ROOT / "infra/stacks"]
LONGEST_CONSTRUCT = 50
MOST_PACKAGES = 9
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "runtime": set(),
    "messages": {"domain"},
    "schemas": {"domain", "messages"},
    "table": {"domain", "runtime"},
    "gateways": {"domain", "runtime"},
    "auth": {"domain", "runtime", "schemas", "table", "gateways"},
    "workflows": {"domain", "runtime", "messages", "schemas", "table", "gateways"},
    "api": {"domain", "runtime", "messages", "schemas"},
}
"""The packages of `docket`, the lowest first, and which lower ones each may import."""

ANALYSIS_MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "limits": set(),
    "version": set(),
    "model": {"errors"},
    "models": set(),
    "layout": {"model"},
    "formats": {"errors", "limits", "model", "layout"},
    "extract": {"errors", "version", "model", "models", "layout"},
    "sandbox": {"errors", "limits", "model", "formats", "extract"},
    "reader": {"errors", "limits", "model", "formats", "sandbox"},
    "consolidate": {"extract"},
    "report": {"model", "extract"},
}
"""The packages and modules of `analysis`, likewise."""
ANALYSIS_ENTRIES = {"__init__.py", "__main__.py"}
MOST_ANALYSIS_PACKAGES = 12

MOST_LINES = 400
MAY_BE_LONGER = {
    CORE / "domain/common_passwords.py": "a list of passwords",
    ANALYSIS / "extract/catalogue.py": "the catalogue of facts",
}
"""Modules of data and nothing else."""

NOT_A_NAME = {"utils", "util", "helpers", "common", "constants", "services", "misc"}

DOMAIN_MAY_IMPORT = {
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "hashlib",
    "idna",  # IDNA 2008 is not in the standard library; it does nothing but compute
    "ipaddress",
    "itertools",
    "types",
    "typing",
    "unicodedata",
}
"""Modules of the standard library that only compute."""


def python_files(*folders):
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*.py")
        if "__pycache__" not in path.parts
    )


def imported(path):
    """The modules that a file imports, anywhere in it, except for type checking alone."""
    found = set()
    tree = ast.parse(path.read_text())
    for_types = {
        id(child)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for child in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in for_types:
            continue
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def packages(path):
    return {module.split(".")[0] for module in imported(path)}


def docket_packages(path):
    """The packages of docket that a file imports."""
    return packages_within("docket", path)


def packages_within(root, path):
    """The packages and modules directly below `root` that a file imports."""
    modules = {module for module in imported(path) if module.startswith(f"{root}.")}
    return {module.split(".")[1] for module in modules}


def dotted(path):
    """`docket.table.keys`, the name that a file is imported by."""
    root = CORE if CORE in path.parents else ANALYSIS
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", python_files(CORE / "domain"), ids=named)
def test_the_domain_imports_itself_and_what_has_no_effect(path):
    modules_outside = {
        module for module in imported(path) if not module.startswith("docket.domain")
    }

    assert {module.split(".")[0] for module in modules_outside} - {"docket"} <= DOMAIN_MAY_IMPORT
    assert {module for module in modules_outside if module.startswith("docket")} <= {"docket"}


def test_docket_has_few_packages():
    entries = {path.relative_to(CORE).parts[0] for path in python_files(CORE)} - {"__init__.py"}

    assert entries == set(MAY_IMPORT)
    assert len(entries) <= MOST_PACKAGES


@pytest.mark.parametrize("order", [MAY_IMPORT, ANALYSIS_MAY_IMPORT], ids=["docket", "analysis"])
def test_the_order_of_the_packages_has_no_circle(order):
    lower: set[str] = set()
    for package, allowed in order.items():
        assert allowed <= lower, package
        lower.add(package)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_the_lower_packages_listed_for_it(package):
    used = {other for path in python_files(CORE / package) for other in docket_packages(path)}

    assert used - {package} <= MAY_IMPORT[package]


def test_importing_docket_itself_loads_the_runtime_only():
    assert docket_packages(CORE / "__init__.py") == {"runtime"}


@pytest.mark.parametrize(
    "folder",
    [
        *(CORE / package for package in MAY_IMPORT),
        *(ANALYSIS / package for package in ANALYSIS_MAY_IMPORT),
    ],
    ids=named,
)
def test_the_modules_of_a_package_import_each_other_without_circle(folder):
    modules = {dotted(path): path for path in python_files(folder)}
    arrows = {name: imported(path) & set(modules) - {name} for name, path in modules.items()}
    for others in arrows.values():
        # `from package import module` imports the module; it uses nothing of the package itself.
        others -= {name.rpartition(".")[0] for name in others}

    while leaves := {name for name, others in arrows.items() if not others & set(arrows)}:
        arrows = {name: others for name, others in arrows.items() if name not in leaves}

    assert not arrows


def test_analysis_has_few_packages():
    entries = {path.relative_to(ANALYSIS).parts[0] for path in python_files(ANALYSIS)}

    assert {entry.removesuffix(".py") for entry in entries - ANALYSIS_ENTRIES} == set(
        ANALYSIS_MAY_IMPORT
    )
    assert len(ANALYSIS_MAY_IMPORT) <= MOST_ANALYSIS_PACKAGES


@pytest.mark.parametrize("package", ANALYSIS_MAY_IMPORT)
def test_a_package_of_analysis_imports_only_the_lower_packages_listed_for_it(package):
    module = ANALYSIS / f"{package}.py"
    paths = [module] if module.is_file() else python_files(ANALYSIS / package)
    used = {other for path in paths for other in packages_within("analysis", path)}

    assert used - {package} <= ANALYSIS_MAY_IMPORT[package]


@pytest.mark.parametrize("path", python_files(ANALYSIS), ids=named)
def test_the_reader_knows_nothing_of_aws_or_of_orders(path):
    assert not packages(path) & {"docket", "boto3", "botocore", "stripe"}


@pytest.mark.parametrize(
    ("module", "only_in"),
    [
        ("stripe", {"gateways/stripe.py"}),
        ("argon2", {"auth/password_hashing.py"}),
        ("jwt", {"auth/tokens.py"}),
        ("boto3", {"runtime/aws.py"}),
        ("botocore", {"runtime/aws.py", "gateways/", "table/"}),
    ],
)
def test_others_systems_are_spoken_to_in_one_place(module, only_in):
    users = {str(path.relative_to(CORE)) for path in python_files(CORE) if module in packages(path)}
    handlers = {named(path) for path in python_files(FUNCTIONS_FOLDER) if module in packages(path)}

    assert users, f"nobody uses {module}"
    assert all(user.startswith(tuple(only_in)) for user in users), users
    assert not handlers


def test_the_table_alone_says_conditions():
    users = [path for path in python_files(*PRODUCT) if "ConditionExpression" in path.read_text()]

    assert users == [CORE / "table/client.py"]


def test_one_module_reads_the_environment():
    readers = [
        path
        for path in python_files(*PRODUCT)
        if any(
            isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
            for node in ast.walk(ast.parse(path.read_text()))
        )
    ]

    assert readers == [CORE / "runtime/config.py"]


def test_other_packages_import_the_stripe_double_and_none_of_its_modules():
    package = ROOT / "local/stripe_double"
    exported = {f"local.stripe_double.{name}" for name in stripe_double.__all__}
    imports = {
        (named(path), module)
        for path in python_files(ROOT / "local", ROOT / "tests", ROOT / "bench", ROOT / "infra")
        if package not in path.parents
        for module in imported(path)
        if module.startswith("local.stripe_double")
    }

    assert imports, "nothing uses the double"
    assert not {
        (path, module)
        for path, module in imports
        if module not in {"local.stripe_double", *exported}
    }


@pytest.mark.parametrize("path", python_files(*CONSTRUCTS), ids=named)
def test_a_construct_is_short(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_CONSTRUCT, node.name


def test_no_module_is_too_long_to_be_read_at_once():
    folders = [*PRODUCT, *(ROOT / name for name in ("infra", "local", "training", "bench"))]
    lengths = {path: len(path.read_text().splitlines()) for path in python_files(*folders)}

    assert {path for path, lines in lengths.items() if lines > MOST_LINES} == set(MAY_BE_LONGER)


def test_no_folder_or_file_has_a_name_that_means_anything():
    folders = [*PRODUCT, ROOT / "infra", ROOT / "local", ROOT / "tests", ROOT / "bench"]

    assert not [
        named(path) for path in python_files(*folders) if NOT_A_NAME & {*path.parts, path.stem}
    ]


@pytest.mark.parametrize("path", python_files(CORE, FUNCTIONS_FOLDER), ids=named)
def test_every_source_file_has_its_test_file(path):
    if path.name == "__init__.py" and "def " not in path.read_text():
        return
    room = (
        Path("docket") / path.relative_to(CORE)
        if CORE in path.parents
        else (Path("functions") / path.relative_to(FUNCTIONS_FOLDER))
    )
    name = f"test_{path.parent.name if path.name == '__init__.py' else path.stem}.py"

    assert (ROOT / "tests/unit" / room.parent / name).is_file()


def test_every_row_has_its_handler_and_every_handler_its_row():
    written = {
        str(path.relative_to(FUNCTIONS_FOLDER).with_suffix(""))
        for path in python_files(FUNCTIONS_FOLDER)
    }

    assert written == {row.name for row in FUNCTIONS}


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: row.name)
def test_a_handler_serves_the_route_of_its_row_to_those_whom_the_row_lets_in(row):
    app = importlib.import_module(f"functions.{row.name.replace('/', '.')}").app

    routes: list[Any] = [*app._static_routes, *app._dynamic_routes]
    (route,) = routes

    assert route.method == row.method
    assert route.path == row.path.replace("{", "<").replace("}", ">")
    assert app.public is row.public


@pytest.mark.parametrize("path", python_files(FUNCTIONS_FOLDER), ids=named)
def test_a_handler_is_a_sentence(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_HANDLER, node.name
