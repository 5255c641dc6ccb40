"""A route of the HTTP API to a function."""

from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_apigatewayv2_integrations as integrations
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.nag import suppress_nag


def http_route(
    scope: Construct,
    name: str,
    *,
    http: gateway.IHttpApi,
    key: gateway.HttpRouteKey,
    function: lambda_.IFunction,
    authorizer: gateway.IHttpRouteAuthorizer | None,
) -> gateway.HttpRoute:
    """Add the route `key` to `function`. Without an authorizer the route is public."""
    route = gateway.HttpRoute(
        scope,
        f"{name}Route",
        http_api=http,
        route_key=key,
        integration=integrations.HttpLambdaIntegration(
            name, function, payload_format_version=gateway.PayloadFormatVersion.VERSION_2_0
        ),
        authorizer=authorizer or gateway.HttpNoneAuthorizer(),
    )
    if authorizer is None:
        suppress_nag(
            route, "AwsSolutions-APIG4", "The table of endpoints marks this route as public."
        )
    return route
