"""The lifecycle rules of the documents bucket."""

from aws_cdk import Duration
from aws_cdk import aws_s3 as s3

from infra.endpoints.actions import EXPORTS, PARTS, REPORTS
from infra.settings import Settings


def lifecycle_rules(settings: Settings) -> list[s3.LifecycleRule]:
    """The rules of a stage, by its settings."""
    return [
        s3.LifecycleRule(
            id="abandoned-uploads", abort_incomplete_multipart_upload_after=Duration.days(1)
        ),
        # Needed until the parts of a document are joined or its reading is abandoned.
        s3.LifecycleRule(id="parts", prefix=PARTS, expiration=Duration.days(1)),
        # A report is generated again for each request.
        s3.LifecycleRule(id="reports", prefix=REPORTS, expiration=Duration.days(1)),
        # An archive may be made a day before its export is ready, and is offered for a week then.
        s3.LifecycleRule(
            id="exports",
            prefix=EXPORTS,
            expiration=Duration.days(8),
            noncurrent_version_expiration=Duration.days(1),
        ),
        # The erasure deletes every version of a deleted document. This rule deletes replaced
        # versions: of documents that were uploaded again, and results that were written again.
        s3.LifecycleRule(
            id="old-versions",
            noncurrent_version_expiration=Duration.days(settings.old_version_days),
            expired_object_delete_marker=True,
        ),
    ]
