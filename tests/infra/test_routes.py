"""The routes of the template, and how they are authorized."""

import pytest

from docket.domain.accounts.user import REFRESH_GRACE
from infra.endpoints import ENDPOINTS
from infra.endpoints.meta import NOT_FOUND

DEFAULT = "$default"


def routes(stage):
    return {
        route["Properties"]["RouteKey"]: route["Properties"]
        for route in stage.of_type("AWS::ApiGatewayV2::Route").values()
    }


def rows(identity):
    return {f"{row.method} {row.path}": row for row in ENDPOINTS if row.exists(identity)}


@pytest.mark.parametrize("name", ["dev", "dev with cognito", "prod with gateway"])
def test_the_routes_are_the_rows_of_the_table(synthesise, name):
    stage = synthesise(name)

    assert routes(stage).keys() == {*rows(stage.settings.identity), DEFAULT}


def test_passkeys_exist_where_sessions_are_our_own():
    passkeys = {key for key in rows("jwt") if "passkey" in key}

    assert passkeys
    assert passkeys <= {*rows("cognito")}
    assert not passkeys & {*rows("gateway")}


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


def test_only_public_rows_without_sessions_have_no_authorizer(synthesise):
    for name in ("dev", "prod", "local", "dev with cognito", "prod with gateway"):
        stage = synthesise(name)
        known = rows(stage.settings.identity)

        public = {
            key for key, route in routes(stage).items() if route["AuthorizationType"] == "NONE"
        }

        assert public == {
            DEFAULT,
            *(key for key, row in known.items() if not row.has_authorizer(stage.settings.identity)),
        }, name


@pytest.mark.parametrize("name", ["prod", "dev with cognito", "prod with a domain"])
def test_own_tokens_are_checked_by_an_authorizer_without_a_cache(synthesise, name):
    stage = synthesise(name)

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


def test_a_setting_has_the_gateway_check_the_pools_tokens_without_a_function(synthesise):
    stage = synthesise("prod with gateway")

    authorizer = stage.only("AWS::ApiGatewayV2::Authorizer")
    kinds = {route["AuthorizationType"] for route in routes(stage).values()}

    assert authorizer["AuthorizerType"] == "JWT"
    assert kinds == {"NONE", "JWT"}
    assert "auth/authorize" not in stage.functions()
    assert not [
        secret for secret in stage.of_type("AWS::SecretsManager::Secret") if "TokenKey" in secret
    ]


def test_tokens_of_the_pool_that_nobody_uses_expire_early(synthesise):
    used, unused = (
        synthesise(name).only("AWS::Cognito::UserPoolClient")["RefreshTokenValidity"]
        for name in ("prod with gateway", "dev with cognito")
    )

    assert (used, unused) == (30 * 24 * 60, 60)  # minutes


def test_cognito_tokens_are_short_lived_and_refresh_tokens_rotate(synthesise):
    client = synthesise("prod with gateway").only("AWS::Cognito::UserPoolClient")

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


@pytest.mark.parametrize("name", ["dev with cognito", "prod with gateway"])
def test_a_token_of_the_pool_changes_no_address_there(synthesise, name):
    stage = synthesise(name)
    client = stage.only("AWS::Cognito::UserPoolClient")
    schema = stage.only("AWS::Cognito::UserPool")["Schema"]

    assert (client["ReadAttributes"], client["WriteAttributes"]) == (["name"], ["name"])
    assert not any(attribute.get("Required") for attribute in schema)


def test_the_pool_resets_passwords_only_where_docket_does_not(synthesise):
    with_reset, without = (
        synthesise(name).only("AWS::Cognito::UserPool")["AccountRecoverySetting"]
        for name in ("dev with cognito", "prod with gateway")
    )

    assert [way["Name"] for way in with_reset["RecoveryMechanisms"]] == ["admin_only"]
    assert [way["Name"] for way in without["RecoveryMechanisms"]] == ["verified_email"]


def test_the_stage_is_throttled_and_logs_every_request_as_json(synthesise):
    stage = synthesise("dev")

    settings = stage.only("AWS::ApiGatewayV2::Stage")

    assert settings["DefaultRouteSettings"]["ThrottlingRateLimit"] == 200
    assert settings["DefaultRouteSettings"]["ThrottlingBurstLimit"] == 400
    assert '"request_id": "$context.requestId"' in settings["AccessLogSettings"]["Format"]
