"""Who called, when and from where: recorded with the viewer's address, and deleted in time."""

import pytest

DEPLOYED = ("prod", "dev", "dev with cognito")


@pytest.mark.parametrize("name", DEPLOYED)
def test_the_access_log_of_the_distribution_has_the_viewers_address(synthesise, name):
    fields = synthesise(name).only("AWS::Logs::Delivery")["RecordFields"]

    assert {"c-ip", "date", "time", "cs-method", "cs-uri-stem", "sc-status"} <= set(fields)
    assert not {"cs(Cookie)", "cs(Referer)", "cs-uri-query"} & set(fields)


@pytest.mark.parametrize("name", DEPLOYED)
def test_the_log_of_the_stages_distribution_is_delivered_to_its_bucket(synthesise, name):
    stage = synthesise(name)
    source = stage.only("AWS::Logs::DeliverySource")
    destination = stage.only("AWS::Logs::DeliveryDestination")
    delivery = stage.only("AWS::Logs::Delivery")
    site = f"docket-{stage.settings.stage}-site"
    _, parts = source["ResourceArn"]["Fn::Join"]

    assert source["LogType"] == "ACCESS_LOGS"
    assert "distribution/" in "".join(part for part in parts if isinstance(part, str))
    assert parts[-1]["Fn::GetStackOutput"] == {
        "StackName": site,
        "OutputName": "DistributionId",
        "Region": "eu-central-1",
    }
    assert "DistributionId" in stage.templates[site]["Outputs"]
    assert delivery["DeliverySourceName"] == source["Name"]
    assert stage.resolved(destination["DestinationResourceArn"]) == (
        f"arn:aws:s3:::{stage.resolved(bucket(stage)['BucketName'])}"
    )


def test_the_delivery_is_in_us_east_1_and_names_its_region(synthesise):
    stage = synthesise("prod")
    (stack,) = [
        stack
        for stack, template in stage.templates.items()
        for resource in template["Resources"].values()
        if resource["Type"] == "AWS::Logs::Delivery"
    ]

    assert stack == "docket-prod-edge-operations-eu-central-1"
    assert "eu-central-1" in stage.only("AWS::Logs::DeliverySource")["Name"]


def test_the_bucket_admits_only_the_delivery_of_the_stage(synthesise):
    stage = synthesise("prod")
    policy = stage.only("AWS::S3::BucketPolicy", "DataAccessLogs")["PolicyDocument"]
    (statement,) = [
        statement
        for statement in policy["Statement"]
        if statement["Principal"] == {"Service": "delivery.logs.amazonaws.com"}
    ]

    assert statement["Action"] == "s3:PutObject"
    equals = statement["Condition"]["StringEquals"]
    assert stage.resolved(equals["aws:SourceAccount"]) == "123456789012"
    assert equals["s3:x-amz-acl"] == "bucket-owner-full-control"
    assert stage.resolved(statement["Condition"]["ArnLike"]["aws:SourceArn"]) == (
        "arn:aws:logs:us-east-1:123456789012:delivery-source:"
        + stage.only("AWS::Logs::DeliverySource")["Name"]
    )


@pytest.mark.parametrize(("name", "days"), [("prod", 180), ("dev", 7)])
def test_access_logs_are_encrypted_private_and_expire(synthesise, name, days):
    logs = bucket(synthesise(name))

    (rule,) = logs["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["ExpirationInDays"]) == ("Enabled", days)
    assert "Prefix" not in rule
    assert logs["BucketEncryption"]
    assert set(logs["PublicAccessBlockConfiguration"].values()) == {True}
    (ownership,) = logs["OwnershipControls"]["Rules"]
    assert ownership == {"ObjectOwnership": "BucketOwnerEnforced"}


def bucket(stage):
    return stage.only("AWS::S3::Bucket", "DataAccessLogs")
