"""What all stacks of a stage have in common."""

from aws_cdk import CfnOutput, Environment, Stack, Tags
from constructs import Construct

from infra.names import Names
from infra.settings import Settings


class StageStack(Stack):
    """A stack of a stage. `purpose` completes the sentence of its description."""

    def __init__(
        self,
        scope: Construct,
        name: str,
        *,
        settings: Settings,
        purpose: str,
        region: str | None = None,
        termination_protection: bool = False,
    ) -> None:
        super().__init__(
            scope,
            name,
            env=Environment(region=region or settings.region),
            description=f"Docket, {settings.stage}: {purpose}",
            termination_protection=termination_protection,
        )
        for tag, value in tags_of(name, settings).items():
            Tags.of(self).add(tag, value)
        # The linter reports what the CDK writes: dependencies that a reference already implies, and
        # Fn::Join where a person would write Fn::Sub.
        self.template_options.metadata = {
            "cfn-lint": {"config": {"ignore_checks": ["W3005", "W3694"]}},
        }

    def add_outputs(self, outputs: dict[str, str]) -> None:
        """Add names and addresses that people and scripts need after a deployment."""
        for output, value in outputs.items():
            CfnOutput(self, output, value=value)


def tags_of(stack: str, settings: Settings) -> dict[str, str]:
    """The tags of a stack and of each of its resources, by which AWS's bills can be divided."""
    noun = stack.removeprefix(Names(settings.stage).stack("")).removesuffix(f"-{settings.region}")
    return {"project": "docket", "stage": settings.stage, "component": noun}
