"""What AWS offers in which region. Only commercial regions are supported.

GovCloud and the regions in China are other partitions, with other endpoints and without some of the
services: nothing here was made or checked for them.
"""

WITHOUT_SNAP_START = frozenset({"ap-east-2", "ap-southeast-6"})
"""Lambda offers SnapStart in all commercial regions except Taipei and New Zealand.

"Supported Regions" of https://docs.aws.amazon.com/lambda/latest/dg/snapstart.html, November 2026.
"""

WITHOUT_SES = frozenset(
    {
        "ap-east-1",
        "ap-east-2",
        "ap-southeast-4",
        "ap-southeast-6",
        "ap-southeast-7",
        "eu-south-2",
        "mx-central-1",
    }
)
"""The regions whose CloudFormation has no resource types of SES, by the schemas of cfn-lint."""

EDGE_REGION = "us-east-1"
"""Where CloudFront expects its certificate and web ACL, and reports its metrics."""


def has_snap_start(region: str) -> bool:
    """Whether Lambda functions of that region can start from a snapshot."""
    return region not in WITHOUT_SNAP_START


def has_ses(region: str) -> bool:
    """Whether mail can be sent from that region."""
    return region not in WITHOUT_SES
