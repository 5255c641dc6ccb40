"""The stacks of the HTTP API: the API itself, and one for each noun."""

from collections.abc import Iterable

from aws_cdk import aws_apigatewayv2 as gateway
from constructs import Construct

from infra.constructs.api import Api
from infra.constructs.api.endpoints import Endpoints
from infra.constructs.api.references import ApiReferences
from infra.constructs.data.references import DataReferences
from infra.constructs.functions.context import FunctionContext
from infra.constructs.functions.layer_versions import LayerVersions
from infra.endpoint_spec import EndpointSpec, FunctionSpec
from infra.endpoints import analyses, documents, meta, orders, payments
from infra.endpoints.accounts import (
    api_keys,
    auth,
    exports,
    passkeys,
    second_factors,
    sessions,
)
from infra.layers.build import Layer
from infra.names import Names
from infra.settings import Settings
from infra.stacks.base import StageStack

NOUNS: dict[str, tuple[EndpointSpec, ...]] = {
    "auth": (*auth.ENDPOINTS, *second_factors.ENDPOINTS, *sessions.ENDPOINTS),
    "account": (*api_keys.ENDPOINTS, *exports.ENDPOINTS, *passkeys.ENDPOINTS),
    "orders": (*orders.ENDPOINTS, *documents.ENDPOINTS),
    "analyses": analyses.ENDPOINTS,
    "payments": payments.ENDPOINTS,
}
"""The stacks of endpoints. Those that describe the API itself are in the API's stack.

`account` has what customers own beside their password, so that neither it nor `auth` has more
resources and secrets than a template may have.
"""


class AppStack(StageStack):
    """A stack of functions. It has layer versions of its own.

    A layer shared between stacks would be a parameter, and a new value of a parameter does not
    publish a new version of a function: the alias would still name the old code.
    """

    def __init__(
        self,
        scope: Construct,
        noun: str,
        *,
        settings: Settings,
        layers: dict[str, Layer],
        specs: Iterable[FunctionSpec],
        purpose: str,
    ) -> None:
        super().__init__(
            scope, Names(settings.stage).stack(noun), settings=settings, purpose=purpose
        )
        used = {layer for spec in specs for layer in spec.layers}
        self.context = FunctionContext(
            settings=settings,
            layers=LayerVersions(
                self,
                "Layers",
                built={name: layer for name, layer in layers.items() if name in used},
                settings=settings,
            ),
            data=DataReferences(self, settings),
        )


class ApiStack(AppStack):
    """The HTTP API, its stage and authorizer, and the endpoints that describe the API."""

    def __init__(self, scope: Construct, *, settings: Settings, layers: dict[str, Layer]) -> None:
        specs = meta.ENDPOINTS
        super().__init__(
            scope,
            "api",
            settings=settings,
            layers=layers,
            specs=(*specs, meta.NOT_FOUND, sessions.AUTHORIZER),
            purpose="the HTTP API",
        )
        api = Api(self, "Api", context=self.context)
        Endpoints(
            self,
            "Endpoints",
            context=self.context,
            http=api.http,
            authorizer=gateway.HttpNoneAuthorizer(),
            specs=specs,
            default=meta.NOT_FOUND,
        )
        self.add_outputs({"ApiEndpoint": api.http.api_endpoint})


class NounStack(AppStack):
    """The endpoints of a noun."""

    def __init__(
        self, scope: Construct, noun: str, *, settings: Settings, layers: dict[str, Layer]
    ) -> None:
        specs = NOUNS[noun]
        super().__init__(
            scope,
            noun,
            settings=settings,
            layers=layers,
            specs=specs,
            purpose=f"the endpoints of {noun}",
        )
        api = ApiReferences(self, "Api", settings=settings)
        Endpoints(
            self,
            "Endpoints",
            context=self.context,
            http=api.http,
            authorizer=api.authorizer,
            specs=specs,
        )
