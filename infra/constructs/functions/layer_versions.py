"""The Lambda layers, made from the archives that `infra.layers.build` builds."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.layers.build import Layer
from infra.settings import Settings


class LayerVersions(Construct):
    """`by_name`: the version of each layer."""

    def __init__(
        self, scope: Construct, name: str, *, built: dict[str, Layer], settings: Settings
    ) -> None:
        super().__init__(scope, name)
        architecture = lambda_.Architecture.custom(settings.architecture)
        self.by_name: dict[str, lambda_.ILayerVersion] = {
            layer_name: lambda_.LayerVersion(
                self,
                layer_name.capitalize(),
                code=lambda_.Code.from_asset(str(layer.archive), asset_hash=layer.fingerprint),
                compatible_runtimes=[lambda_.Runtime.PYTHON_3_13],
                compatible_architectures=[architecture],
                removal_policy=RemovalPolicy.DESTROY,
            )
            for layer_name, layer in built.items()
        }
