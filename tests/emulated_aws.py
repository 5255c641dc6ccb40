"""AWS in process, by moto: one set of resources per test process, cleared between the tests.

Creating a table, a bucket and a user pool takes longer than most tests.
"""

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import boto3
from moto import mock_aws
from moto.cognitoidp.models import cognitoidp_backends
from moto.core.base_backend import BackendDict
from moto.core.common_models import BaseModel
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.core.serialize import BaseJSONSerializer
from moto.dynamodb.models import DynamoDBBackend as Backend
from moto.dynamodb.models import dynamodb_backends
from moto.dynamodb.models.dynamo_type import DynamoType
from moto.dynamodb.models.table import Table
from moto.s3.models import s3_backends
from moto.secretsmanager.models import secretsmanager_backends
from moto.ses.models import ses_backends
from moto.sqs.models import sqs_backends

REGION = "eu-central-1"
TABLE, BUCKET = "docket", "documents"
SENDER, MAIL_CONFIGURATION = "docket@example.com", "docket-mail"
QUEUES = (
    "readings", "parts", "results", "exports", "reports", "money", "work", "housekeeping", "mail",
)  # fmt: skip
"""The queues that functions send to, by the names in their configuration."""


class EmulatedAws:
    """The table, the bucket, the queues, a sender of mail, and a user pool with one client."""

    def __init__(self) -> None:
        session = boto3.Session(
            aws_access_key_id="test", aws_secret_access_key="test", region_name=REGION
        )
        _create_table(session.client("dynamodb"))
        _create_bucket(session.client("s3"))
        sqs = session.client("sqs")
        self.queue_urls: dict[str, str] = {name: _create_queue(sqs, name) for name in QUEUES}
        self.pool_id, self.pool_client_id = _create_pool(session.client("cognito-idp"))
        _create_sender(session.client("sesv2"))
        self._table = _backend(dynamodb_backends).tables[TABLE]
        self._bucket = _backend(s3_backends, "aws").buckets[BUCKET]
        self._queues = dict(_backend(sqs_backends).queues)
        self._pool = _backend(cognitoidp_backends).user_pools[self.pool_id]

    @property
    def sent_mails(self) -> list[Any]:
        """What SES has accepted."""
        sent: list[Any] = _backend(ses_backends).sent_messages
        return sent

    def clear(self) -> None:
        """Restore the initial state: remove added data and restore deleted resources."""
        self._table.items.clear()
        for objects in (self._bucket.keys, self._bucket.multiparts):
            objects.clear()
        for queue in self._queues.values():
            for messages in (queue._messages, queue._pending_messages, queue.deleted_messages):
                messages.clear()
            queue.pending_message_groups.clear()
        for of_users in (
            self._pool.users,
            self._pool.access_tokens,
            self._pool.id_tokens,
            self._pool.refresh_tokens,
        ):
            of_users.clear()
        self.sent_mails.clear()
        _backend(secretsmanager_backends).secrets.clear()
        _only(_backend(dynamodb_backends).tables, TABLE, self._table)
        _only(_backend(s3_backends, "aws").buckets, BUCKET, self._bucket)
        _backend(sqs_backends).queues.clear()
        _backend(sqs_backends).queues.update(self._queues)
        _only(_backend(cognitoidp_backends).user_pools, self.pool_id, self._pool)


@contextmanager
def emulated_aws() -> Iterator[EmulatedAws]:
    """Let moto answer the calls of all clients until the block ends."""
    with (
        mock_aws(config={"core": {"mock_credentials": False}}),
        _untracked_tables(),
        _whole_attribute_values(),
        _shared_items(),
    ):
        yield EmulatedAws()


@contextmanager
def _untracked_tables() -> Iterator[None]:
    """Let garbage be collected: moto lists each instance of its models, for its dashboard.

    The list holds each item that was ever written, and a copy of the table for each transaction.
    """
    make = BaseModel.__new__

    def make_untracked(cls: type[BaseModel], *arguments: Any, **keywords: Any) -> Any:
        if cls.__module__.startswith("moto.dynamodb."):
            return super(BaseModel, cls).__new__(cls)
        return make(cls, *arguments, **keywords)

    with patch.object(BaseModel, "__new__", make_untracked):
        yield


@contextmanager
def _whole_attribute_values() -> Iterator[None]:
    """Send attribute values as moto holds them, which is as DynamoDB sends them except for bytes.

    moto looks for each of the ten members of each value under five names: a third of the
    processor time of the tests that read orders.
    """
    write_structure = BaseJSONSerializer._serialize_type_structure

    def write(self: Any, serialized: Any, value: Any, shape: Any, key: str) -> None:
        if shape.name == "AttributeValue" and isinstance(value, dict) and "B" not in value:
            self._default_serialize(serialized, value, shape, key)
        else:
            write_structure(self, serialized, value, shape, key)

    with patch.object(BaseJSONSerializer, "_serialize_type_structure", write):
        yield


@contextmanager
def _shared_items() -> Iterator[None]:
    """Share the items between the table and the copy that moto makes for each transaction.

    moto copies every attribute of the table for each part of a transaction, so that it can restore
    the table if the transaction is cancelled. Here a write copies what it changes instead: the
    items of the partition, and the item that is updated.
    """
    put_item, delete_item, update_item = Table.put_item, Table.delete_item, Backend.update_item

    def copied(table: Any, _memo: Any) -> Any:
        result = copy.copy(table)
        result.items = table.items.copy()
        return result

    def put(self: Any, attributes: dict[str, Any], *options: Any, **keywords: Any) -> Any:
        if self.hash_key_attr in attributes:
            separate(self, DynamoType(attributes[self.hash_key_attr]))
        return put_item(self, attributes, *options, **keywords)

    def delete(self: Any, partition: DynamoType, sort: DynamoType | None) -> Any:
        separate(self, partition)
        return delete_item(self, partition, sort)

    def update(self: Any, table_name: str, key: Any, *options: Any, **keywords: Any) -> Any:
        table = self.get_table(table_name)
        if set(table.table_key_attrs) <= key.keys():
            partition, sort = (DynamoType(key[name]) for name in table.table_key_attrs)
            separate(table, partition)
            items = table.items.get(partition, {})
            if sort in items:
                items[sort] = copy.deepcopy(items[sort])
        return update_item(self, table_name, key, *options, **keywords)

    def separate(table: Any, partition: DynamoType) -> None:
        if partition in table.items:
            table.items[partition] = table.items[partition].copy()

    with (
        patch.object(Table, "__deepcopy__", copied, create=True),
        patch.object(Table, "put_item", put),
        patch.object(Table, "delete_item", delete),
        patch.object(Backend, "update_item", update),
    ):
        yield


def _backend(backends: "BackendDict[Any]", region: str = REGION) -> Any:
    return backends[DEFAULT_ACCOUNT_ID][region]


def _only(resources: dict[str, Any], name: str, resource: object) -> None:
    resources.clear()
    resources[name] = resource


def _create_table(dynamodb: Any) -> None:
    """Create the table with the keys and indexes of the deployed one."""
    keys = ("PK", "SK", "GSI1PK", "GSI1SK", "GSI2PK", "GSI2SK")
    dynamodb.create_table(
        TableName=TABLE,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[
            {"AttributeName": "PK", "KeyType": "HASH"},
            {"AttributeName": "SK", "KeyType": "RANGE"},
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": f"{index}PK", "KeyType": "HASH"},
                    {"AttributeName": f"{index}SK", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for index in ("GSI1", "GSI2")
        ],
    )


def _create_bucket(s3: Any) -> None:
    """Create the bucket, versioned like the deployed one."""
    s3.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": REGION})
    s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})


def _create_queue(sqs: Any, name: str) -> str:
    """Create a queue, in order as the deployed one is. Returns its URL."""
    fifo = {"FifoQueue": "true"} if name == "results" else {}
    full_name = f"{name}.fifo" if fifo else name
    url: str = sqs.create_queue(QueueName=full_name, Attributes=fifo)["QueueUrl"]
    return url


def _create_sender(ses: Any) -> None:
    ses.create_email_identity(EmailIdentity=SENDER)
    ses.create_configuration_set(ConfigurationSetName=MAIL_CONFIGURATION)


def _create_pool(cognito: Any) -> tuple[str, str]:
    """Create the user pool and its client. Returns their ids."""
    pool_id = cognito.create_user_pool(
        PoolName="docket",
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
        Schema=[{"Name": "typed_email", "AttributeDataType": "String", "Mutable": True}],
        Policies={
            "PasswordPolicy": {
                "MinimumLength": 8,
                "RequireUppercase": False,
                "RequireLowercase": False,
                "RequireNumbers": False,
                "RequireSymbols": False,
            }
        },
    )["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool_id,
        ClientName="api",
        ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    )["UserPoolClient"]
    return pool_id, client["ClientId"]
