"""How functions are made: what they run, what they are told, and what a change of one deploys."""

import json
from datetime import timedelta

from docket.domain.order import READING_CHECK, READING_DEADLINE
from docket.workflows.ingestion import OUTLINE_SECONDS, PICTURE_SECONDS
from infra.endpoints import ENDPOINTS

COMMON = {
    "DOCKET_STAGE",
    "POWERTOOLS_SERVICE_NAME",
    "POWERTOOLS_METRICS_NAMESPACE",
    "POWERTOOLS_LOG_LEVEL",
}


def told(facts):
    return set(facts["Environment"]["Variables"])


def layers(facts):
    return {layer["Ref"][: -len("XXXXXXXX")] for layer in facts["Layers"]}


def test_functions_run_on_arm_when_deployed_traced_and_logging_json(synthesise):
    for facts in synthesise("prod").functions().values():
        assert facts["Architectures"] == ["arm64"]
        assert facts["Runtime"] == "python3.13"
        assert facts["TracingConfig"] == {"Mode": "Active"}
        assert facts["LoggingConfig"]["LogFormat"] == "JSON"


def test_a_function_with_no_table_row_is_told_nothing_but_where_it_is(synthesise):
    health = synthesise("dev").functions()["meta/health"]

    assert told(health) == COMMON


def test_functions_are_told_of_what_they_may_touch_and_of_nothing_else(synthesise):
    functions = synthesise("dev").functions()

    assert told(functions["orders/get"]) == COMMON | {"DOCKET_TABLE"}
    assert told(functions["documents/get"]) == COMMON | {"DOCKET_TABLE", "DOCKET_BUCKET"}
    assert {"DOCKET_QUEUE_URL"} <= told(functions["analyses/create"])
    assert "DOCKET_QUEUE_URL" not in told(functions["analyses/get"])
    assert {name for name, facts in functions.items() if "DOCKET_STRIPE_SECRET" in told(facts)} == {
        "payments/create_intent",
        "payments/confirm",
        "payments/webhook",
        "events/sweep",
    }


def test_only_those_that_count_tries_can_tell_our_distribution_from_others(synthesise):
    stage = synthesise("dev")
    functions = stage.functions()
    config = stage.only("AWS::CloudFront::Distribution")["DistributionConfig"]
    (proof,) = [
        header
        for origin in config["Origins"]
        for header in origin.get("OriginCustomHeaders", [])
        if header["HeaderName"] == "x-docket-edge"
    ]

    know = {name for name, facts in functions.items() if "DOCKET_EDGE_KEY" in told(facts)}

    assert know == {"auth/register", "auth/login"}
    for name in know:
        variables = functions[name]["Environment"]["Variables"]
        assert variables["DOCKET_EDGE_KEY"] == proof["HeaderValue"]
    assert "resolve:secretsmanager" in str(proof["HeaderValue"])


def test_only_on_one_machine_is_stripe_somewhere_else(synthesise):
    deployed = synthesise("prod").functions()["payments/confirm"]
    local = synthesise("local").functions()["payments/confirm"]

    assert "DOCKET_STRIPE_API" not in told(deployed)
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
        if row.identity in {None, "jwt"}:
            assert functions[row.name]["SnapStart"] == {"ApplyOn": "PublishedVersions"}
    assert "SnapStart" not in functions["events/on_upload"]


def test_the_times_of_reading_fit_together(synthesise):
    stage = synthesise("prod")
    reader = stage.functions()["events/on_upload"]

    queue = stage.only("AWS::SQS::Queue", "DataQueue")

    hidden, tries = queue["VisibilityTimeout"], queue["RedrivePolicy"]["maxReceiveCount"]
    told = reader["Environment"]["Variables"]
    inner = int(told["DOCKET_READER_TIMEOUT_SECONDS"]) + OUTLINE_SECONDS + PICTURE_SECONDS
    last_try_ends = (tries - 1) * hidden + reader["Timeout"]
    sweep_every = 5 * 60
    assert inner + 15 < reader["Timeout"] < hidden
    assert hidden + sweep_every < READING_CHECK.total_seconds()
    assert last_try_ends + sweep_every < READING_DEADLINE.total_seconds()
    assert READING_CHECK + timedelta(seconds=2 * sweep_every) < READING_DEADLINE


def test_a_message_is_tried_as_often_as_its_reader_is_told_and_alone(synthesise):
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
