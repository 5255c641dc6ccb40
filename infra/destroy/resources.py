"""Empty and delete the resources that CloudFormation does not delete, or not when they are used."""

from itertools import chain
from typing import Any

from botocore.exceptions import ClientError

from infra.deployment.deployed import Clients, Resource

BUCKET = "AWS::S3::Bucket"
ABSENT = {"NoSuchBucket", "ResourceNotFoundException"}


class NotEmptied(Exception):
    """S3 refused to delete some versions. The message has the bucket and the codes."""


def empty(clients: Clients, resource: Resource, region: str) -> int:
    """Delete all versions and delete markers of a bucket. Returns their number.

    The number is 0 for every other resource, and for a bucket that does not exist.
    """
    if resource.kind != BUCKET:
        return 0
    s3 = clients.client("s3", region_name=region)
    count = 0
    try:
        # A page has at most 1,000 versions and markers, which one call can delete. Always the first
        # page is listed, so that nothing depends on a version that was deleted.
        while deleted := _delete_versions(
            s3, resource.id, s3.list_object_versions(Bucket=resource.id)
        ):
            count += deleted
    except ClientError as error:
        if error.response["Error"]["Code"] not in ABSENT:
            raise
    return count


def _delete_versions(s3: Any, bucket: str, page: dict[str, Any]) -> int:
    versions = [
        {"Key": version["Key"], "VersionId": version["VersionId"]}
        for version in chain(page.get("Versions", []), page.get("DeleteMarkers", []))
    ]
    if versions:
        reply = s3.delete_objects(Bucket=bucket, Delete={"Objects": versions, "Quiet": True})
        codes = {error["Code"] for error in reply.get("Errors", [])}
        if codes:
            raise NotEmptied(f"{bucket}: {', '.join(sorted(codes))}")
    return len(versions)


def delete(clients: Clients, resource: Resource, region: str) -> bool:
    """Delete a bucket, log group or secret that still exists. Returns whether there was one.

    A secret is deleted at once: one that waits for its deletion keeps its name for a month, and the
    next deployment of the stage fails. Whether there was one is not known, so False is returned.
    """
    try:
        match resource.kind:
            case "AWS::S3::Bucket":
                empty(clients, resource, region)
                clients.client("s3", region_name=region).delete_bucket(Bucket=resource.id)
            case "AWS::Logs::LogGroup":
                clients.client("logs", region_name=region).delete_log_group(
                    logGroupName=resource.id
                )
            case "AWS::SecretsManager::Secret":
                clients.client("secretsmanager", region_name=region).delete_secret(
                    SecretId=resource.id, ForceDeleteWithoutRecovery=True
                )
                return False
            case _:
                return False
    except ClientError as error:
        if error.response["Error"]["Code"] not in ABSENT:
            raise
        return False
    return True
