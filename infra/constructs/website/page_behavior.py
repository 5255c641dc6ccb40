"""The distribution's behaviour for pages of the site."""

from pathlib import Path

from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.data.documents import presigned_origin
from infra.constructs.physical_names import cloudfront_name
from infra.constructs.website.content_security_policy import content_security_policy
from infra.constructs.website.security_headers import CUSTOM_HEADERS, security_headers
from infra.constructs.website.viewer import at_viewer_request, viewer_protocol
from infra.settings import Settings

PAGE_REQUEST = Path(__file__).with_name("page_request.js").read_text().strip()
"""Serve the single-page app for a path that names no file.

A path under the API's prefix in another letter case, or the prefix alone, also reaches this
function. It is not a page, so the function responds as the API does to an unknown path.
"""


def page_behavior(
    scope: Construct, *, settings: Settings, site: s3.Bucket
) -> cloudfront.BehaviorOptions:
    """The site's files, with the security headers of pages."""
    policy = content_security_policy(
        presigned_origin(settings), settings.emulator.stripe_api if settings.emulator else None
    )
    return cloudfront.BehaviorOptions(
        origin=origins.S3BucketOrigin.with_origin_access_control(
            site,
            origin_access_control=cloudfront.S3OriginAccessControl(
                scope, "AccessControl", origin_access_control_name=cloudfront_name("site", settings)
            ),
        ),
        viewer_protocol_policy=viewer_protocol(settings, redirect=True),
        # The published files have their own Cache-Control headers.
        cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
        compress=True,
        function_associations=[at_viewer_request(scope, "Pages", PAGE_REQUEST, settings=settings)],
        response_headers_policy=cloudfront.ResponseHeadersPolicy(
            scope,
            "PageHeaders",
            response_headers_policy_name=cloudfront_name("pages", settings),
            security_headers_behavior=security_headers(policy),
            custom_headers_behavior=CUSTOM_HEADERS,
        ),
    )
