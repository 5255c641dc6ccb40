"""The delivery of the distribution's access log to the bucket of access logs."""

from aws_cdk import Aws
from aws_cdk import aws_logs as logs
from constructs import Construct

FIELDS = (
    "date",
    "time",
    "c-ip",
    "cs-method",
    "cs(Host)",
    "cs-uri-stem",
    "cs-protocol-version",
    "cs(User-Agent)",
    "sc-status",
    "sc-bytes",
    "time-taken",
    "x-edge-location",
    "x-edge-result-type",
    "x-edge-detailed-result-type",
    "x-edge-request-id",
)
"""`c-ip` is the viewer's address. Cookies, referrers and query strings are left out.

The access log of the API cannot have that address: API Gateway writes the address of its caller,
which is CloudFront, and no request header.
"""


class AccessLogDelivery(Construct):
    """Standard logging (v2), which, unlike its predecessor, also reaches buckets in opt-in regions.

    CloudFront's log deliveries exist only in us-east-1, wherever the bucket is.
    """

    def __init__(
        self, scope: Construct, name: str, *, delivery: str, distribution_id: str, bucket: str
    ) -> None:
        super().__init__(scope, name)
        source = logs.CfnDeliverySource(
            self,
            "Source",
            name=delivery,
            log_type="ACCESS_LOGS",
            resource_arn=f"arn:{Aws.PARTITION}:cloudfront::{Aws.ACCOUNT_ID}"
            f":distribution/{distribution_id}",
        )
        destination = logs.CfnDeliveryDestination(
            self,
            "Destination",
            name=delivery,
            destination_resource_arn=f"arn:{Aws.PARTITION}:s3:::{bucket}",
            output_format="json",
        )
        logs.CfnDelivery(
            self,
            "Default",
            delivery_source_name=delivery,
            delivery_destination_arn=destination.attr_arn,
            record_fields=list(FIELDS),
            s3_suffix_path="{yyyy}/{MM}/{dd}/{HH}",
        ).node.add_dependency(source)
