"""What is kept is kept safely, and for as long as the stage says."""

import pytest


def test_the_table_is_the_drawn_one(synthesise):
    table = synthesise("prod").only("AWS::DynamoDB::GlobalTable")

    keys = {key["KeyType"]: key["AttributeName"] for key in table["KeySchema"]}
    indexes = {
        index["IndexName"]: [key["AttributeName"] for key in index["KeySchema"]]
        for index in table["GlobalSecondaryIndexes"]
    }

    assert keys == {"HASH": "PK", "RANGE": "SK"}
    assert indexes == {"GSI1": ["GSI1PK", "GSI1SK"], "GSI2": ["GSI2PK", "GSI2SK"]}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "ttl", "Enabled": True}


@pytest.mark.parametrize(("name", "retained"), [("prod", True), ("dev", False), ("local", False)])
def test_production_data_outlives_the_stack_and_other_stages_data_does_not(
    synthesise, name, retained
):
    stage = synthesise(name)

    (table,) = stage.of_type("AWS::DynamoDB::GlobalTable").values()
    (replica,) = table["Properties"]["Replicas"]
    (documents,) = [
        bucket
        for logical_id, bucket in stage.of_type("AWS::S3::Bucket").items()
        if logical_id.startswith("DataDocuments")
    ]

    assert table["DeletionPolicy"] == ("Retain" if retained else "Delete")
    assert documents["DeletionPolicy"] == ("Retain" if retained else "Delete")
    assert replica["DeletionProtectionEnabled"] is retained
    assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


def test_documents_are_versioned_private_and_encrypted_and_reached_over_tls_alone(synthesise):
    stage = synthesise("prod")

    bucket = stage.only("AWS::S3::Bucket", "DataDocuments")
    policy = stage.only("AWS::S3::BucketPolicy", "DataDocuments")

    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["BucketEncryption"]
    assert {"Bool": {"aws:SecureTransport": "false"}} in [
        statement.get("Condition") for statement in policy["PolicyDocument"]["Statement"]
    ]


def test_old_versions_and_broken_off_uploads_go_by_themselves(synthesise):
    rules = synthesise("prod").only("AWS::S3::Bucket", "DataDocuments")["LifecycleConfiguration"][
        "Rules"
    ]

    assert {"DaysAfterInitiation": 1} in [
        rule.get("AbortIncompleteMultipartUpload") for rule in rules
    ]
    assert {"NoncurrentDays": 30} in [rule.get("NoncurrentVersionExpiration") for rule in rules]
    assert {(rule.get("Prefix"), rule.get("ExpirationInDays")) for rule in rules} >= {
        ("parts/", 1),
        ("reports/", 1),
    }


def test_only_uploads_are_announced_to_the_queue(synthesise):
    bucket = synthesise("prod").only("AWS::S3::Bucket", "DataDocuments")

    (configuration,) = bucket["NotificationConfiguration"]["QueueConfigurations"]

    assert configuration["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "uploads/"}]
    assert configuration["Queue"]["Fn::GetAtt"][0].startswith("DataQueue")


def test_only_the_sites_own_pages_may_send_and_fetch_documents(synthesise):
    bucket = synthesise("prod").only("AWS::S3::Bucket", "DataDocuments")

    (rule,) = bucket["CorsConfiguration"]["CorsRules"]
    (origin,) = rule["AllowedOrigins"]

    assert "DomainName" in str(origin)
    assert sorted(rule["AllowedMethods"]) == ["GET", "HEAD", "POST"]


def test_logs_are_kept_as_long_as_the_stage_says_and_not_for_ever(synthesise):
    for name, days in (("prod", 180), ("dev", 7)):
        groups = synthesise(name).of_type("AWS::Logs::LogGroup").values()

        assert {group["Properties"]["RetentionInDays"] for group in groups} == {days}


def test_what_stores_data_keeps_its_logical_id(synthesise):
    """CloudFormation replaces a resource whose logical id changes, and its data with it."""
    stores = {
        "AWS::Cognito::UserPool",
        "AWS::DynamoDB::GlobalTable",
        "AWS::S3::Bucket",
        "AWS::SQS::Queue",
        "AWS::SecretsManager::Secret",
    }

    logical_ids = {
        name
        for stage in ("prod", "dev with cognito")
        for kind in stores
        for name in synthesise(stage).of_type(kind)
    }

    assert logical_ids == {
        "DataAccessLogsC0C25EE4",
        "DataDeadLettersE8DA58CB",
        "DataDocumentsDACEAC53",
        "DataQueue59EC8D83",
        "DataTableFDBAD0F2",
        "IdentityEdgeKeyFE00261E",
        "IdentityPool9E5AED46",
        "IdentityTokenKey82565463",
        "PaymentsStripe424A0ED2",
        "WebsiteBucket4326D7C2",
    }
