"""How functions are made: code, layers, environment, and what a change of one deploys."""

import ast
import json
from datetime import timedelta
from pathlib import Path

import pytest

from docket.domain.order import READING_CHECK, READING_DEADLINE
from docket.workflows.ingestion import OUTLINE_SECONDS, PAGE_IMAGE_SECONDS
from infra.endpoints import ENDPOINTS, FUNCTIONS
from infra.layers.build import ROOT
from tests.grants import CONFIG_GROUPS

COMMON = {
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
    "POWERTOOLS_LOG_LEVEL",
}


def variables(facts):
    return set(facts["Environment"]["Variables"])


def behind(module):
    """The files of the handler's module and of ours that it imports, directly or not."""
    found: dict[str, Path] = {}
    waiting = [module]
    while waiting:
        name = waiting.pop()
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
        if path is None or name in found:
            continue
        found[name] = path
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                waiting += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                waiting += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return found.values()


def layers(facts):
    return {layer["Ref"][: -len("XXXXXXXX")] for layer in facts["Layers"]}


def test_functions_run_on_arm_when_deployed_traced_and_logging_json(synthesise):
    for facts in synthesise("prod").functions().values():
        assert facts["Architectures"] == ["arm64"]
        assert facts["Runtime"] == "python3.13"
        assert facts["TracingConfig"] == {"Mode": "Active"}
        assert facts["LoggingConfig"]["LogFormat"] == "JSON"


def test_a_function_that_reads_no_configuration_has_powertools_variables_alone(synthesise):
    health = synthesise("dev").functions()["meta/health"]

    assert variables(health) == COMMON


@pytest.mark.parametrize("name", ["dev", "local", "dev with cognito"])
def test_a_function_has_the_variables_of_its_rows_groups_and_no_others(synthesise, name):
    stage = synthesise(name)
    specs = {spec.name: spec for spec in FUNCTIONS}
    local_only = set() if stage.settings.emulator else {"DOCKET_STRIPE_API"}

    for function, facts in stage.functions().items():
        groups = specs[function].access(stage.settings.identity_provider).config_groups()
        fields = {
            f"DOCKET_{field.upper()}"
            for group in groups
            for model in CONFIG_GROUPS[group]
            for field in model.model_fields
        }

        assert variables(facts) == COMMON | (fields - local_only), function


@pytest.mark.parametrize("spec", FUNCTIONS, ids=lambda spec: spec.name)
def test_a_handler_imports_what_reads_each_group_of_its_row(spec):
    """What no module behind the handler reads would be a variable for nothing."""
    modules = behind(f"functions.{spec.name.replace('/', '.')}")
    sources = "\n".join(path.read_text() for path in modules)

    for identity_provider in ("jwt", "cognito"):
        for group in spec.access(identity_provider).config_groups():
            for model in CONFIG_GROUPS[group]:
                assert f"config.{model.__name__})" in sources, f"{identity_provider}: {group}"


def test_only_rate_limited_functions_know_the_edge_key(synthesise):
    stage = synthesise("dev")
    functions = stage.functions()
    config = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    (proof,) = [
        header
        for origin in config["Origins"]
        for header in origin.get("OriginCustomHeaders", [])
        if header["HeaderName"] == "x-docket-edge"
    ]

    informed = {name for name, facts in functions.items() if "DOCKET_EDGE_KEY" in variables(facts)}

    assert informed == {"auth/register", "auth/login"}
    for name in informed:
        environment = functions[name]["Environment"]["Variables"]
        assert environment["DOCKET_EDGE_KEY"] == proof["HeaderValue"]
    assert "resolve:secretsmanager" in str(proof["HeaderValue"])


def test_only_on_one_machine_is_stripe_somewhere_else(synthesise):
    deployed = synthesise("prod").functions()["payments/confirm"]
    local = synthesise("local").functions()["payments/confirm"]

    assert "DOCKET_STRIPE_API" not in variables(deployed)
    assert local["Environment"]["Variables"]["DOCKET_STRIPE_API"] == "http://127.0.0.1:4567"


def test_the_heavy_reader_is_a_layer_of_the_reading_function_alone(synthesise):
    functions = synthesise("dev").functions()

    assert layers(functions["events/on_upload"]) == {
        "LayersCore",
        "LayersVendor",
        "LayersAnalysis",
        "LayersReader",
    }
    assert layers(functions["analyses/get"]) == {"LayersCore", "LayersVendor", "LayersAnalysis"}
    assert layers(functions["orders/create"]) == {"LayersCore", "LayersVendor"}


def test_a_functions_code_is_its_own_file_and_no_other(synthesise):
    stage = synthesise("dev")
    assets = json.loads(stage.file.with_name("docket.assets.json").read_text())["files"]

    code = {facts["Code"]["S3Key"] for facts in stage.functions().values()}

    assert len(code) == len(stage.functions())
    assert code <= {f"{name}.zip" for name in assets}


def test_functions_with_a_caller_start_from_a_snapshot_in_production(synthesise):
    functions = synthesise("prod").functions()

    for row in ENDPOINTS:
        if row.exists("jwt"):
            assert functions[row.name]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert "SnapStart" not in functions["events/on_upload"]


def test_the_times_of_reading_fit_together(synthesise):
    stage = synthesise("prod")
    reader = stage.functions()["events/on_upload"]

    queue = stage.only("AWS::SQS::Queue", "DataQueue")

    visibility_timeout, receive_count = (
        queue["VisibilityTimeout"],
        queue["RedrivePolicy"]["maxReceiveCount"],
    )
    environment = reader["Environment"]["Variables"]
    inner = int(environment["DOCKET_READER_TIMEOUT_SECONDS"]) + OUTLINE_SECONDS + PAGE_IMAGE_SECONDS
    last_try_ends = (receive_count - 1) * visibility_timeout + reader["Timeout"]
    sweep_every = 5 * 60
    assert inner + 15 < reader["Timeout"] < visibility_timeout
    assert visibility_timeout + sweep_every < READING_CHECK.total_seconds()
    assert last_try_ends + sweep_every < READING_DEADLINE.total_seconds()
    assert READING_CHECK + timedelta(seconds=2 * sweep_every) < READING_DEADLINE


def test_a_message_is_received_as_often_as_its_reader_expects_and_alone(synthesise):
    stage = synthesise("prod")
    reader = stage.functions()["events/on_upload"]["Environment"]["Variables"]

    queue = stage.only("AWS::SQS::Queue", "DataQueue")
    mapping = stage.only("AWS::Lambda::EventSourceMapping")

    assert queue["RedrivePolicy"]["maxReceiveCount"] == int(reader["DOCKET_READER_TRIES"]) == 3
    assert mapping["BatchSize"] == 1
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    # A scan of 300 pages, a dozen each, at once.
    parts = 300 / int(reader["DOCKET_READER_PAGES_AT_ONCE"])
    assert mapping["ScalingConfig"]["MaximumConcurrency"] >= parts
