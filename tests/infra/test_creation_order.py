"""What a first creation needs before: AWS refuses these resources if the other does not exist yet.

An update never shows a missing dependency, because both exist.
"""

import json

import pytest

from infra.queues import QUEUES

DEPLOYED = ["prod", "prod with gateway", "dev with cognito"]


def resources_of(stage, kind):
    """The template, logical id and properties of each resource of that type."""
    found = [
        (template, logical_id, resource["Properties"])
        for template in stage.templates.values()
        for logical_id, resource in template["Resources"].items()
        if resource["Type"] == kind
    ]
    assert found, kind
    return found


def created_before(template, logical_id):
    """The resources of a stack that CloudFormation creates before one of them, directly or not."""
    resources = template["Resources"]
    earlier: set[str] = set()
    waiting = [logical_id]
    while waiting:
        direct = named_in(resources[waiting.pop()]) & resources.keys()
        waiting += direct - earlier
        earlier |= direct
    return earlier


def named_in(value):
    """The logical ids in a part of a template: of `DependsOn`, `Ref` and `Fn::GetAtt`."""
    match value:
        case {"Ref": name} | {"Fn::GetAtt": [name, *_]}:
            return {name}
        case dict():
            depends_on = value.get("DependsOn", [])
            names = {depends_on} if isinstance(depends_on, str) else set(depends_on)
            return names.union(*(named_in(part) for part in value.values()))
        case list():
            return set().union(*(named_in(part) for part in value))
    return set()


@pytest.mark.parametrize("name", [*DEPLOYED, "local"])
def test_a_bucket_is_created_after_the_policy_of_the_queue_that_it_notifies(synthesise, name):
    """S3 sends a test message to the queue when it takes the notification."""
    stage = synthesise(name)
    ((template, bucket, properties),) = [
        found
        for found in resources_of(stage, "AWS::S3::Bucket")
        if "NotificationConfiguration" in found[2]
    ]
    queues = named_in(properties["NotificationConfiguration"])
    policies = {
        policy
        for _, policy, other in resources_of(stage, "AWS::SQS::QueuePolicy")
        if named_in(other["Queues"]) & queues and "s3.amazonaws.com" in json.dumps(other)
    }

    assert policies
    assert policies <= created_before(template, bucket)


@pytest.mark.parametrize("name", ["prod", "prod with gateway"])
def test_the_firewall_logs_after_its_log_group_exists(synthesise, name):
    """The configuration has the group's ARN as a text, because AWS WAF refuses `:*` at its end."""
    stage = synthesise(name)
    ((template, configuration, properties),) = resources_of(
        stage, "AWS::WAFv2::LoggingConfiguration"
    )
    (destination,) = properties["LogDestinationConfigs"]
    (group,) = [
        logical_id
        for _, logical_id, other in resources_of(stage, "AWS::Logs::LogGroup")
        if stage.resolved(destination).endswith(f":log-group:{other['LogGroupName']}")
    ]

    assert group in created_before(template, configuration)


@pytest.mark.parametrize("name", DEPLOYED)
def test_a_log_is_delivered_after_its_source_exists(synthesise, name):
    """The delivery has the source's name as a text."""
    stage = synthesise(name)
    ((template, delivery, properties),) = resources_of(stage, "AWS::Logs::Delivery")
    (source,) = [
        logical_id
        for _, logical_id, other in resources_of(stage, "AWS::Logs::DeliverySource")
        if other["Name"] == properties["DeliverySourceName"]
    ]

    assert source in created_before(template, delivery)


@pytest.mark.parametrize("name", [*DEPLOYED, "local"])
def test_a_function_is_created_after_its_permissions(synthesise, name):
    """An event source mapping is refused if the function may not receive from the queue."""
    stage = synthesise(name)
    policies = resources_of(stage, "AWS::IAM::Policy")

    for template, function, properties in resources_of(stage, "AWS::Lambda::Function"):
        role = named_in(properties["Role"])
        permissions = {policy for _, policy, other in policies if named_in(other["Roles"]) & role}

        assert permissions, function
        assert permissions <= created_before(template, function), function


@pytest.mark.parametrize("name", [*DEPLOYED, "local"])
def test_a_queue_is_received_from_after_the_permission_to(synthesise, name):
    stage = synthesise(name)
    mappings = resources_of(stage, "AWS::Lambda::EventSourceMapping")

    identity = stage.settings.identity
    assert len(mappings) == sum(queue.consumer.exists(identity) for queue in QUEUES)
    for template, mapping, properties in mappings:
        queue = json.dumps(properties["EventSourceArn"])
        allowing = {
            policy
            for policy in created_before(template, mapping)
            if "sqs:ReceiveMessage" in (text := json.dumps(template["Resources"][policy]))
            and queue in text
        }

        assert allowing, mapping
