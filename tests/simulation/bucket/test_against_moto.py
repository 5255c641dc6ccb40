"""The twin of S3 and moto answer random calls alike."""

from random import Random
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from tests.simulation.bucket.bucket import Bucket
from tests.simulation.bucket.client import BucketClient
from tests.simulation.clock import Clock
from tests.simulation.differential import seed, steps
from tests.simulation.faults import Faults
from tests.simulation.sdk import Connection

STEPS = 350
MOST_VERSIONS = 14
NAME = "compared-documents"
REGION = "eu-central-1"
KEYS = ("uploads/a/1", "uploads/a/12", "uploads/a/2", "uploads/b/1", "results/1/x", "results/2/x")
PREFIXES = ("", "uploads/", "uploads/a/1", "results/", "none/")
COMPARED = {
    "put_object": ("ETag",),
    "get_object": ("ContentLength", "ContentType", "ETag", "Metadata", "CacheControl"),
    "head_object": ("ContentLength", "ContentType", "ETag", "Metadata", "CacheControl"),
    "delete_object": (),
    "get_object_tagging": ("TagSet",),
    "put_object_tagging": (),
    "delete_objects": ("Errors",),
}
OF_A_MARKER = {"MethodNotAllowed": "NoSuchVersion", "405": "404"}
"""moto answers calls about a delete marker inconsistently."""
METHODS = [*COMPARED, "put_object", "delete_object", "list", "list"]


@pytest.fixture
def moto():
    with mock_aws():
        client: Any = boto3.client(
            "s3", region_name=REGION, aws_access_key_id="test", aws_secret_access_key="test"
        )
        client.create_bucket(Bucket=NAME, CreateBucketConfiguration={"LocationConstraint": REGION})
        client.put_bucket_versioning(Bucket=NAME, VersioningConfiguration={"Status": "Enabled"})
        yield client


class Sides:
    """moto and the twin. The ids of versions differ; they are compared by their numbers."""

    def __init__(self, moto):
        clock, random = Clock(), Random(1)
        connection = Connection("s3", clock, Faults(random), random, latency=False)
        self.bucket = Bucket(NAME, clock, random)
        self.clients = [moto, BucketClient(self.bucket, connection)]
        self.versions: list[tuple[str, list[str]]] = []
        self._numbers: dict[str, int] = {}

    def add(self, key, ids):
        for version_id in ids:
            self._numbers[version_id] = len(self.versions)
        self.versions.append((key, ids))

    def is_stored(self, key):
        """Whether there is a version or a marker."""
        return self.bucket.newest(key) is not None

    def ids_of(self, version_id):
        """The ids of the twin's version on both sides."""
        return tuple(self.versions[self._numbers[version_id]][1])

    def both(self, method, **request):
        """The replies to a call, or its error, which is the same on both sides."""
        replies: list[Any] = []
        outcomes: list[Any] = []
        for side, client in enumerate(self.clients):
            own_request = _of_side(request, side)
            try:
                reply = getattr(client, method)(Bucket=NAME, **own_request)
            except ClientError as failure:
                code = failure.response["Error"]["Code"]
                if code == "NoSuchKey" and "tagging" in method:
                    code = "NoSuchVersion"  # moto's, if the newest version is a marker
                outcomes.append(OF_A_MARKER.get(code, code))
                continue
            replies.append(reply)
            outcome = {name: reply.get(name) for name in COMPARED.get(method, ())}
            if "Body" in reply:
                outcome["Body"] = reply["Body"].read()
            outcomes.append(outcome)
        assert outcomes[0] == outcomes[1], (method, request)
        return replies, outcomes[1]

    def listing(self, method, entries, **request):
        """All entries of a listing in pages, with numbers for the ids of versions."""
        listings = []
        for client in self.clients:
            pages = client.get_paginator(method).paginate(Bucket=NAME, **request)
            found = [
                (name, item["Key"], item.get("Size"), item.get("IsLatest"), item.get("VersionId"))
                for page in pages
                for name in entries
                for item in page.get(name, ())
            ]
            listings.append(
                sorted((*item[:4], self._numbers[item[4]] if item[4] else None) for item in found)
            )
        assert listings[0] == listings[1], (method, request)
        return listings[1]


def _of_side(value, side):
    match value:
        case tuple():
            return value[side]
        case dict():
            return {name: _of_side(member, side) for name, member in value.items()}
        case list():
            return [_of_side(member, side) for member in value]
    return value


def put(random, sides, key):
    options: list[dict[str, Any]] = [
        {},
        {"ContentType": "application/pdf", "CacheControl": "private"},
        {"Metadata": {"name": "n"}, "Tagging": "a=1&b=2"},
        {"IfNoneMatch": "*"},
    ]
    body = b"x" * random.randint(0, 9)
    replies, outcome = sides.both("put_object", Key=key, Body=body, **random.choice(options))
    if replies:
        sides.add(key, [reply["VersionId"] for reply in replies])
    return outcome


def delete(sides, request):
    if "VersionId" in request:
        return sides.both("delete_object", **request)[1]
    if not sides.is_stored(request["Key"]):
        return {}  # S3 and the twin put a marker over nothing; moto does not
    replies, outcome = sides.both("delete_object", **request)
    sides.add(request["Key"], [reply["VersionId"] for reply in replies])
    return outcome


def list_all(random, sides):
    prefix, most = random.choice(PREFIXES), random.choice((2, 1000))
    kinds = ("Versions", "DeleteMarkers")
    listed = sides.listing("list_object_versions", kinds, Prefix=prefix, MaxKeys=most)
    sides.listing("list_objects_v2", ("Contents",), Prefix=prefix, MaxKeys=2)
    return {"entries": len(listed)}


def call(random, sides, method):
    """Make a random call. Returns its outcome."""
    key = random.choice(KEYS)
    request: dict[str, Any] = {"Key": key}
    if sides.versions and random.random() < 0.6:
        key, ids = random.choice(sides.versions[-12:])
        request = {"Key": key, "VersionId": (ids[0], ids[1])}
    stored = list(sides.bucket.versions())
    if len(stored) > MOST_VERSIONS:
        request = {"Key": stored[-1].key, "VersionId": sides.ids_of(stored[-1].id)}
        return sides.both("delete_object", **request)[1]
    match method:
        case "put_object":
            return put(random, sides, key)
        case "delete_object":
            return delete(sides, request)
        case "delete_objects" if "VersionId" not in request:
            return delete(sides, request)
        case "list":
            return list_all(random, sides)
        case "delete_objects":
            method, request = "delete_objects", {"Delete": {"Objects": [request], "Quiet": True}}
        case "put_object_tagging":
            request["Tagging"] = {"TagSet": [{"Key": "c", "Value": str(random.random())}]}
    return sides.both(method, **request)[1]


def test_random_calls_have_the_same_outcome(moto):
    random, sides = Random(seed(4)), Sides(moto)
    outcomes = set()

    for _ in range(steps(STEPS)):
        method = random.choice(METHODS)
        outcome = call(random, sides, method)
        outcomes.add((method, outcome if isinstance(outcome, str) else "success"))

    assert len(outcomes) >= 12, "too few kinds of outcomes"
