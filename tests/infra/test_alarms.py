"""The alarms watch resources that exist, wake somebody, and can publish to their topic."""

import json
import re
from dataclasses import replace

import aws_cdk as cdk
import pytest

from infra.alarms import alarm_rules, distribution_alarm_rules
from infra.app import settings_of
from infra.constructs.alarms.topic import AlarmTopic
from infra.metrics import NAMESPACE, DistributionMetrics, Metrics
from infra.names import Names
from infra.settings import DEV, PROD

AWS_METRICS: dict[tuple[str, str], list[set[str]]] = {
    ("AWS/ApiGateway", "5xx"): [{"ApiId"}],
    ("AWS/DynamoDB", "ReadThrottleEvents"): [
        {"TableName"},
        {"TableName", "GlobalSecondaryIndexName"},
    ],
    ("AWS/DynamoDB", "WriteThrottleEvents"): [
        {"TableName"},
        {"TableName", "GlobalSecondaryIndexName"},
    ],
    ("AWS/CloudFront", "5xxErrorRate"): [{"DistributionId", "Region"}],
    ("AWS/Lambda", "Errors"): [{"FunctionName"}],
    ("AWS/Lambda", "Invocations"): [{"FunctionName"}],
    ("AWS/Lambda", "Throttles"): [set()],
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): [{"QueueName"}],
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): [{"QueueName"}],
    ("AWS/WAFV2", "BlockedRequests"): [{"Rule", "WebACL"}],
}
"""The dimensions with which AWS documents these metrics. CloudWatch combines none by itself."""


OPERATIONS = {
    "docket-prod-operations": "eu-central-1",
    "docket-prod-edge-operations-eu-central-1": "us-east-1",
}
"""The stacks with alarms, and their regions. An alarm cannot notify a topic of another region."""


def alarms(stage):
    return [alarm["Properties"] for alarm in stage.of_type("AWS::CloudWatch::Alarm").values()]


def metrics_of(alarm):
    """The namespace, the name and the dimensions of each metric of an alarm."""
    metrics = [
        query["MetricStat"]["Metric"] for query in alarm.get("Metrics", []) if "MetricStat" in query
    ]
    for metric in metrics or [alarm]:
        dimensions = {entry["Name"]: entry["Value"] for entry in metric.get("Dimensions", [])}
        yield metric["Namespace"], metric["MetricName"], dimensions


@pytest.mark.parametrize("name", ["prod", "dev with cognito"])
def test_every_metric_of_an_alarm_is_of_something_that_the_stage_has(synthesise, name):
    stage = synthesise(name)
    services = {
        (variables["POWERTOOLS_METRICS_NAMESPACE"], variables["POWERTOOLS_SERVICE_NAME"])
        for function in stage.functions().values()
        for variables in [function["Environment"]["Variables"]]
    }
    table = stage.only("AWS::DynamoDB::GlobalTable")
    existing = {
        "ApiId": {f"</docket/{stage.settings.stage}/api-id>"},
        "FunctionName": {function["FunctionName"] for function in stage.functions().values()},
        "GlobalSecondaryIndexName": {
            index["IndexName"] for index in table["GlobalSecondaryIndexes"]
        },
        "QueueName": {
            queue["Properties"]["QueueName"] for queue in stage.of_type("AWS::SQS::Queue").values()
        },
        "TableName": {table["TableName"]},
        "DistributionId": {
            f"<output DistributionId of docket-{stage.settings.stage}-site in eu-central-1>"
        },
        "Region": {"Global"},
        "Rule": {"ALL"},
        "WebACL": {
            acl["Properties"]["VisibilityConfig"]["MetricName"]
            for acl in stage.of_type("AWS::WAFv2::WebACL").values()
        },
    }

    counted = {
        (counter["MetricNamespace"], counter["MetricName"]) for counter in counters_of(stage)
    }

    for alarm in alarms(stage):
        for namespace, metric, dimensions in metrics_of(alarm):
            if (namespace, metric) in counted:
                assert not dimensions
                continue
            if namespace == NAMESPACE:
                assert {(namespace, service) for service in dimensions.values()} == services
                assert dimensions.keys() == {"service"}
                continue
            assert set(dimensions) in AWS_METRICS[namespace, metric], metric
            for dimension, value in dimensions.items():
                assert stage.resolved(value) in existing[dimension], (metric, dimension)


def counters_of(stage):
    """What the filters of log lines count."""
    for counter in stage.of_type("AWS::Logs::MetricFilter").values():
        yield from counter["Properties"]["MetricTransformations"]


@pytest.mark.parametrize("name", ["prod", "dev with cognito"])
def test_refusals_of_the_gateway_are_counted_in_its_access_log(synthesise, name):
    stage = synthesise(name)
    counter = stage.only("AWS::Logs::MetricFilter")
    log = stage.only("AWS::ApiGatewayV2::Stage")["AccessLogSettings"]
    fields = set(re.findall(r"\$\.(\w+)", counter["FilterPattern"]))

    assert stage.resolved(log["DestinationArn"]).endswith(f":{counter['LogGroupName']}")
    assert fields == {"status", "integration_status"}
    assert fields <= json.loads(log["Format"]).keys()
    assert json.loads(log["Format"])["integration_status"] == "$context.integration.status"
    assert {line["MetricValue"] for line in counters_of(stage)} == {"1"}


def test_every_index_of_the_table_is_watched(synthesise):
    stage = synthesise("prod")
    indexes = stage.only("AWS::DynamoDB::GlobalTable")["GlobalSecondaryIndexes"]

    watched = {
        (metric, dimensions.get("GlobalSecondaryIndexName"))
        for alarm in alarms(stage)
        for namespace, metric, dimensions in metrics_of(alarm)
        if namespace == "AWS/DynamoDB"
    }

    assert watched == {
        (metric, index)
        for metric in ("ReadThrottleEvents", "WriteThrottleEvents")
        for index in (None, *(index["IndexName"] for index in indexes))
    }


@pytest.mark.parametrize("name", ["prod", "dev"])
def test_every_alarm_of_the_table_is_deployed_once_in_the_region_of_its_metric(synthesise, name):
    stage = synthesise(name)
    names = Names(stage.settings.stage)
    edge = DistributionMetrics(names=names, region="eu-central-1", distribution_id="E1")
    rules = {
        stage.stack_name("operations"): alarm_rules(
            Metrics(names=names, api_id="api"), malware_scan=False
        ),
        names.edge_stack("edge-operations", "eu-central-1"): distribution_alarm_rules(
            edge, firewall=stage.settings.waf is not None
        ),
    }

    deployed = {stack: set(descriptions_in(stage.templates[stack])) for stack in rules}

    assert deployed == {
        stack: {rule.description(PROD.runbook) for rule in rules_of_stack}
        for stack, rules_of_stack in rules.items()
    }
    assert len(alarms(stage)) == sum(len(descriptions) for descriptions in deployed.values())


def descriptions_in(template):
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::CloudWatch::Alarm":
            yield resource["Properties"]["AlarmDescription"]


@pytest.mark.parametrize("stack", OPERATIONS)
def test_every_alarm_notifies_the_topic_of_its_own_region(synthesise, stack):
    resources = synthesise("prod").templates[stack]["Resources"]
    (topic,) = [name for name in resources if resources[name]["Type"] == "AWS::SNS::Topic"]

    actions = {
        action["Ref"]
        for resource in resources.values()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
        for action in resource["Properties"]["AlarmActions"]
    }

    assert actions == {topic}


def test_missing_data_is_an_alarm_only_where_the_metric_is_always_written(synthesise):
    breaching = [
        (alarm["MetricName"], alarm["ComparisonOperator"])
        for alarm in alarms(synthesise("prod"))
        if alarm["TreatMissingData"] != "notBreaching"
    ]

    assert breaching == [("Invocations", "LessThanThreshold")]


def test_a_sum_counts_a_metric_without_data_as_zero(synthesise):
    expressions = [
        (query["Expression"], len(alarm["Metrics"]) - 1)
        for alarm in alarms(synthesise("prod"))
        for query in alarm.get("Metrics", [])
        if "Expression" in query
    ]

    assert expressions == [
        (" + ".join(f"FILL(m{number}, 0)" for number in range(count)), count)
        for _, count in expressions
    ]
    assert sorted(count for _, count in expressions) == [2, 2, 6]


def test_an_alarm_is_evaluated_over_at_most_a_day(synthesise):
    for alarm in alarms(synthesise("prod")):
        period = alarm.get("Period") or alarm["Metrics"][-1]["MetricStat"]["Period"]

        assert period * alarm["EvaluationPeriods"] <= 24 * 60 * 60
        assert 1 <= alarm["DatapointsToAlarm"] <= alarm["EvaluationPeriods"]


def only(synthesise, stack, kind):
    """The logical id and the properties of the one resource of its type in a stack of `prod`."""
    resources = synthesise("prod").templates[stack]["Resources"]
    ((name, resource),) = [
        (name, resource) for name, resource in resources.items() if resource["Type"] == kind
    ]
    return name, resource["Properties"]


@pytest.mark.parametrize(("stack", "region"), OPERATIONS.items())
def test_cloudwatch_may_use_the_key_of_the_topic_and_publish_to_it(synthesise, stack, region):
    key_id, key = only(synthesise, stack, "AWS::KMS::Key")
    _, topic = only(synthesise, stack, "AWS::SNS::Topic")
    _, topic_policy = only(synthesise, stack, "AWS::SNS::TopicPolicy")
    condition = {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
    }

    key_statement = of_cloudwatch(key["KeyPolicy"])
    topic_statement = of_cloudwatch(topic_policy["PolicyDocument"])

    assert topic["KmsMasterKeyId"] == {"Fn::GetAtt": [key_id, "Arn"]}
    assert sorted(key_statement["Action"]) == ["kms:Decrypt", "kms:GenerateDataKey*"]
    assert topic_statement["Action"] == "sns:Publish"
    for statement in (key_statement, topic_statement):
        assert statement["Effect"] == "Allow"
        assert statement["Condition"].items() >= condition.items()
        source = synthesise("prod").resolved(statement["Condition"]["ArnLike"]["aws:SourceArn"])
        assert source == f"arn:aws:cloudwatch:{region}:123456789012:alarm:*"


def of_cloudwatch(policy):
    (statement,) = [
        statement
        for statement in policy["Statement"]
        if statement.get("Principal") == {"Service": "cloudwatch.amazonaws.com"}
    ]
    return statement


@pytest.mark.parametrize("stack", OPERATIONS)
def test_the_key_of_the_topic_rotates(synthesise, stack):
    _, key = only(synthesise, stack, "AWS::KMS::Key")

    assert key["EnableKeyRotation"] is True


def test_prod_cannot_be_synthesised_without_an_address_to_wake():
    with pytest.raises(ValueError, match="alarm_email"):
        AlarmTopic(cdk.Stack(), "Topic", settings=PROD)


def test_dev_needs_no_address_to_wake():
    AlarmTopic(cdk.Stack(), "Topic", settings=DEV)


@pytest.mark.parametrize("stack", OPERATIONS)
def test_the_address_is_subscribed(synthesise, stack):
    _, subscription = only(synthesise, stack, "AWS::SNS::Subscription")

    assert subscription["Protocol"] == "email"
    assert subscription["Endpoint"] == "on-call@example.com"
    assert not synthesise("dev").of_type("AWS::SNS::Subscription")


def test_the_address_may_be_passed_on_the_command_line():
    app = cdk.App(context={"stage": "prod", "alarm_email": "on-call@example.com"})

    assert settings_of(app) == replace(PROD, alarm_email="on-call@example.com")
    assert settings_of(cdk.App(context={"stage": "prod"})) == PROD
