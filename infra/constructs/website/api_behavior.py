"""The distribution's behaviours for requests to the API, by their paths."""

from pathlib import Path

from aws_cdk import Aws, Fn
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from constructs import Construct

from infra.constructs.data.references import DataReferences
from infra.constructs.identity_provider.edge_key import edge_key_value
from infra.constructs.parameter import parameter_value
from infra.constructs.physical_names import cloudfront_name
from infra.constructs.website.security_headers import security_headers
from infra.constructs.website.sign_in_cache import sign_in_cache_policy
from infra.constructs.website.viewer import at_viewer_request, viewer_protocol
from infra.names import API_ID
from infra.settings import Settings

API_REQUEST = Path(__file__).with_name("api_request.js").read_text().strip()
"""Write the client's address, and the host that it called, into headers of the distribution.

They replace what the client sent. A caller that bypasses the distribution can choose them, but does
not have the edge key, without which functions refuse the request.
"""


SIGN_IN_PATHS = "/api/v1/auth/login*"
"""Where somebody signs in: these functions also receive the place of the viewer."""


def api_behaviors(
    scope: Construct,
    *,
    settings: Settings,
    data: DataReferences,
) -> dict[str, cloudfront.BehaviorOptions]:
    """The API by its paths, uncached, with every request header except Host.

    The first path that matches applies. The emulator knows neither places nor cache policies.
    """
    origin = _api_origin(scope, settings, data)
    at_request = at_viewer_request(scope, "Viewer", API_REQUEST, settings=settings)
    headers = cloudfront.ResponseHeadersPolicy(
        scope,
        "ApiHeaders",
        response_headers_policy_name=cloudfront_name("api", settings),
        # No content security policy: the page of the API's description has its own.
        security_headers_behavior=security_headers(None),
    )

    def behavior(cache_policy: cloudfront.ICachePolicy) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=origin,
            viewer_protocol_policy=viewer_protocol(settings, redirect=False),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cache_policy,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            compress=True,
            function_associations=[at_request],
            response_headers_policy=headers,
        )

    every_path = {"/api/*": behavior(cloudfront.CachePolicy.CACHING_DISABLED)}
    if settings.emulator:
        return every_path
    return {SIGN_IN_PATHS: behavior(sign_in_cache_policy(scope, settings=settings)), **every_path}


def _api_origin(scope: Construct, settings: Settings, data: DataReferences) -> origins.HttpOrigin:
    # CloudFront replaces a header of that name in the viewer's request.
    headers = {"x-docket-edge": edge_key_value(data, settings.edge_keys[0])}
    api_id = parameter_value(scope, settings=settings, name=API_ID)
    if settings.emulator:
        # The emulator connects to its origins itself: the host name of an API does not resolve.
        return origins.HttpOrigin(
            "localhost",
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTP_ONLY,
            http_port=settings.emulator.port,
            origin_path=f"/_aws/execute-api/{api_id}/$default",
            custom_headers=headers,
        )
    return origins.HttpOrigin(
        Fn.join(".", [api_id, "execute-api", Aws.REGION, Aws.URL_SUFFIX]),
        protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
        custom_headers=headers,
        origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
    )
