"""The HTTP API and its authorizer, as the stacks of other nouns refer to them."""

from aws_cdk import aws_apigatewayv2 as gateway
from constructs import Construct

from infra.constructs.parameter import parameter_value
from infra.names import API_ID, AUTHORIZER_ID
from infra.settings import Settings


class ApiReferences(Construct):
    """`http` and `authorizer`, by the parameters that the API's stack stores."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.http: gateway.IHttpApi = gateway.HttpApi.from_http_api_attributes(
            self,
            "Http",
            http_api_id=parameter_value(self, settings=settings, name=API_ID),
        )
        self.authorizer = gateway.HttpAuthorizer.from_http_authorizer_attributes(
            self,
            "Authorizer",
            authorizer_id=parameter_value(self, settings=settings, name=AUTHORIZER_ID),
            authorizer_type="CUSTOM" if settings.authorizer == "lambda" else "JWT",
        )
