"""The alarms watch resources that exist, wake somebody, and can publish to their topic."""

from dataclasses import replace

import aws_cdk as cdk
import pytest

from infra.alarms import alarm_rules
from infra.app import settings_of
from infra.constructs.alarms.topic import AlarmTopic
from infra.metrics import NAMESPACE, Metrics
from infra.settings import DEV, PROD
from infra.stacks.names import Names

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
    ("AWS/Lambda", "Errors"): [{"FunctionName"}],
    ("AWS/Lambda", "Invocations"): [{"FunctionName"}],
    ("AWS/Lambda", "Throttles"): [set()],
    ("AWS/SQS", "ApproximateAgeOfOldestMessage"): [{"QueueName"}],
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible"): [{"QueueName"}],
}
"""The dimensions with which AWS documents these metrics. CloudWatch combines none by itself."""


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
    }

    for alarm in alarms(stage):
        for namespace, metric, dimensions in metrics_of(alarm):
            if namespace == NAMESPACE:
                assert {(namespace, service) for service in dimensions.values()} == services
                assert dimensions.keys() == {"service"}
                continue
            assert set(dimensions) in AWS_METRICS[namespace, metric], metric
            for dimension, value in dimensions.items():
                assert stage.resolved(value) in existing[dimension], (metric, dimension)


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


def test_every_alarm_of_the_table_is_deployed_and_notifies_the_topic(synthesise):
    stage = synthesise("prod")
    (topic,) = stage.of_type("AWS::SNS::Topic")
    rules = alarm_rules(Metrics(names=Names("prod"), api_id="api"))

    assert {alarm["AlarmDescription"] for alarm in alarms(stage)} == {
        rule.description(PROD.runbook) for rule in rules
    }
    assert {alarm["AlarmActions"][0]["Ref"] for alarm in alarms(stage)} == {topic}


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
    assert sorted(count for _, count in expressions) == [2, 6]


def test_an_alarm_is_evaluated_over_at_most_a_day(synthesise):
    for alarm in alarms(synthesise("prod")):
        period = alarm.get("Period") or alarm["Metrics"][-1]["MetricStat"]["Period"]

        assert period * alarm["EvaluationPeriods"] <= 24 * 60 * 60
        assert 1 <= alarm["DatapointsToAlarm"] <= alarm["EvaluationPeriods"]


def test_cloudwatch_may_use_the_key_of_the_topic_and_publish_to_it(synthesise):
    stage = synthesise("prod")
    (key_id,) = stage.of_type("AWS::KMS::Key")
    topic = stage.only("AWS::SNS::Topic")
    condition = {
        "StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}},
    }

    key_statement = of_cloudwatch(stage.only("AWS::KMS::Key")["KeyPolicy"])
    topic_statement = of_cloudwatch(stage.only("AWS::SNS::TopicPolicy")["PolicyDocument"])

    assert topic["KmsMasterKeyId"] == {"Fn::GetAtt": [key_id, "Arn"]}
    assert sorted(key_statement["Action"]) == ["kms:Decrypt", "kms:GenerateDataKey*"]
    assert topic_statement["Action"] == "sns:Publish"
    for statement in (key_statement, topic_statement):
        assert statement["Effect"] == "Allow"
        assert statement["Condition"].items() >= condition.items()
        source = stage.resolved(statement["Condition"]["ArnLike"]["aws:SourceArn"])
        assert source == "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:*"


def of_cloudwatch(policy):
    (statement,) = [
        statement
        for statement in policy["Statement"]
        if statement.get("Principal") == {"Service": "cloudwatch.amazonaws.com"}
    ]
    return statement


def test_the_key_of_the_topic_rotates(synthesise):
    assert synthesise("prod").only("AWS::KMS::Key")["EnableKeyRotation"] is True


def test_prod_cannot_be_synthesised_without_an_address_to_wake():
    with pytest.raises(ValueError, match="alarm_email"):
        AlarmTopic(cdk.Stack(), "Topic", settings=PROD)


def test_dev_needs_no_address_to_wake():
    AlarmTopic(cdk.Stack(), "Topic", settings=DEV)


def test_the_address_is_subscribed(synthesise):
    subscription = synthesise("prod").only("AWS::SNS::Subscription")

    assert subscription["Protocol"] == "email"
    assert subscription["Endpoint"] == "on-call@example.com"
    assert not synthesise("dev").of_type("AWS::SNS::Subscription")


def test_the_address_may_be_passed_on_the_command_line():
    app = cdk.App(context={"stage": "prod", "alarm_email": "on-call@example.com"})

    assert settings_of(app) == replace(PROD, alarm_email="on-call@example.com")
    assert settings_of(cdk.App(context={"stage": "prod"})) == PROD
