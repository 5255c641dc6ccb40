"""The distribution's behaviour for pages of the site."""

from pathlib import Path

from aws_cdk import Annotations
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.data.documents import presigned_origin
from infra.constructs.physical_names import cloudfront_name
from infra.constructs.website.content_security_policy import content_security_policy
from infra.constructs.website.page_paths import with_paths
from infra.constructs.website.security_headers import CUSTOM_HEADERS, security_headers
from infra.constructs.website.viewer import (
    at_viewer_request,
    at_viewer_response,
    viewer_protocol,
)
from infra.settings import Settings

PAGE_REQUEST = with_paths(Path(__file__).with_name("page_request.js").read_text().strip())
"""Serve the file of a path: a page without the app, the app, or the page for unknown paths.

A path under the API's prefix in another letter case, or the prefix alone, also reaches this
function. It is not a page, so the function responds as the API does to an unknown path.
"""

PAGE_RESPONSE = Path(__file__).with_name("page_response.js").read_text().strip()
"""Answer with the status that the metadata of the file names: 404 for the page of unknown paths.

A response without the whole file keeps its status: a browser that has the page of unknown paths
gets 304 for it, and a 404 without content would replace what it has by a blank page.

A custom error response of the distribution could not do that: it also replaces the API's own
errors, because it applies to all behaviours.
"""

LISTS_NOTHING = (
    "@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
    "The function for requests leads every path to a file, and no query reaches the bucket.",
)
"""A warning of the CDK about the root of the bucket, and why it is acknowledged."""


def page_behavior(
    scope: Construct, *, settings: Settings, site: s3.Bucket
) -> cloudfront.BehaviorOptions:
    """The site's files, with the security headers of pages."""
    Annotations.of(scope).acknowledge_warning(*LISTS_NOTHING)
    policy = content_security_policy(
        presigned_origin(settings), settings.emulator.stripe_api if settings.emulator else None
    )
    return cloudfront.BehaviorOptions(
        origin=origins.S3BucketOrigin.with_origin_access_control(
            site,
            # Without the right to list, S3 answers 403 instead of 404 for a file that is missing.
            origin_access_levels=[cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST],
            origin_access_control=cloudfront.S3OriginAccessControl(
                scope, "AccessControl", origin_access_control_name=cloudfront_name("site", settings)
            ),
        ),
        viewer_protocol_policy=viewer_protocol(settings, redirect=True),
        # The published files have their own Cache-Control headers.
        cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
        compress=True,
        function_associations=[
            at_viewer_request(scope, "Pages", PAGE_REQUEST, settings=settings),
            at_viewer_response(scope, "PageStatus", PAGE_RESPONSE, settings=settings),
        ],
        response_headers_policy=cloudfront.ResponseHeadersPolicy(
            scope,
            "PageHeaders",
            response_headers_policy_name=cloudfront_name("pages", settings),
            security_headers_behavior=security_headers(policy),
            custom_headers_behavior=CUSTOM_HEADERS,
        ),
    )
