"""The distribution's behaviours: pages from the site's bucket, requests to the API."""

from pathlib import Path

from aws_cdk import Aws, Fn
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infra.constructs.data.documents import Documents
from infra.constructs.website.content_security_policy import content_security_policy
from infra.constructs.website.security_headers import CUSTOM_HEADERS, security_headers
from infra.settings import Settings

PAGE_REQUEST = Path(__file__).with_name("page_request.js").read_text().strip()
"""Serve the single-page app for a path that names no file.

A path under the API's prefix in another letter case, or the prefix alone, also reaches this
function. It is not a page, so the function responds as the API does to an unknown path.
"""

API_REQUEST = Path(__file__).with_name("api_request.js").read_text().strip()
"""Write the client's address into a header and replace the value that the client sent.

A caller that bypasses the distribution can choose the header. Functions therefore trust it only
together with the edge key. Without that key they use the address of the connection.
"""


def page_behavior(
    scope: Construct, *, settings: Settings, site: s3.Bucket, documents: Documents
) -> cloudfront.BehaviorOptions:
    """The site's files, with the security headers of pages."""
    policy = content_security_policy(
        documents.origin, settings.emulator.stripe_api if settings.emulator else None
    )
    return cloudfront.BehaviorOptions(
        origin=origins.S3BucketOrigin.with_origin_access_control(site),
        viewer_protocol_policy=_viewer_protocol(settings),
        # The published files have their own Cache-Control headers.
        cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
        compress=True,
        function_associations=[_at_request(scope, "Pages", PAGE_REQUEST)],
        response_headers_policy=cloudfront.ResponseHeadersPolicy(
            scope,
            "PageHeaders",
            security_headers_behavior=security_headers(policy),
            custom_headers_behavior=CUSTOM_HEADERS,
        ),
    )


def api_behavior(
    scope: Construct,
    *,
    settings: Settings,
    http: gateway.HttpApi,
    edge_key: secretsmanager.Secret,
) -> cloudfront.BehaviorOptions:
    """The API, uncached, with every request header except Host."""
    return cloudfront.BehaviorOptions(
        origin=_api_origin(settings, http, edge_key),
        viewer_protocol_policy=_viewer_protocol(settings),
        allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
        cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
        origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        compress=True,
        function_associations=[_at_request(scope, "Viewer", API_REQUEST)],
        response_headers_policy=cloudfront.ResponseHeadersPolicy(
            scope,
            "ApiHeaders",
            # No content security policy: the page of the API's description has its own.
            security_headers_behavior=security_headers(None),
        ),
    )


def _api_origin(
    settings: Settings, http: gateway.HttpApi, edge_key: secretsmanager.Secret
) -> origins.HttpOrigin:
    headers = {"x-docket-edge": edge_key.secret_value.unsafe_unwrap()}
    if settings.emulator:
        # The emulator connects to its origins itself: the host name of an API does not resolve.
        return origins.HttpOrigin(
            "localhost",
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
            http_port=settings.emulator.port,
            origin_path=f"/_aws/execute-api/{http.api_id}/$default",
            custom_headers=headers,
        )
    return origins.HttpOrigin(
        Fn.join(".", [http.api_id, "execute-api", Aws.REGION, Aws.URL_SUFFIX]),
        protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        custom_headers=headers,
        origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
    )


def _at_request(scope: Construct, name: str, code: str) -> cloudfront.FunctionAssociation:
    return cloudfront.FunctionAssociation(
        event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
        function=cloudfront.Function(
            scope,
            name,
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        ),
    )


def _viewer_protocol(settings: Settings) -> cloudfront.ViewerProtocolPolicy:
    return (
        cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
        if settings.tls
        else cloudfront.ViewerProtocolPolicy.ALLOW_ALL
    )
