"""The routes in the template are the table's, and are guarded as the table says."""

from docket.domain.user import REFRESH_GRACE
from infra.endpoints import ENDPOINTS, NOT_FOUND

DEFAULT = "$default"


def routes(stage):
    return {
        route["Properties"]["RouteKey"]: route["Properties"]
        for route in stage.of_type("AWS::ApiGatewayV2::Route").values()
    }


def rows(identity_provider):
    return {f"{row.method} {row.path}": row for row in ENDPOINTS if row.exists(identity_provider)}


def test_every_route_is_a_row_of_the_table_and_every_row_a_route(synthesise):
    stage = synthesise("dev")

    assert routes(stage).keys() == {*rows("jwt"), DEFAULT}


def test_a_route_calls_the_live_alias_of_its_rows_function(synthesise):
    stage = synthesise("dev")
    aliases = {
        name: alias["Properties"]["FunctionName"]["Ref"]
        for name, alias in stage.of_type("AWS::Lambda::Alias").items()
    }
    functions = {facts["Id"]: name for name, facts in stage.functions().items()}
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


def test_only_the_rows_that_say_so_are_public(synthesise):
    for name in ("dev", "prod", "local", "dev with cognito"):
        stage = synthesise(name)

        public = {
            key for key, route in routes(stage).items() if route["AuthorizationType"] == "NONE"
        }

        assert public == {
            DEFAULT,
            *(key for key, row in rows(stage.settings.identity_provider).items() if row.public),
        }, name


def test_with_tokens_of_our_own_a_function_checks_each_request_and_nothing_is_remembered(
    synthesise,
):
    stage = synthesise("prod")

    authorizer = stage.only("AWS::ApiGatewayV2::Authorizer")
    kinds = {route["AuthorizationType"] for route in routes(stage).values()}

    assert authorizer["AuthorizerType"] == "REQUEST"
    assert authorizer["EnableSimpleResponses"] is True
    assert authorizer["AuthorizerResultTtlInSeconds"] == 0
    assert kinds == {"NONE", "CUSTOM"}


def test_the_authorizer_is_asked_about_every_request(synthesise):
    authorizer = synthesise("dev").only("AWS::ApiGatewayV2::Authorizer")

    assert authorizer["IdentitySource"] == []
    assert authorizer["AuthorizerResultTtlInSeconds"] == 0


def test_with_a_user_pool_the_gateway_itself_checks_and_there_is_no_authorizer_function(synthesise):
    stage = synthesise("dev with cognito")

    authorizer = stage.only("AWS::ApiGatewayV2::Authorizer")
    kinds = {route["AuthorizationType"] for route in routes(stage).values()}

    assert authorizer["AuthorizerType"] == "JWT"
    assert kinds == {"NONE", "JWT"}
    assert "auth/authorize" not in stage.functions()
    assert not [
        secret for secret in stage.of_type("AWS::SecretsManager::Secret") if "TokenKey" in secret
    ]


def test_a_user_pools_tokens_are_short_lived_and_its_refresh_tokens_good_once(synthesise):
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
