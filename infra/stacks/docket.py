"""The service in one stack."""

from aws_cdk import Stack
from constructs import Construct

from infra.constructs.alarms import Alarms
from infra.constructs.alarms.metrics import Metrics
from infra.constructs.api import Api
from infra.constructs.data import Data
from infra.constructs.functions.context import FunctionContext
from infra.constructs.functions.layer_versions import LayerVersions
from infra.constructs.identity_provider import Identity
from infra.constructs.ingestion import Ingestion
from infra.constructs.payments import Payments
from infra.constructs.sweep import ScheduledSweep
from infra.constructs.website import Website
from infra.layers.build import Layer
from infra.settings import Settings
from infra.stacks.outputs import add_outputs


class Docket(Stack):
    """The stack of one stage."""

    def __init__(
        self, scope: Construct, name: str, *, settings: Settings, layers: dict[str, Layer]
    ) -> None:
        super().__init__(
            scope,
            name,
            description=f"Docket, {settings.stage}: extracts facts from documents, for a price",
            termination_protection=settings.keeps_data,
        )
        # CDK writes dependencies that a reference already implies; the linter reports them.
        self.template_options.metadata = {
            "cfn-lint": {"config": {"ignore_checks": ["W3005"]}},
        }
        data = Data(self, "Data", settings=settings)
        context = FunctionContext(
            settings=settings,
            layers=LayerVersions(self, "Layers", built=layers, settings=settings),
            data=data,
            identity_provider=Identity(self, "Identity", settings=settings),
            payments=Payments(self, "Payments", settings=settings),
        )
        api = Api(self, "Api", context=context)
        ingestion = Ingestion(self, "Reading", context=context)
        sweep = ScheduledSweep(self, "Sweep", context=context)
        site = Website(
            self,
            "Website",
            settings=settings,
            data=data,
            api=api,
            identity_provider=context.identity_provider,
        )
        data.documents.allow_site(site.origins)
        metrics = Metrics(
            http=api.http,
            data=data,
            on_upload=ingestion.on_upload.function,
            sweep=sweep.sweep.function,
        )
        Alarms(self, "Alarms", settings=settings, metrics=metrics)
        add_outputs(self, context=context, api=api, site=site)
