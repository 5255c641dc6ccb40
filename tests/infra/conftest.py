"""The synthesised templates, each synthesised once per session."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import pytest
from aws_cdk import cx_api
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.layers.build import OWN, THIRD_PARTY, Layer
from infra.names import Names
from infra.setting_types.mail_sender import MailSender
from infra.setting_types.operator import Operator
from infra.settings import DEV, PROD, Domain, Emulator, Settings, local
from infra.stacks.stage import add_stacks
from local.emulator import run_emulator
from local.stack import free_port
from tests.iam.assembly import Assembly
from tests.iam.roles import SYNTHESISED, roles_of

EMULATOR = Emulator(port=4566, stripe_api="http://127.0.0.1:4567")
ACCOUNT = "123456789012"
REGION = "eu-central-1"
CONTEXT = json.loads(Path("cdk.json").read_text())["context"]

OPERATOR = Operator(
    name="Example GmbH", address=("Main Street 1", "20457 Hamburg"), mail="office@docket.example"
)

STAGES = {
    "dev": replace(DEV, region=REGION),
    "prod": replace(PROD, region=REGION, alarm_email="on-call@example.com", operator=OPERATOR),
    # This stage also has the other settings that are off by default.
    "dev with cognito": replace(
        DEV,
        region=REGION,
        identity_provider="cognito",
        malware_scan=True,
        mail=MailSender(address="docket@example.com"),
    ),
    "local": local(architecture="x86_64", emulator=EMULATOR),
    "prod with gateway": replace(
        PROD,
        region=REGION,
        alarm_email="on-call@example.com",
        operator=OPERATOR,
        identity_provider="cognito",
        authorizer="gateway",
    ),
    "prod with a domain": replace(
        PROD,
        region="us-east-1",
        alarm_email="on-call@example.com",
        operator=OPERATOR,
        domain=Domain(name="docket.example", hosted_zone_id="Z1"),
    ),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests in one process (`--dist loadgroup`): each stage is synthesised once."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("infra"))


@dataclass(frozen=True)
class Synthesised:
    """The templates of a stage by the names of their stacks, and the findings of cdk-nag.

    `warnings` has those of the CDK itself, which every `cdk` command prints.
    `dependencies` names the stacks that are deployed before a stack, `locations` the region and the
    name of each stack, `protected` the stacks that cannot be deleted.
    """

    settings: Settings
    folder: Path
    templates: dict[str, dict[str, Any]]
    findings: list[str]
    warnings: list[str]
    dependencies: dict[str, frozenset[str]]
    locations: frozenset[tuple[str, str]]
    protected: frozenset[str]

    @property
    def template_paths(self) -> list[Path]:
        """The files of the templates."""
        return [self.folder / f"{stack}.template.json" for stack in self.templates]

    def stack(self, noun: str) -> dict[str, Any]:
        """The template of a stack by its noun."""
        return self.templates[self.stack_name(noun)]

    def stack_name(self, noun: str) -> str:
        """The name of a stack in the stage's region."""
        return Names(self.settings.stage).stack(noun)

    def deployed_before(self, stack: str) -> frozenset[str]:
        """The stacks that are deployed before a stack, directly or not."""
        direct = self.dependencies[stack]
        return direct.union(*(self.deployed_before(name) for name in direct))

    @property
    def resources(self) -> dict[str, dict[str, Any]]:
        """The resources of all stacks by logical id. Stacks share the ids of equal layers only."""
        resources: dict[str, dict[str, Any]] = {}
        for template in self.templates.values():
            for name, resource in template["Resources"].items():
                assert resources.setdefault(name, resource) == resource, name
        return resources

    @property
    def outputs(self) -> dict[str, Any]:
        """The values of the outputs of all stacks."""
        return {
            name: output["Value"]
            for template in self.templates.values()
            for name, output in template.get("Outputs", {}).items()
        }

    def of_type(self, kind: str) -> dict[str, dict[str, Any]]:
        """Resources of a type, by logical id."""
        return {
            name: resource for name, resource in self.resources.items() if resource["Type"] == kind
        }

    def only(self, kind: str, part: str = "") -> dict[str, Any]:
        """The properties of the one resource of its type whose logical id starts with `part`."""
        (resource,) = [
            resource for name, resource in self.of_type(kind).items() if name.startswith(part)
        ]
        return dict(resource["Properties"])

    def resolved(self, value: Any, region: str = REGION) -> str:
        """An expression of a template, as CloudFormation resolves it in a commercial region.

        A reference to a resource becomes `<logical id>`, one to an SSM parameter `<its name>`, one
        to an output `<output NAME of STACK in REGION>`.
        """
        known = {
            "AWS::AccountId": ACCOUNT,
            "AWS::Region": region,
            "AWS::URLSuffix": "amazonaws.com",
            "AWS::Partition": "aws",
            **self._parameters(),
        }
        match value:
            case str():
                return value
            case {"Ref": name}:
                return known.get(name, f"<{name}>")
            case {"Fn::GetAtt": [name, attribute]}:
                return f"<{name}.{attribute}>"
            case {"Fn::Join": [separator, parts]}:
                return str(separator).join(self.resolved(part, region) for part in parts)
            case {"Fn::GetStackOutput": {"StackName": stack, "OutputName": name, "Region": where}}:
                return f"<output {name} of {stack} in {where}>"
        raise AssertionError(f"an unexpected expression: {value}")

    def _parameters(self) -> dict[str, str]:
        """The names of the SSM parameters that the templates read, by logical id."""
        return {
            name: f"<{parameter['Default']}>"
            for template in self.templates.values()
            for name, parameter in template.get("Parameters", {}).items()
        }

    def page_policy(self, region: str) -> dict[str, list[str]]:
        """The sources of each directive of the pages' Content-Security-Policy."""
        config = self.only("AWS::CloudFront::Distribution")["DistributionConfig"]
        policy_id = config["DefaultCacheBehavior"]["ResponseHeadersPolicyId"]["Ref"]
        headers = self.resources[policy_id]["Properties"]
        security = headers["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
        text = self.resolved(security["ContentSecurityPolicy"]["ContentSecurityPolicy"], region)
        return {name: sources for name, *sources in (rule.split() for rule in text.split(";"))}

    def functions(self) -> dict[str, dict[str, Any]]:
        """The Lambdas' properties by their row's name, with the logical id under `Id`."""
        return {
            resource["Properties"]["Handler"].removesuffix(".handler"): {
                **resource["Properties"],
                "Id": name,
            }
            for name, resource in self.of_type("AWS::Lambda::Function").items()
        }


@pytest.fixture
def emulator(tmp_path_factory):
    state, port = tmp_path_factory.mktemp("emulator"), free_port()
    service = run_emulator(state, port)
    yield f"http://127.0.0.1:{port}"
    service.stop()


@pytest.fixture(scope="session")
def layers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Layer]:
    """Empty layers: templates do not depend on their content."""
    empty = tmp_path_factory.mktemp("layer")
    (empty / "python").mkdir()
    (empty / "python/nothing.txt").write_text("")
    shutil.make_archive(str(empty), "zip", empty)
    return {name: Layer(empty, name * 8) for name in (*OWN, *THIRD_PARTY)}


@pytest.fixture(scope="session")
def synthesise(
    tmp_path_factory: pytest.TempPathFactory, layers: dict[str, Layer]
) -> Callable[[str], Synthesised]:
    """Synthesise a stage."""

    @cache
    def synthesise_stage(stage: str) -> Synthesised:
        settings = STAGES[stage]
        out = tmp_path_factory.mktemp(stage.replace(" ", "-"))
        app = cdk.App(outdir=str(out), context=CONTEXT)
        add_stacks(app, settings=settings, layers=layers)
        if settings.tls:
            cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
        assembly = app.synth()
        SYNTHESISED[stage] = settings.identity, roles_of(Assembly(out))
        return read_assembly(assembly, settings)

    return synthesise_stage


def read_assembly(assembly: cx_api.CloudAssembly, settings: Settings) -> Synthesised:
    """The stacks of an assembly."""
    stacks = assembly.stacks
    names = {stack.id: stack.stack_name for stack in stacks}
    folder = Path(assembly.directory)
    return Synthesised(
        settings=settings,
        folder=folder,
        templates={stack.stack_name: stack.template for stack in stacks},
        findings=findings(folder),
        warnings=[message.entry.data for stack in stacks for message in stack.messages],
        dependencies={
            stack.stack_name: frozenset(
                names[artifact.id] for artifact in stack.dependencies if artifact.id in names
            )
            for stack in stacks
        },
        locations=frozenset((stack.environment.region, stack.stack_name) for stack in stacks),
        protected=frozenset(stack.stack_name for stack in stacks if stack.termination_protection),
    )


def findings(out: Path) -> list[str]:
    """`<rule>: <constructs>` for each rule of cdk-nag that an assembly violates."""
    report = out / "validation-report.json"
    if not report.is_file():
        return []
    return [
        f"{violation['ruleName']}: "
        + ", ".join(at["constructPath"] for at in violation["violatingConstructs"])
        for plugin in json.loads(report.read_text())["pluginReports"]
        for violation in plugin["violations"]
    ]
