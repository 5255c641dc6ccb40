"""The HTTP API: its stage and its authorizer. The stack of each noun adds its own routes."""

from aws_cdk import aws_apigatewayv2 as gateway
from constructs import Construct

from infra.constructs.api.authorizer import lambda_authorizer, user_pool_authorizer
from infra.constructs.api.stage import ApiStage
from infra.constructs.functions.context import FunctionContext
from infra.constructs.parameter import put_parameter
from infra.names import API_ID, AUTHORIZER_ID, Names


class Api(Construct):
    """`http`; the other stacks find it and its authorizer by their parameters."""

    def __init__(self, scope: Construct, name: str, *, context: FunctionContext) -> None:
        super().__init__(scope, name)
        settings = context.settings
        self.http = gateway.HttpApi(
            self,
            "Http",
            api_name=Names(settings.stage).api,
            create_default_stage=False,
        )
        ApiStage(self, "Default", http=self.http, settings=settings)
        authorizer = (
            lambda_authorizer(self, http=self.http, context=context)
            if settings.authorizer == "lambda"
            else user_pool_authorizer(self, http=self.http, context=context)
        )
        for parameter, value in {
            API_ID: self.http.api_id,
            AUTHORIZER_ID: authorizer.authorizer_id,
        }.items():
            put_parameter(self, settings=settings, name=parameter, value=value)
