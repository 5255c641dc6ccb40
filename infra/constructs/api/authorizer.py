"""The two authorizers: a Lambda function for our own tokens, API Gateway itself for a user pool."""

from aws_cdk import Aws, Duration
from aws_cdk import aws_apigatewayv2_authorizers as authorizers
from aws_cdk import aws_cognito as cognito

from infra.constructs.functions import Function


def user_pool_authorizer(
    pool: cognito.UserPool, client: cognito.UserPoolClient
) -> authorizers.HttpJwtAuthorizer:
    """API Gateway checks the pool's access tokens; no function runs."""
    return authorizers.HttpJwtAuthorizer(
        "UserPool",
        # Built here, since the emulator does not know the attribute that holds it.
        f"https://cognito-idp.{Aws.REGION}.{Aws.URL_SUFFIX}/{pool.user_pool_id}",
        jwt_audience=[client.user_pool_client_id],
    )


def lambda_authorizer(
    function: Function, *, cache_seconds: int
) -> authorizers.HttpLambdaAuthorizer:
    """The function checks each request, or each token once in `cache_seconds`.

    API Gateway answers a request that lacks an identity source in its own format, without calling
    the function. So no source is named unless answers are cached, which takes one.
    """
    return authorizers.HttpLambdaAuthorizer(
        "Tokens",
        function.live,
        response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
        identity_source=["$request.header.Authorization"] if cache_seconds else [],
        results_cache_ttl=Duration.seconds(cache_seconds),
    )
