"""The oldest version of TLS that buckets accept."""

from infra.settings import Settings


def minimum_tls(settings: Settings) -> float | None:
    """The version, which the bucket's policy holds as a condition; None in a stage without TLS.

    AWS's endpoints themselves have required 1.2 since February 2024; with the condition the buckets
    do not depend on it. See
    https://aws.amazon.com/blogs/storage/enforcing-encryption-in-transit-with-tls1-2-or-higher-with-amazon-s3/.
    """
    return 1.2 if settings.tls else None
