"""The house rules: which module may import what, how long it may be, and that it has a test."""

import ast
import importlib
import re
import tomllib
from collections import Counter
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

from infra.endpoints import ENDPOINTS, FUNCTIONS
from local import stripe_double

ROOT = Path(__file__).parents[2]
CORE = ROOT / "layers/core/python/docket"
ANALYSIS = ROOT / "layers/analysis/python/analysis"
FUNCTIONS_FOLDER = ROOT / "functions"
OPERATIONS = ROOT / "operations"
PRODUCT = [CORE, ANALYSIS, FUNCTIONS_FOLDER, OPERATIONS]

LONGEST_HANDLER = 25
CONSTRUCTS = [ROOT / "infra/constructs", ROOT / "infra/stacks"]
LONGEST_CONSTRUCT = 50
MOST_PACKAGES = 9
MOST_MODULES = 16
MAY_IMPORT: dict[str, set[str]] = {
    "domain": set(),
    "runtime": set(),
    "messages": {"domain"},
    "schemas": {"domain", "messages"},
    "table": {"domain", "runtime"},
    "gateways": {"domain", "runtime"},
    "auth": {"domain", "runtime", "schemas", "table", "gateways"},
    "workflows": {"domain", "runtime", "messages", "schemas", "table", "gateways", "auth"},
    "api": {"domain", "runtime", "messages", "schemas"},
}
"""The packages of `docket`, the lowest first, and which lower ones each may import."""
OPERATIONS_MAY_IMPORT = {"domain", "runtime", "table", "gateways", "workflows", "auth"}

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
    "consolidate": {"extract", "model"},
    "report": {"model", "extract"},
}
"""The packages and modules of `analysis`, likewise."""
ANALYSIS_ENTRIES = {"__init__.py", "__main__.py"}
MOST_ANALYSIS_PACKAGES = 12

MOST_LINES = 400
NOT_A_NAME = {"utils", "util", "helpers", "common", "constants", "services", "misc"}

DOMAIN_MAY_IMPORT = {
    "collections",
    "dataclasses",
    "datetime",
    "enum",
    "hashlib",
    "idna",  # IDNA 2008 is not in the standard library; the package only computes
    "ipaddress",
    "itertools",
    "types",
    "typing",
    "unicodedata",
    "zlib",
}
"""Modules of the standard library that only compute."""


def python_files(*folders):
    return sorted(
        path
        for folder in folders
        for path in folder.rglob("*.py")
        if "__pycache__" not in path.parts
    )


@cache
def imported(path):
    """The modules that a file imports anywhere, except those for type checking only."""
    modules = set()
    waiting: list[ast.AST] = [ast.parse(path.read_text())]
    while waiting:
        match waiting.pop():
            case ast.If(test=test, orelse=otherwise) if "TYPE_CHECKING" in ast.unparse(test):
                waiting += otherwise
            case ast.Import(names=aliases):
                modules |= {alias.name for alias in aliases}
            case ast.ImportFrom(module=str(module), names=aliases):
                modules |= {module, *(f"{module}.{alias.name}" for alias in aliases)}
            case ast.stmt() | ast.Module() | ast.ExceptHandler() | ast.match_case() as node:
                waiting += ast.iter_child_nodes(node)
    return frozenset(modules)


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
    """The name that a file is imported by, such as `docket.table.keys`."""
    root = CORE if CORE in path.parents else ANALYSIS
    parts = path.relative_to(root.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def relative_name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", python_files(CORE / "domain"), ids=relative_name)
def test_the_domain_imports_only_modules_without_side_effects(path):
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
def test_the_order_of_the_packages_has_no_cycle(order):
    lower: set[str] = set()
    for package, allowed in order.items():
        assert allowed <= lower, package
        lower.add(package)


def test_the_packages_of_infra_have_no_import_cycle():
    folder = ROOT / "infra"
    imports_of: dict[str, set[str]] = {}
    for path in python_files(folder):
        package = path.relative_to(folder).parts[0].removesuffix(".py")
        others = imports_of.setdefault(package, set())
        others |= packages_within("infra", path) - {package}

    assert list(TopologicalSorter(imports_of).static_order())


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_package_imports_only_its_listed_lower_packages(package):
    used = {other for path in python_files(CORE / package) for other in docket_packages(path)}

    assert used - {package} <= MAY_IMPORT[package]


def test_the_operators_commands_import_only_their_packages_of_docket():
    used = {other for path in python_files(OPERATIONS) for other in docket_packages(path)}

    assert used <= OPERATIONS_MAY_IMPORT


def test_nothing_that_is_deployed_imports_the_operators_commands():
    paths = python_files(CORE, ANALYSIS, FUNCTIONS_FOLDER)

    assert [relative_name(path) for path in paths if "operations" in packages(path)] == []


def test_importing_docket_loads_the_runtime_only():
    assert docket_packages(CORE / "__init__.py") == {"runtime"}


@pytest.mark.parametrize(
    "folder",
    [
        *(CORE / package for package in MAY_IMPORT),
        *(ANALYSIS / package for package in ANALYSIS_MAY_IMPORT),
    ],
    ids=relative_name,
)
def test_the_modules_of_a_package_have_no_import_cycle(folder):
    modules = {dotted(path): path for path in python_files(folder)}
    imports_of = {
        name: set(imported(path) & modules.keys() - {name}) for name, path in modules.items()
    }
    for others in imports_of.values():
        # `from package import module` uses only the module of the package.
        others -= {name.rpartition(".")[0] for name in others}

    while leaves := {name for name, others in imports_of.items() if not others & set(imports_of)}:
        imports_of = {name: others for name, others in imports_of.items() if name not in leaves}

    assert not imports_of


def test_analysis_has_few_packages():
    entries = {path.relative_to(ANALYSIS).parts[0] for path in python_files(ANALYSIS)}

    assert {entry.removesuffix(".py") for entry in entries - ANALYSIS_ENTRIES} == set(
        ANALYSIS_MAY_IMPORT
    )
    assert len(ANALYSIS_MAY_IMPORT) <= MOST_ANALYSIS_PACKAGES


@pytest.mark.parametrize("package", ANALYSIS_MAY_IMPORT)
def test_a_package_of_analysis_imports_only_its_listed_lower_packages(package):
    module = ANALYSIS / f"{package}.py"
    paths = [module] if module.is_file() else python_files(ANALYSIS / package)
    used = {other for path in paths for other in packages_within("analysis", path)}

    assert used - {package} <= ANALYSIS_MAY_IMPORT[package]


@pytest.mark.parametrize("path", python_files(ANALYSIS), ids=relative_name)
def test_the_reader_does_not_import_aws_or_docket(path):
    assert not packages(path) & {"docket", "boto3", "botocore", "stripe"}


def reached_from(handler):
    """All modules that a handler imports, directly or through others."""
    modules = {dotted(path): path for path in python_files(CORE, ANALYSIS)}
    reached: set[str] = set()
    waiting = [FUNCTIONS_FOLDER / f"{handler}.py"]
    while waiting:
        found = imported(waiting.pop()) - reached
        reached |= found
        waiting += [modules[module] for module in found if module in modules]
    return reached


@pytest.mark.parametrize(
    "top",
    [
        CORE,
        ANALYSIS,
        OPERATIONS,
        *(ROOT / name for name in ("bench", "functions", "infra", "local", "training")),
    ],
    ids=lambda path: path.name,
)
def test_a_package_has_few_modules(top):
    modules = Counter(path.parent for path in python_files(top) if "tests" not in path.parts)

    assert {folder for folder, number in modules.items() if number > MOST_MODULES} == set()


def test_the_function_that_handles_hostile_files_has_no_code_of_the_table_or_the_money():
    reached = reached_from("events/read_document")

    assert {"analysis", "docket.gateways.s3", "docket.gateways.queues"} <= reached
    forbidden = ("docket.table", "docket.auth", "docket.gateways.stripe", "docket.gateways.secrets")
    assert {module for module in reached if module.startswith(forbidden)} == set()


@pytest.mark.parametrize("handler", ["events/on_upload", "events/on_result"])
def test_the_functions_that_write_the_table_have_no_code_of_the_reader(handler):
    reached = reached_from(handler)

    assert "docket.table.documents.readings" in reached
    assert {module for module in reached if module.partition(".")[0] == "analysis"} == set()
    assert "docket.workflows.documents.reading" not in reached


@pytest.mark.parametrize(
    ("module", "only_in"),
    [
        ("stripe", {"gateways/stripe.py"}),
        ("argon2", {"auth/password_hashing.py"}),
        ("jwt", {"auth/tokens.py"}),
        (
            "cryptography",
            {
                "auth/signing_keys.py",
                "auth/sealing.py",
                "auth/account_security/passkey_verification.py",
            },
        ),
        ("webauthn", {"auth/account_security/passkey_verification.py"}),
        ("pyotp", {"auth/one_time_codes.py"}),
        ("boto3", {"runtime/aws.py"}),
        ("botocore", {"runtime/aws.py", "gateways/", "table/"}),
    ],
)
def test_an_external_library_is_imported_in_one_place(module, only_in):
    users = {str(path.relative_to(CORE)) for path in python_files(CORE) if module in packages(path)}
    others = {
        relative_name(path)
        for path in python_files(FUNCTIONS_FOLDER, OPERATIONS)
        if module in packages(path)
    }

    assert users, f"nothing uses {module}"
    assert all(user.startswith(tuple(only_in)) for user in users), users
    assert not others


def test_one_module_builds_condition_expressions():
    users = [path for path in python_files(*PRODUCT) if '"ConditionExpression"' in path.read_text()]

    assert users == [CORE / "table/requests.py"]


def test_a_key_of_the_table_is_spelled_in_one_module():
    spelled = re.compile(r"""f?["'](?:[A-Z_]+#|GSI\d(?:PK|SK)?["'])""")
    found = [
        f"{relative_name(path)}: {match[0]}"
        for path in python_files(*PRODUCT, ROOT / "infra")
        for match in spelled.finditer(path.read_text())
    ]

    assert {line.partition(":")[0] for line in found} == {
        "layers/core/python/docket/table/keys.py",
        "infra/endpoints/actions.py",
    }, found


def test_one_module_reads_the_environment():
    readers = [
        path
        for path in python_files(*PRODUCT)
        if re.search(r"\b(environ|getenv)\b", source := path.read_text())
        and any(
            isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
            for node in ast.walk(ast.parse(source))
        )
    ]

    assert readers == [CORE / "runtime/config.py"]


def test_other_packages_import_only_the_public_names_of_the_double():
    package = ROOT / "local/stripe_double"
    exported = {f"local.stripe_double.{name}" for name in stripe_double.__all__}
    imports = {
        (relative_name(path), module)
        for path in python_files(ROOT / "local", ROOT / "tests", ROOT / "bench", ROOT / "infra")
        if package not in path.parents and "stripe_double" in path.read_text()
        for module in imported(path)
        if module.startswith("local.stripe_double")
    }

    assert imports, "nothing uses the double"
    assert not {
        (path, module)
        for path, module in imports
        if module not in {"local.stripe_double", *exported}
    }


@pytest.mark.parametrize("path", python_files(*CONSTRUCTS), ids=relative_name)
def test_a_construct_is_short(path):
    for node in ast.parse(path.read_text()).body:
        if isinstance(node, ast.ClassDef | ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_CONSTRUCT, node.name


def test_no_module_is_too_long():
    folders = [*PRODUCT, *(ROOT / name for name in ("infra", "local", "training", "bench"))]
    lengths = {path: len(path.read_text().splitlines()) for path in python_files(*folders)}

    assert {path for path, lines in lengths.items() if lines > MOST_LINES} == set()


def test_every_constant_has_a_line_of_its_own():
    folders = [*PRODUCT, *(ROOT / name for name in ("infra", "local", "training", "bench"))]
    violations = [
        f"{relative_name(path)}: {ast.unparse(node.targets[0])}"
        for path in python_files(*folders)
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Tuple)
        and len(node.targets) == 1
        and isinstance(node.targets[0], ast.Tuple)
    ]

    assert not violations


def test_a_suppressed_check_has_its_reason_on_the_line():
    bare = re.compile(r"# (type: ignore|noqa)(\[[\w, -]+\]|: [A-Z0-9, ]+)?$", re.MULTILINE)
    folders = [
        *PRODUCT,
        *(ROOT / name for name in ("local", "training", "bench", "tests")),
    ]

    assert not {
        relative_name(path) for path in python_files(*folders) if bare.search(path.read_text())
    }
    assert bare.search("import a  # type: ignore[import-untyped]\n")
    assert not bare.search("import a  # noqa: F401, E402 - a reason\n")


def test_no_folder_or_file_has_a_meaningless_name():
    folders = [*PRODUCT, ROOT / "infra", ROOT / "local", ROOT / "tests", ROOT / "bench"]

    assert not [
        relative_name(path)
        for path in python_files(*folders)
        if NOT_A_NAME & {*path.parts, path.stem}
    ]


@pytest.mark.parametrize(
    "path", python_files(CORE, FUNCTIONS_FOLDER, OPERATIONS), ids=relative_name
)
def test_every_source_file_has_its_test_file(path):
    if path.name == "__init__.py" and "def " not in path.read_text():
        return
    module_path = path.relative_to(CORE.parent if CORE in path.parents else ROOT)
    name = f"test_{path.parent.name if path.name == '__init__.py' else path.stem}.py"

    assert (ROOT / "tests/unit" / module_path.parent / name).is_file()


def test_mypy_reads_every_module_of_the_cdk_that_is_imported():
    """Names of a module that mypy skips would be `Any`, and nothing about them be checked."""
    overrides = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mypy"]["overrides"]
    (read,) = [item["module"] for item in overrides if item.get("follow_imports") == "normal"]
    modules = {
        name
        for path in python_files(ROOT / "infra", ROOT / "tests", ROOT / "local", ROOT / "bench")
        if "aws_cdk" in path.read_text()
        for name in imported(path)
        if re.fullmatch(r"aws_cdk(\.(aws_)?[a-z0-9_]+)*", name)
    }

    assert modules
    assert modules == {name for name in read if name.startswith("aws_cdk")}


def test_the_handlers_are_those_of_the_endpoint_table():
    written = {
        str(path.relative_to(FUNCTIONS_FOLDER).with_suffix(""))
        for path in python_files(FUNCTIONS_FOLDER)
    }

    assert written == {row.name for row in FUNCTIONS}


@pytest.mark.parametrize("row", ENDPOINTS, ids=lambda row: row.name)
def test_a_handler_has_the_route_and_the_access_of_its_row(row):
    app = importlib.import_module(f"functions.{row.name.replace('/', '.')}").app

    routes: list[Any] = [*app._static_routes, *app._dynamic_routes]
    (route,) = routes

    assert route.method == row.method
    assert route.path == row.path.replace("{", "<").replace("}", ">")
    assert app.public is row.public
    assert app.scope == row.scope
    assert app.test_keys is row.test_keys
    assert app.reachable == row.reachable


@pytest.mark.parametrize("path", python_files(FUNCTIONS_FOLDER), ids=relative_name)
def test_a_handler_is_short(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef):
            assert (node.end_lineno or 0) - node.lineno < LONGEST_HANDLER, node.name
