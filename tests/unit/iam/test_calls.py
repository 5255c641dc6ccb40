"""What a call of AWS needs: action, resource, part and key."""

import pytest

from tests.iam.calls import LEADING_KEYS, PREFIX, Need, needs_of, readings

ID = "01J00000000000000000000000"
USER, ORDER = {"PK": {"S": "USER#ada"}}, {"PK": {"S": "ORDER#1"}}
VERSIONS = [{"Key": "a", "VersionId": "1"}]
TRANSACTION = {
    "TransactItems": [
        {"Update": {"TableName": "docket", "Key": USER}},
        {"Put": {"TableName": "docket", "Item": ORDER}},
        {"Put": {"TableName": "docket", "Item": {"PK": {"S": "STRIPE#2"}}}},
    ]
}


@pytest.fixture(autouse=True)
def variables(monkeypatch):
    for name, value in {
        "DOCKET_ISSUER": "docket",
        "DOCKET_TABLE": "docket",
        "DOCKET_BUCKET": "documents",
        "DOCKET_QUEUE_URL": "https://sqs/queue",
        "DOCKET_STRIPE_SECRET": "arn:stripe",
        "DOCKET_USER_POOL_ID": "pool",
    }.items():
        monkeypatch.setenv(name, value)


def on_items(action, key, path=""):
    return Need(f"dynamodb:{action}", "DOCKET_TABLE", path, LEADING_KEYS, key)


def on_bucket(action, path="", **prefix):
    return Need(f"s3:{action}", "DOCKET_BUCKET", path, *prefix.values())


def query(**fields):
    return {
        "TableName": "docket",
        "KeyConditionExpression": "#pk = :pk AND begins_with(#sk, :prefix)",
        "ExpressionAttributeNames": {"#pk": "GSI1PK", "#sk": "GSI1SK"},
        "ExpressionAttributeValues": {":pk": {"S": "USER#ada"}, ":prefix": {"S": "ORDER#"}},
        **fields,
    }


@pytest.mark.parametrize(
    ("call", "need"),
    [
        (
            ("dynamodb", "GetItem", {"TableName": "docket", "Key": USER}),
            on_items("GetItem", "USER#ada"),
        ),
        (("dynamodb", "Query", query()), on_items("Query", "USER#ada")),
        (
            ("dynamodb", "Query", query(IndexName="GSI1")),
            on_items("Query", "USER#ada", "index/GSI1"),
        ),
        (("s3", "HeadObject", {"Bucket": "documents", "Key": "a"}), on_bucket("GetObject", "a")),
        (
            ("s3", "GetObject", {"Bucket": "documents", "Key": "a", "VersionId": "1"}),
            on_bucket("GetObjectVersion", "a"),
        ),
        (
            ("s3", "GetObjectTagging", {"Bucket": "documents", "Key": "a", "VersionId": "1"}),
            on_bucket("GetObjectVersionTagging", "a"),
        ),
        (
            ("s3", "DeleteObjects", {"Bucket": "documents", "Delete": {"Objects": VERSIONS}}),
            on_bucket("DeleteObjectVersion", "a"),
        ),
        (
            ("s3", "ListObjectVersions", {"Bucket": "documents", "Prefix": "a/"}),
            on_bucket("ListBucketVersions", key=PREFIX, value="a/"),
        ),
        (
            ("sqs", "SendMessageBatch", {"QueueUrl": "https://sqs/queue"}),
            Need("sqs:SendMessage", "DOCKET_QUEUE_URL"),
        ),
        (
            ("secretsmanager", "GetSecretValue", {"SecretId": "arn:stripe"}),
            Need("secretsmanager:GetSecretValue", "DOCKET_STRIPE_SECRET"),
        ),
        (
            ("cognito-idp", "AdminGetUser", {"UserPoolId": "pool"}),
            Need("cognito-idp:AdminGetUser", "DOCKET_USER_POOL_ID"),
        ),
    ],
)
def test_a_call_needs_an_action_on_a_resource(call, need):
    assert needs_of(*call) == (need,)


def test_a_call_without_credentials_needs_no_permission():
    assert needs_of("cognito-idp", "RevokeToken", {}) == ()


@pytest.mark.parametrize(
    ("service", "operation"),
    [("dynamodb", "Scan"), ("s3", "CopyObject"), ("cognito-idp", "SignUp"), ("sts", "AssumeRole")],
)
def test_an_unknown_operation_needs_what_no_role_allows(service, operation):
    (need,) = needs_of(service, operation, {"Bucket": "documents"})

    assert "unknown" in need.action


def test_a_resource_that_no_variable_names_is_recorded_without_one():
    (need,) = needs_of("dynamodb", "GetItem", {"TableName": "other", "Key": USER})

    assert need.variable == ""


def test_ids_are_not_recorded():
    (need,) = needs_of("s3", "GetObject", {"Bucket": "documents", "Key": f"results/{ID}/a"})

    assert need.path == "results/0/a"


def test_a_transaction_needs_the_permissions_of_its_parts():
    assert needs_of("dynamodb", "TransactWriteItems", TRANSACTION) == (
        on_items("UpdateItem", "USER#ada"),
        on_items("PutItem", "ORDER#1"),
        on_items("PutItem", "STRIPE#2"),
    )


def test_the_keys_of_a_transaction_have_three_readings():
    found = readings(needs_of("dynamodb", "TransactWriteItems", TRANSACTION))

    keys = {
        reading: {(need.action.partition(":")[2], *sorted(need.values)) for need in needs}
        for reading, needs in found.items()
    }
    assert keys == {
        "each part by its own key": {
            ("UpdateItem", "USER#ada"), ("PutItem", "ORDER#1"), ("PutItem", "STRIPE#2")
        },
        "all keys of an action": {("UpdateItem", "USER#ada"), ("PutItem", "ORDER#1", "STRIPE#2")},
        "all keys of the request": {
            ("UpdateItem", "ORDER#1", "STRIPE#2", "USER#ada"),
            ("PutItem", "ORDER#1", "STRIPE#2", "USER#ada"),
        },
    }  # fmt: skip
