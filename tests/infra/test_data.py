"""The table, the documents bucket and the logs: keys, access, retention, logical ids."""

import pytest


def test_the_table_has_the_documented_keys_and_indexes(synthesise):
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
def test_only_production_data_is_retained_when_the_stack_is_deleted(synthesise, name, retained):
    stage = synthesise(name)

    (table,) = stage.of_type("AWS::DynamoDB::GlobalTable").values()
    (replica,) = table["Properties"]["Replicas"]
    (documents,) = [
        bucket
        for logical_id, bucket in stage.of_type("AWS::S3::Bucket").items()
        if logical_id.startswith("DataDocuments")
    ]

    for resource in (table, documents):
        assert resource["DeletionPolicy"] == ("RetainExceptOnCreate" if retained else "Delete")
        assert resource["UpdateReplacePolicy"] == ("Retain" if retained else "Delete")
    assert replica["DeletionProtectionEnabled"] is retained
    assert replica["PointInTimeRecoverySpecification"]["PointInTimeRecoveryEnabled"] is True


def test_the_documents_bucket_is_versioned_private_encrypted_and_tls_only(synthesise):
    stage = synthesise("prod")

    bucket = stage.only("AWS::S3::Bucket", "DataDocuments")
    policy = stage.only("AWS::S3::BucketPolicy", "DataDocuments")

    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    assert bucket["BucketEncryption"]
    assert {"Bool": {"aws:SecureTransport": "false"}} in [
        statement.get("Condition") for statement in policy["PolicyDocument"]["Statement"]
    ]


def test_old_versions_and_incomplete_uploads_expire(synthesise):
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
        ("exports/", 8),
    }


@pytest.mark.parametrize("prefix", ["parts/", "reports/", "exports/"])
def test_what_has_expired_does_not_stay_as_an_old_version(synthesise, prefix):
    bucket = synthesise("prod").only("AWS::S3::Bucket", "DataDocuments")
    rules = bucket["LifecycleConfiguration"]["Rules"]

    (rule,) = [rule for rule in rules if rule.get("Prefix") == prefix]
    assert rule["NoncurrentVersionExpiration"] == {"NoncurrentDays": 1}


def test_only_uploads_notify_their_queue(synthesise):
    bucket = synthesise("prod").only("AWS::S3::Bucket", "DataDocuments")

    (configuration,) = bucket["NotificationConfiguration"]["QueueConfigurations"]

    assert configuration["Filter"]["S3Key"]["Rules"] == [{"Name": "prefix", "Value": "uploads/"}]
    assert configuration["Queue"]["Fn::GetAtt"][0].startswith("DataQueuesUploads")


def test_cors_allows_only_distributions_to_send_and_fetch_documents(synthesise):
    stage = synthesise("prod")
    bucket = stage.only("AWS::S3::Bucket", "DataDocuments")

    (rule,) = bucket["CorsConfiguration"]["CorsRules"]

    assert rule["AllowedOrigins"] == ["https://*.cloudfront.net"]
    assert sorted(rule["AllowedMethods"]) == ["GET", "HEAD", "POST"]


def test_log_groups_expire_after_the_days_of_the_stage(synthesise):
    for name, days in (("prod", 180), ("dev", 7)):
        groups = synthesise(name).of_type("AWS::Logs::LogGroup").values()

        assert {group["Properties"]["RetentionInDays"] for group in groups} == {days}


def test_stateful_resources_keep_their_logical_ids(synthesise):
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
        "DataDocumentsDACEAC53",
        "DataQueuesExports60484167",
        "DataQueuesExportsDeadLetters5E08BDDE",
        "DataQueuesFeedbackA4675363",
        "DataQueuesFeedbackDeadLetters4F941C1A",
        "DataQueuesHousekeeping7AA82A3D",
        "DataQueuesHousekeepingDeadLetters8A4502E0",
        "DataQueuesMail8FCCEBA5",
        "DataQueuesMailDeadLettersD736E164",
        "DataQueuesMoney58A662C9",
        "DataQueuesMoneyDeadLettersF28B712B",
        "DataQueuesPartsB05BB420",
        "DataQueuesPartsDeadLetters03DF10A4",
        "DataQueuesReadingsAFDBEB75",
        "DataQueuesReadingsDeadLettersA533AF52",
        "DataQueuesReports40899543",
        "DataQueuesReportsDeadLettersEF286555",
        "DataQueuesResults3730519F",
        "DataQueuesResultsDeadLetters73088ABA",
        "DataQueuesUploads1CDA9376",
        "DataQueuesUploadsDeadLettersAA2BA664",
        "DataQueuesWork207ACFCB",
        "DataQueuesWorkDeadLetters60BB5907",
        "DataTableFDBAD0F2",
        "IdentityEdgeKey1703FA1D4",
        "IdentityPool9E5AED46",
        "IdentitySealingKey1837DD1C",
        "IdentityTokenKey82565463",
        "PaymentsStripe424A0ED2",
        "WebsiteBucket4326D7C2",
    }
