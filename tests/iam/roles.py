"""The roles of a synthesised stage's functions, from all templates of its cloud assembly."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from infra.endpoint_spec import Identity
from tests.iam.assembly import Assembly, Template, arn, queue_arn, secret_arn
from tests.iam.calls import (
    BUCKET,
    KINDS,
    MAIL_CONFIGURATION,
    MAIL_SENDER,
    POOL,
    QUEUE,
    SECRET,
    SENDER,
    TABLE,
    CombinedNeed,
)
from tests.iam.policy import Request, Statement, UnsupportedPolicy

RECEIVE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")
LOGGING = ("logs:CreateLogStream", "logs:PutLogEvents")
IDENTITY = "DOCKET_IDENTITY_PROVIDER"
MALWARE_SCAN = "DOCKET_MALWARE_SCAN"
TRACING = ("xray:PutTraceSegments", "xray:PutTelemetryRecords")

type Json = dict[str, Any]


@dataclass(frozen=True)
class Role:
    """What a function's role allows, and what names the resources of the function's stage.

    `lambda_requests` are those that Lambda itself makes with the role: for logs, traces and an
    event source.
    """

    statements: tuple[Statement, ...]
    environment: dict[str, str]
    knows_identity: bool
    lambda_requests: tuple[Request, ...]
    malware_scan: bool = False
    """Whether the function's stage scans uploads."""
    mail_identity: str = ""
    """What SES verified of the sender of the function's stage: the address, or its domain."""

    @property
    def sends_mail(self) -> bool:
        """Whether the function's stage has a sender of mail."""
        return any(name.endswith(MAIL_SENDER) for name in self.environment)

    def request(self, need: CombinedNeed) -> Request:
        """A need as a request of this stage. Its resource is empty if no variable names it."""
        name = self.environment.get(need.variable, "")
        if need.variable.endswith(MAIL_SENDER):
            name = self.mail_identity
        values = need.values
        if need.condition_key == SENDER:
            values = frozenset(self.environment.get(variable, "") for variable in values)
        context = {need.condition_key: values} if need.condition_key else {}
        return Request(need.action, _resource(need, name) if name else "", context)


def roles_of(assembly: Assembly) -> dict[str, Role]:
    """The roles by the names of the functions' rows."""
    mapped: dict[str, list[str]] = {}
    verified: set[str] = set()
    for template in assembly.templates:
        for _, identity in template.of_type("AWS::SES::EmailIdentity"):
            verified.add(template.text(identity["EmailIdentity"]))
        for _, mapping in template.of_type("AWS::Lambda::EventSourceMapping"):
            queues = mapped.setdefault(template.text(mapping["FunctionName"]), [])
            queues.append(template.text(mapping["EventSourceArn"]))
    return {
        properties["Handler"].removesuffix(".handler"): _role(
            template, properties, mapped.get(template.text({"Ref": logical_id}), []), verified
        )
        for template in assembly.templates
        for logical_id, properties in template.of_type("AWS::Lambda::Function")
    }


type StageRoles = tuple[Identity, dict[str, Role]]
"""A stage's identity, and its roles by the names of the functions' rows."""

SYNTHESISED: dict[str, StageRoles] = {}
"""The roles of each stage that was synthesised in this process."""


def plain_roles(stages: Mapping[str, StageRoles]) -> Json:
    """The stages' roles as values that JSON has."""
    return {
        stage: [
            identity,
            {
                name: [
                    [statement.document for statement in role.statements],
                    role.environment,
                    role.knows_identity,
                    [[request.action, request.resource] for request in role.lambda_requests],
                    role.malware_scan,
                    role.mail_identity,
                ]
                for name, role in roles.items()
            },
        ]
        for stage, (identity, roles) in stages.items()
    }


def roles_from(plain: Json) -> dict[str, StageRoles]:
    """The inverse of `plain_roles`."""
    return {
        stage: (
            identity,
            {
                name: Role(
                    tuple(Statement(document) for document in documents),
                    environment,
                    knows_identity,
                    tuple(Request(action, resource, {}) for action, resource in requests),
                    malware_scan,
                    mail_identity,
                )
                for name, (
                    documents,
                    environment,
                    knows_identity,
                    requests,
                    malware_scan,
                    mail_identity,
                ) in roles.items()
            },
        )
        for stage, (identity, roles) in plain.items()
    }


def _role(template: Template, function: Json, queues: list[str], verified: set[str]) -> Role:
    variables = function.get("Environment", {}).get("Variables", {})
    environment = {
        name: template.text(value) for name, value in variables.items() if name.endswith(KINDS)
    }
    return Role(
        statements=tuple(
            Statement(_resolved(template, document)) for document in _statements(template, function)
        ),
        environment=environment,
        knows_identity=IDENTITY in variables,
        lambda_requests=tuple(_lambda_requests(template, function, queues)),
        malware_scan=variables.get(MALWARE_SCAN) == "true",
        mail_identity=_mail_identity(environment, verified),
    )


def _mail_identity(environment: Mapping[str, str], verified: set[str]) -> str:
    """SES asks for the verified address or, without one, for the verified domain of the sender."""
    addresses = (value for name, value in environment.items() if name.endswith(MAIL_SENDER))
    address = next(addresses, "")
    candidates = (address, address.rpartition("@")[2])
    return next((name for name in candidates if name in verified), "")


def _statements(template: Template, function: Json) -> Iterator[Json]:
    role_id = function["Role"]["Fn::GetAtt"][0]
    role = template.resources[role_id]["Properties"]
    if unknown := role.keys() & {"ManagedPolicyArns", "PermissionsBoundary", "Policies"}:
        raise UnsupportedPolicy(f"{role_id} has {sorted(unknown)}")
    for kind in ("AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"):
        if any(True for _ in template.of_type(kind)):
            raise UnsupportedPolicy(kind)
    for _, policy in template.of_type("AWS::IAM::Policy"):
        if {"Ref": role_id} in policy.get("Roles", []):
            yield from policy["PolicyDocument"]["Statement"]


def _resolved(template: Template, document: Json) -> Json:
    resources = document["Resource"]
    listed = resources if isinstance(resources, list) else [resources]
    return {**document, "Resource": [template.text(resource) for resource in listed]}


def _lambda_requests(template: Template, function: Json, queues: list[str]) -> Iterator[Request]:
    if group := function.get("LoggingConfig", {}).get("LogGroup"):
        stream = arn("logs", f"log-group:{template.text(group)}:log-stream:2026/11/28/[1]0")
        yield from (Request(action, stream, {}) for action in LOGGING)
    if function.get("TracingConfig", {}).get("Mode") == "Active":
        yield from (Request(action, "*", {}) for action in TRACING)
    for queue in queues:
        yield from (Request(action, queue, {}) for action in RECEIVE)


def _resource(need: CombinedNeed, name: str) -> str:
    """The ARN of the resource with that name, or of its part."""
    path = f"/{need.path}" if need.path else ""
    arns = {
        TABLE: lambda: arn("dynamodb", f"table/{name}{path}"),
        BUCKET: lambda: f"arn:aws:s3:::{name}{path}",
        QUEUE: lambda: queue_arn(name),
        SECRET: lambda: secret_arn(name),
        POOL: lambda: arn("cognito-idp", f"userpool/{name}"),
        MAIL_SENDER: lambda: arn("ses", f"identity/{name}"),
        MAIL_CONFIGURATION: lambda: arn("ses", f"configuration-set/{name}"),
    }
    longest_first = sorted(KINDS, key=len, reverse=True)
    return arns[next(kind for kind in longest_first if need.variable.endswith(kind))]()
