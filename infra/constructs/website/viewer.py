"""The viewer's side of a behaviour: the protocol, and code at requests and responses."""

from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

from infra.constructs.physical_names import cloudfront_name
from infra.settings import Settings


def at_viewer_request(
    scope: Construct, name: str, code: str, *, settings: Settings
) -> cloudfront.FunctionAssociation:
    """Run `code`, JavaScript, at each request of a viewer."""
    event_type = cloudfront.FunctionEventType.VIEWER_REQUEST
    return _at(event_type, scope, name, code, settings)


def at_viewer_response(
    scope: Construct, name: str, code: str, *, settings: Settings
) -> cloudfront.FunctionAssociation:
    """Run `code`, JavaScript, at each response below 400 of the origin or the cache."""
    event_type = cloudfront.FunctionEventType.VIEWER_RESPONSE
    return _at(event_type, scope, name, code, settings)


def _at(
    event_type: cloudfront.FunctionEventType,
    scope: Construct,
    name: str,
    code: str,
    settings: Settings,
) -> cloudfront.FunctionAssociation:
    return cloudfront.FunctionAssociation(
        event_type=event_type,
        function=cloudfront.Function(
            scope,
            name,
            function_name=cloudfront_name(name.lower(), settings),
            code=cloudfront.FunctionCode.from_inline(code),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        ),
    )


def viewer_protocol(settings: Settings, *, redirect: bool) -> cloudfront.ViewerProtocolPolicy:
    """HTTPS, except in a stage without TLS. `redirect`: a person may have typed the address.

    A program that sends a token without encryption is refused, so that its author notices.
    """
    if not settings.tls:
        return cloudfront.ViewerProtocolPolicy.ALLOW_ALL
    return (
        cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
        if redirect
        else cloudfront.ViewerProtocolPolicy.HTTPS_ONLY
    )
