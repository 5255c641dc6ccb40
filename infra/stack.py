"""Docket, whole: what is kept, who may come in, what answers, what reads, and what shows it."""

from aws_cdk import CfnOutput, Stack
from constructs import Construct

from infra.constructs.alarms import Alarms
from infra.constructs.api import Api
from infra.constructs.data import Data
from infra.constructs.function import Layers, Surroundings
from infra.constructs.identity import Identity
from infra.constructs.payments import Payments
from infra.constructs.reading import Reading
from infra.constructs.website import Website
from infra.layers import Layer
from infra.settings import Settings


class Docket(Stack):
    """One stage of the service."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, layers: dict[str, Layer]
    ) -> None:
        super().__init__(
            scope,
            name,
            description=f"Docket, {settings.stage}: reads documents and sells the reading",
            termination_protection=settings.keeps_data,
        )
        # The library writes down dependencies that a reference already makes; the linter minds.
        self.template_options.metadata = {
            "cfn-lint": {"config": {"ignore_checks": ["W3005"]}},
        }
        data = Data(self, "Data", settings=settings)
        around = Surroundings(
            settings=settings,
            layers=Layers(self, "Layers", built=layers, settings=settings),
            data=data,
            identity=Identity(self, "Identity", settings=settings),
            payments=Payments(self, "Payments", settings=settings),
        )
        api = Api(self, "Api", around=around)
        reading = Reading(self, "Reading", around=around)
        site = Website(
            self, "Website", settings=settings, data=data, api=api, identity=around.identity
        )
        data.allow_site(site.origins)
        if settings.alarms:
            Alarms(self, "Alarms", settings=settings, data=data, api=api, reading=reading)

        for output, value in {
            "SiteUrl": site.url,
            "ApiUrl": f"{site.url}/api/v1",
            "ApiEndpoint": api.http.api_endpoint,
            "SiteBucket": site.bucket.bucket_name,
            "DistributionId": site.distribution.distribution_id,
            "SignInBy": settings.identity,
            "StripeSecret": around.payments.secret.secret_arn,
            "Table": data.table.table_name,
            "Documents": data.documents.bucket_name,
            "Queue": data.queue.queue_url,
            "DeadLetters": data.dead_letters.queue_url,
        }.items():
            CfnOutput(self, output, value=value)
