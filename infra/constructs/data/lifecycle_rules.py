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
        _temporary("parts", PARTS, days=1),
        # A report is offered for a day.
        _temporary("reports", REPORTS, days=1),
        # An archive may be made a day before its export is ready, and is offered for a week then.
        _temporary("exports", EXPORTS, days=8),
        # The erasure deletes every version of a deleted document. This rule deletes replaced
        # versions: of documents that were uploaded again, and results that were written again.
        s3.LifecycleRule(
            id="old-versions",
            noncurrent_version_expiration=Duration.days(settings.old_version_days),
            expired_object_delete_marker=True,
        ),
    ]


def _temporary(name: str, prefix: str, *, days: int) -> s3.LifecycleRule:
    """Delete the objects of a prefix. In a versioned bucket they stay as old versions for a day."""
    return s3.LifecycleRule(
        id=name,
        prefix=prefix,
        expiration=Duration.days(days),
        noncurrent_version_expiration=Duration.days(1),
    )
