"""The two authorizers: a Lambda function for Docket's tokens, a JWT authorizer for Cognito's."""

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
        # Built with the L1 construct, because the emulator does not support the attribute of the
        # L2.
        f"https://cognito-idp.{Aws.REGION}.{Aws.URL_SUFFIX}/{pool.user_pool_id}",
        jwt_audience=[client.user_pool_client_id],
    )


def lambda_authorizer(function: Function) -> authorizers.HttpLambdaAuthorizer:
    """The function checks each request, so that the end of a session takes effect at once.

    API Gateway could cache answers by an identity source, but it answers a request that lacks the
    source in its own format, without calling the function. Therefore no identity source is set and
    no answer is cached.
    """
    return authorizers.HttpLambdaAuthorizer(
        "Tokens",
        function.live,
        response_types=[authorizers.HttpLambdaResponseType.SIMPLE],
        identity_source=[],
        results_cache_ttl=Duration.seconds(0),
    )
