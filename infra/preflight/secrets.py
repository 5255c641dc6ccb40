"""Whether the stage's secrets are filled in. Values are compared here and never shown."""

import json
from collections.abc import Iterator

from infra.deployment.deployed import resources_of, stacks_of_stage
from infra.preflight.account import Account
from infra.preflight.finding import Finding, must, ok, warning

SECRET = "AWS::SecretsManager::Secret"  # noqa: S105 - a type of resource

PREFIXES = {
    "secret_key": ("sk_", "rk_"),
    "publishable_key": ("pk_",),
    "webhook_secret": ("whsec_",),
}
"""How Stripe's keys begin, by their fields of the secret."""

TEST_KEYS = ("sk_test_", "rk_test_", "pk_test_")


def secrets_are_set(account: Account) -> Iterator[Finding]:
    """The first deployment creates the secrets, and Stripe's keys are stored afterwards."""
    stacks = stacks_of_stage(account.clients, account.settings.stage, account.region)
    arns = [
        resource.id
        for stack in stacks
        for resource in resources_of(account.clients, stack)
        if resource.kind == SECRET
    ]
    if not arns:
        yield ok("There are no secrets yet: the first deployment creates them.")
    for arn in arns:
        yield _secret_finding(account, arn)


def _secret_finding(account: Account, arn: str) -> Finding:
    secretsmanager = account.clients.client("secretsmanager", region_name=account.region)
    fields = _fields(secretsmanager.get_secret_value(SecretId=arn)["SecretString"])
    command = (
        "Write the keys to a file as docs/deployment.md shows; then aws secretsmanager "
        f"put-secret-value --secret-id {arn} --secret-string file://stripe.json"
    )
    if empty := sorted(name for name, value in fields.items() if not value.strip()):
        return must(f"{arn}: not filled in: {', '.join(empty)}.", command)
    wrong = sorted(
        name
        for name, prefixes in PREFIXES.items()
        if name in fields and not fields[name].startswith(prefixes)
    )
    if wrong:
        return must(f"{arn}: not one of Stripe's keys of that kind: {', '.join(wrong)}.", command)
    if account.settings.keeps_data and any(v.startswith(TEST_KEYS) for v in fields.values()):
        return warning(
            f"{arn}: Stripe's test keys take no money.", "Store the live keys before you open."
        )
    return ok(f"{arn} is filled in.")


def _fields(secret: str) -> dict[str, str]:
    """The fields of a secret; a secret that is not an object is one field."""
    try:
        value = json.loads(secret)
    except ValueError:
        return {"value": secret}
    if not isinstance(value, dict):
        return {"value": secret}
    return {name: str(field) for name, field in value.items()}
