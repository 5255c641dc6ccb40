"""The two authorizers: a Lambda function for Docket's own tokens, API Gateway's for a user pool's.

The second one looks up no session: `docs/security.md` has what follows from that.
"""

from aws_cdk import Aws, Duration
from aws_cdk import aws_apigatewayv2 as gateway
from aws_cdk import aws_iam as iam
from constructs import Construct

from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.endpoints.accounts.sessions import AUTHORIZER


def user_pool_authorizer(
    scope: Construct, *, http: gateway.HttpApi, context: FunctionContext
) -> gateway.HttpAuthorizer:
    """API Gateway checks the pool's access tokens; no function runs."""
    data = context.data
    return gateway.HttpAuthorizer(
        scope,
        "UserPool",
        http_api=http,
        type=gateway.HttpAuthorizerType.JWT,
        identity_source=["$request.header.Authorization"],
        jwt_issuer=f"https://cognito-idp.{Aws.REGION}.{Aws.URL_SUFFIX}/{data.user_pool_id}",
        jwt_audience=[data.user_pool_client_id],
    )


def lambda_authorizer(
    scope: Construct, *, http: gateway.HttpApi, context: FunctionContext
) -> gateway.HttpAuthorizer:
    """The function checks each request, so that the end of a session takes effect at once.

    API Gateway could cache answers by an identity source, but it answers a request that lacks the
    source in its own format, without calling the function. Therefore no identity source is set and
    no answer is cached.
    """
    function = Function(
        scope,
        construct_name(AUTHORIZER),
        spec=AUTHORIZER,
        context=context,
        alias=True,
    ).live
    path = f"2015-03-31/functions/{function.function_arn}/invocations"
    authorizer = gateway.HttpAuthorizer(
        scope,
        "Tokens",
        http_api=http,
        type=gateway.HttpAuthorizerType.LAMBDA,
        authorizer_uri=f"arn:{Aws.PARTITION}:apigateway:{Aws.REGION}:lambda:path/{path}",
        identity_source=[],
        payload_format_version=gateway.AuthorizerPayloadVersion.VERSION_2_0,
        enable_simple_responses=True,
        results_cache_ttl=Duration.seconds(0),
    )
    function.add_permission(
        "Invoke",
        principal=iam.ServicePrincipal("apigateway.amazonaws.com"),
        source_arn=f"arn:{Aws.PARTITION}:execute-api:{Aws.REGION}:{Aws.ACCOUNT_ID}:"
        f"{http.api_id}/authorizers/{authorizer.authorizer_id}",
    )
    return authorizer
