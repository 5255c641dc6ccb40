"""The routes of the template, and how they are authorized."""

from docket.domain.accounts.user import REFRESH_GRACE
from infra.endpoints import ENDPOINTS
from infra.endpoints.meta import NOT_FOUND

DEFAULT = "$default"


def routes(stage):
    return {
        route["Properties"]["RouteKey"]: route["Properties"]
        for route in stage.of_type("AWS::ApiGatewayV2::Route").values()
    }


def rows(identity_provider):
    return {f"{row.method} {row.path}": row for row in ENDPOINTS if row.exists(identity_provider)}


def test_the_routes_are_the_rows_of_the_table(synthesise):
    stage = synthesise("dev")

    assert routes(stage).keys() == {*rows("jwt"), DEFAULT}


def test_a_route_calls_the_live_alias_of_its_rows_function(synthesise):
    stage = synthesise("dev")
    aliases = {
        name: alias["Properties"]["FunctionName"]["Ref"]
        for name, alias in stage.of_type("AWS::Lambda::Alias").items()
    }
    functions = {properties["Id"]: name for name, properties in stage.functions().items()}
    integrations = stage.of_type("AWS::ApiGatewayV2::Integration")

    called = {}
    for key, route in routes(stage).items():
        target = next(part["Ref"] for part in route["Target"]["Fn::Join"][1] if "Ref" in part)
        called[key] = functions[
            aliases[integrations[target]["Properties"]["IntegrationUri"]["Ref"]]
        ]

    assert called == {
        DEFAULT: NOT_FOUND.name,
        **{key: row.name for key, row in rows("jwt").items()},
    }


def test_only_public_rows_need_no_authorization(synthesise):
    for name in ("dev", "prod", "local", "dev with cognito"):
        stage = synthesise(name)

        public = {
            key for key, route in routes(stage).items() if route["AuthorizationType"] == "NONE"
        }

        assert public == {
            DEFAULT,
            *(key for key, row in rows(stage.settings.identity_provider).items() if row.public),
        }, name


def test_jwt_tokens_are_checked_by_an_authorizer_without_a_cache(
    synthesise,
):
    stage = synthesise("prod")

    authorizer = stage.only("AWS::ApiGatewayV2::Authorizer")
    kinds = {route["AuthorizationType"] for route in routes(stage).values()}

    assert authorizer["AuthorizerType"] == "REQUEST"
    assert authorizer["EnableSimpleResponses"] is True
    assert authorizer["AuthorizerResultTtlInSeconds"] == 0
    assert kinds == {"NONE", "CUSTOM"}


def test_the_authorizer_is_called_for_every_request(synthesise):
    authorizer = synthesise("dev").only("AWS::ApiGatewayV2::Authorizer")

    assert authorizer["IdentitySource"] == []
    assert authorizer["AuthorizerResultTtlInSeconds"] == 0


def test_with_cognito_the_gateway_checks_tokens_without_an_authorizer(synthesise):
    stage = synthesise("dev with cognito")

    authorizer = stage.only("AWS::ApiGatewayV2::Authorizer")
    kinds = {route["AuthorizationType"] for route in routes(stage).values()}

    assert authorizer["AuthorizerType"] == "JWT"
    assert kinds == {"NONE", "JWT"}
    assert "auth/authorize" not in stage.functions()
    assert not [
        secret for secret in stage.of_type("AWS::SecretsManager::Secret") if "TokenKey" in secret
    ]


def test_cognito_tokens_are_short_lived_and_refresh_tokens_rotate(synthesise):
    client = synthesise("dev with cognito").only("AWS::Cognito::UserPoolClient")

    assert client["AccessTokenValidity"] == 5
    assert client["TokenValidityUnits"]["AccessToken"] == "minutes"
    grace = REFRESH_GRACE.total_seconds()
    assert client["RefreshTokenRotation"] == {
        "Feature": "ENABLED",
        "RetryGracePeriodSeconds": grace,
    }
    assert client["ExplicitAuthFlows"] == ["ALLOW_ADMIN_USER_PASSWORD_AUTH"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert client["EnableTokenRevocation"] is True


def test_the_stage_is_throttled_and_logs_every_request_as_json(synthesise):
    stage = synthesise("dev")

    settings = stage.only("AWS::ApiGatewayV2::Stage")

    assert settings["DefaultRouteSettings"]["ThrottlingRateLimit"] == 200
    assert settings["DefaultRouteSettings"]["ThrottlingBurstLimit"] == 400
    assert '"request_id": "$context.requestId"' in settings["AccessLogSettings"]["Format"]
