"""The templates of a cloud assembly, with their expressions resolved as CloudFormation would.

A resource without a name of its own is named by its logical id.
"""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ACCOUNT, REGION = "123456789012", "eu-central-1"

_PSEUDO_PARAMETERS = {
    "AWS::AccountId": ACCOUNT,
    "AWS::Region": REGION,
    "AWS::Partition": "aws",
    "AWS::URLSuffix": "amazonaws.com",
}
_NAME_PROPERTIES = {
    "AWS::Cognito::UserPool": "UserPoolId",
    "AWS::DynamoDB::GlobalTable": "TableName",
    "AWS::DynamoDB::Table": "TableName",
    "AWS::IAM::Role": "RoleName",
    "AWS::Lambda::Function": "FunctionName",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::SSM::Parameter": "Name",
    "AWS::SecretsManager::Secret": "Name",
}
_SSM_PARAMETER = re.compile(r"{{resolve:ssm:([^:}]+)(:\d+)?}}")

type Json = dict[str, Any]


def arn(service: str, resource: str) -> str:
    """The ARN of a resource of the stage's account and region."""
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def queue_arn(url: str) -> str:
    """The ARN of the queue with that URL."""
    return arn("sqs", url.rpartition("/")[2])


def secret_arn(name: str) -> str:
    """The ARN of a secret: Secrets Manager appends six characters to its name."""
    return name if name.startswith("arn:") else arn("secretsmanager", f"secret:{name}-Ab12Cd")


_ARNS: dict[str, Callable[[str], str]] = {
    "AWS::Cognito::UserPool": lambda name: arn("cognito-idp", f"userpool/{name}"),
    "AWS::DynamoDB::GlobalTable": lambda name: arn("dynamodb", f"table/{name}"),
    "AWS::DynamoDB::Table": lambda name: arn("dynamodb", f"table/{name}"),
    "AWS::Lambda::Function": lambda name: arn("lambda", f"function:{name}"),
    "AWS::Logs::LogGroup": lambda name: arn("logs", f"log-group:{name}:*"),
    "AWS::S3::Bucket": lambda name: f"arn:aws:s3:::{name}",
    "AWS::SQS::Queue": lambda name: arn("sqs", name),
    "AWS::SecretsManager::Secret": secret_arn,
}
"""The ARN of a resource of a type, by its name."""


class Template:
    """One template of an assembly."""

    def __init__(self, document: Json, assembly: "Assembly") -> None:
        self.resources: dict[str, Json] = document["Resources"]
        self._parameters: dict[str, Json] = document.get("Parameters", {})
        self._assembly = assembly

    def of_type(self, kind: str) -> Iterator[tuple[str, Json]]:
        """The logical id and the properties of each resource of a type."""
        for logical_id, resource in self.resources.items():
            if resource["Type"] == kind:
                yield logical_id, resource.get("Properties", {})

    def text(self, expression: Any) -> str:
        """The value of an expression. Raises `ValueError` for an unknown function."""
        match expression:
            case str():
                return self._assembly.with_parameters(expression)
            case {"Ref": name}:
                return self._reference(name)
            case {"Fn::GetAtt": [logical_id, "Arn"]}:
                return self._arn(logical_id)
            case {"Fn::GetAtt": [logical_id, attribute]}:
                return f"<{logical_id}.{attribute}>"
            case {"Fn::Join": [separator, parts]}:
                return str(separator).join(self.text(part) for part in parts)
            case {"Fn::Select": [index, {"Fn::Split": [separator, whole]}]}:
                return self.text(whole).split(separator)[int(index)]
        raise ValueError(f"an unknown expression: {expression}")

    def _reference(self, name: str) -> str:
        if name in _PSEUDO_PARAMETERS:
            return _PSEUDO_PARAMETERS[name]
        if name in self._parameters:
            return self._assembly.parameter(self._parameters[name]["Default"])
        match self.resources[name]["Type"]:
            case "AWS::SQS::Queue":
                return f"https://sqs.{REGION}.amazonaws.com/{ACCOUNT}/{self._name(name)}"
            case "AWS::SecretsManager::Secret":
                return self._arn(name)
            case "AWS::Lambda::Alias":
                return self.text(self.resources[name]["Properties"]["FunctionName"])
        return self._name(name)

    def _name(self, logical_id: str) -> str:
        resource = self.resources[logical_id]
        name = _NAME_PROPERTIES.get(resource["Type"], "")
        return self.text(resource.get("Properties", {}).get(name, logical_id))

    def _arn(self, logical_id: str) -> str:
        make_arn = _ARNS.get(self.resources[logical_id]["Type"])
        return make_arn(self._name(logical_id)) if make_arn else f"<{logical_id}>"


class Assembly:
    """All templates of a folder that `cdk synth` wrote."""

    def __init__(self, folder: Path) -> None:
        paths = sorted(folder.glob("*.template.json"))
        self.templates = [Template(json.loads(path.read_text()), self) for path in paths]
        if not self.templates:
            raise ValueError(f"{folder} has no template")

    def parameter(self, name: str) -> str:
        """The value of the SSM parameter that a template of the assembly creates."""
        for template in self.templates:
            for _, properties in template.of_type("AWS::SSM::Parameter"):
                if "Name" in properties and template.text(properties["Name"]) == name:
                    return template.text(properties["Value"])
        raise ValueError(f"no template creates the parameter {name}")

    def with_parameters(self, text: str) -> str:
        """The text with the values of the SSM parameters that it refers to."""
        return _SSM_PARAMETER.sub(lambda match: self.parameter(match[1]), text)
