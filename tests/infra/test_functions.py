"""The Lambda functions: code, layers, environment, timeouts."""

import ast
import json
import re
from functools import cache
from pathlib import Path

import boto3
import pytest

from infra.app import for_region
from infra.endpoint_spec import IDENTITIES
from infra.endpoints import FUNCTIONS
from infra.layers.build import ROOT
from infra.preflight.checks import BOOTSTRAP_VERSION
from infra.queues import QUEUES
from infra.regions import WITHOUT_SNAP_START
from infra.settings import DEV, PROD
from tests.grants import CONFIG_GROUPS

COMMON = {
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
    "POWERTOOLS_LOG_LEVEL",
}


def variables(properties):
    return set(properties["Environment"]["Variables"])


def imported_files(module):
    """The files of a module and of the project's modules that it imports, directly or not."""
    paths: dict[str, Path] = {}
    queue = [module]
    while queue:
        name = queue.pop()
        path = next(
            (
                path
                for root in (ROOT, ROOT / "layers/core/python")
                for path in (
                    root / f"{name.replace('.', '/')}.py",
                    root / name.replace(".", "/") / "__init__.py",
                )
                if path.is_file()
            ),
            None,
        )
        if path is None or name in paths:
            continue
        paths[name] = path
        queue += imported_names(ast.walk(ast.parse(path.read_text())))
    return paths.values()


def imported_names(nodes):
    """The names of the modules that these nodes import, and of what they import of them."""
    names = []
    for node in nodes:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


@cache
def imported_when_loaded(path):
    return imported_names(ast.parse(path.read_text()).body)


def loaded_names(module):
    """The names that a module imports when it is loaded, directly or by the project's modules."""
    names, queue = set(), [module]
    while queue:
        name = queue.pop()
        paths = (
            root / f"{name.replace('.', '/')}{ending}"
            for root in (ROOT, ROOT / "layers/core/python")
            for ending in (".py", "/__init__.py")
        )
        path = next((path for path in paths if path.is_file()), None)
        if name not in names and path:
            queue += imported_when_loaded(path)
        names.add(name)
    return names


def layers(properties):
    return {layer["Ref"][: -len("XXXXXXXX")] for layer in properties["Layers"]}


def test_deployed_functions_run_on_arm_with_tracing_and_json_logs(synthesise):
    for properties in synthesise("prod").functions().values():
        assert properties["Architectures"] == ["arm64"]
        assert properties["Runtime"] == "python3.13"
        assert properties["TracingConfig"] == {"Mode": "Active"}
        assert properties["LoggingConfig"]["LogFormat"] == "JSON"


@pytest.mark.parametrize("name", ["dev", "local", "dev with cognito"])
def test_a_function_has_only_the_variables_of_its_configuration_groups(synthesise, name):
    stage = synthesise(name)
    specs = {spec.name: spec for spec in FUNCTIONS}
    absent = set() if stage.settings.emulator else {"DOCKET_STRIPE_API"}
    if stage.settings.mail_sender is None:
        absent |= {"DOCKET_MAIL_SENDER", "DOCKET_MAIL_CONFIGURATION"}
    if stage.settings.relying_party_in_force is None:
        absent |= {"DOCKET_RELYING_PARTY"}
    if stage.settings.unused_days_in_force is None:
        absent |= {"DOCKET_UNUSED_DAYS"}

    for function, properties in stage.functions().items():
        settings = stage.settings
        access = specs[function].access(settings.identity, malware_scan=settings.malware_scan)
        groups = access.config_groups()
        fields = {
            f"DOCKET_{field.upper()}"
            for group in groups
            for model in CONFIG_GROUPS[group]
            for field in model.model_fields
        }

        assert variables(properties) == COMMON | (fields - absent), function


@pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.name)
def test_a_handler_reads_every_configuration_group_of_its_row(spec):
    """A group that no imported module reads would set unused variables."""
    modules = imported_files(f"functions.{spec.name.replace('/', '.')}")
    sources = "\n".join(path.read_text() for path in modules)

    for group in {
        group
        for identity in IDENTITIES
        if spec.exists(identity)
        for group in spec.access(identity, malware_scan=True).config_groups()
    }:
        for model in CONFIG_GROUPS[group]:
            assert f"config.{model.__name__})" in sources, group


def test_only_the_local_stage_sets_another_stripe_api(synthesise):
    deployed = synthesise("prod").functions()["payments/confirm"]
    local = synthesise("local").functions()["payments/confirm"]

    assert "DOCKET_STRIPE_API" not in variables(deployed)
    assert local["Environment"]["Variables"]["DOCKET_STRIPE_API"] == "http://127.0.0.1:4567"


def test_only_what_reads_documents_or_draws_reports_has_the_reader_layer(synthesise):
    functions = synthesise("dev").functions()

    assert layers(functions["events/read_document"]) == {
        "LayersCore",
        "LayersVendor",
        "LayersAnalysis",
        "LayersReader",
    }
    assert layers(functions["analyses/get"]) == {"LayersCore", "LayersVendor", "LayersAnalysis"}
    assert layers(functions["orders/create"]) == {"LayersCore", "LayersVendor"}


@pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.name)
def test_a_function_has_the_layer_of_what_it_imports(spec):
    """Without it, Lambda cannot load the function."""
    names = loaded_names(f"functions.{spec.name.replace('/', '.')}")
    uses_analysis = any(name.partition(".")[0] == "analysis" for name in names)

    assert uses_analysis <= ("analysis" in spec.layers)


def test_a_code_asset_is_the_module_of_its_function(synthesise):
    stage = synthesise("dev")
    assets = {
        f"{name}.zip": stage.folder / asset["source"]["path"]
        for manifest in stage.folder.glob("*.assets.json")
        for name, asset in json.loads(manifest.read_text())["files"].items()
    }

    code = {name: properties["Code"]["S3Key"] for name, properties in stage.functions().items()}

    assert len(set(code.values())) == len(code)
    for name, key in code.items():
        modules = [path for path in assets[key].rglob("*") if path.is_file()]
        assert modules == [assets[key] / f"{name}.py"]


def test_functions_that_customers_wait_for_use_snapstart_in_production(synthesise):
    functions = synthesise("prod").functions()
    rows = [row for row in FUNCTIONS if row.exists("jwt")]

    assert {row.name for row in rows if "SnapStart" in functions[row.name]} == {
        row.name for row in rows if row.snapshot
    }
    assert functions["orders/get"]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert "SnapStart" not in functions["account/delete"]


def test_the_costs_count_every_snapshot_and_secret(synthesise):
    prod = synthesise("prod")
    costs = (ROOT / "docs/costs.md").read_text()
    sizes = [row["MemorySize"] for row in prod.functions().values() if "SnapStart" in row]

    assert {*sizes} == {512}
    (counted,) = re.findall(r"of (\d+) functions . 0\.5 GB", costs)
    assert int(counted) == len(sizes)
    (secrets,) = re.findall(r"(\d+) secrets", costs)
    assert int(secrets) == len(prod.of_type("AWS::SecretsManager::Secret"))


@pytest.mark.parametrize(
    ("region", "uses"), [("eu-central-1", True), ("ap-east-2", False), ("ap-southeast-6", False)]
)
def test_a_region_without_snapstart_gets_none(region, uses):
    assert for_region(PROD, region).snap_start is uses
    assert not for_region(DEV, region).snap_start


def test_the_regions_without_snapstart_are_commercial_regions():
    commercial = boto3.Session().get_available_regions("lambda")

    assert set(commercial) >= WITHOUT_SNAP_START


def test_preflight_knows_the_bootstrap_version_that_templates_need(synthesise):
    for template in synthesise("prod").templates.values():
        (assertion,) = template["Rules"]["CheckBootstrapVersion"]["Assertions"]

        assert f"version {BOOTSTRAP_VERSION} required" in assertion["AssertDescription"]


@pytest.mark.parametrize("name", ["dev", "prod", "dev with cognito"])
def test_the_defaults_fit_a_new_account(synthesise, name):
    """Its quotas: 3,008 MB for a function, and ten executions at once, none of them reserved."""
    stage = synthesise(name)
    functions = stage.of_type("AWS::Lambda::Function").values()

    assert max(function["Properties"].get("MemorySize", 128) for function in functions) <= 3008
    assert not any(
        "ReservedConcurrentExecutions" in function["Properties"] for function in functions
    )
    for kind in ("AWS::Lambda::Alias", "AWS::Lambda::Version"):
        for resource in stage.of_type(kind).values():
            assert "ProvisionedConcurrencyConfig" not in resource["Properties"]
    # The readers, which run for minutes, leave half of them to the API. Each other queue has the
    # least that AWS accepts, and its function ends within seconds; if there are too many at once,
    # Lambda throttles one, and its mapping tries again for the visibility timeout.
    concurrency = {queue.name: queue.concurrency(stage.settings) for queue in QUEUES}
    assert concurrency.pop("readings") + concurrency.pop("parts") <= 5
    assert {*concurrency.values()} == {2}


def test_the_reading_process_leaves_memory_for_its_parent(synthesise):
    reader = synthesise("prod").functions()["events/read_document"]

    child = int(reader["Environment"]["Variables"]["DOCKET_READER_MEMORY_MB"])

    assert child == 1870
    assert reader["MemorySize"] - child >= 1024
