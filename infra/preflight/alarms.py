"""Whether an alarm of the stage wakes somebody, who then finds what to do."""

from collections.abc import Iterator

from infra.deployment.deployed import resources_of, stacks_of_stage
from infra.names import Names
from infra.preflight.account import Account
from infra.preflight.finding import Finding, ok, warning

TOPIC = "AWS::SNS::Topic"
PENDING = "PendingConfirmation"
"""What SNS lists instead of the ARN of a subscription whose link nobody has followed."""


def alarms_reach_somebody(account: Account) -> Iterator[Finding]:
    """There is an address, and each deployed topic has a confirmed subscription."""
    settings = account.settings
    if settings.requires_alarm_email and not settings.alarm_email:
        yield warning(
            f"No address is given that alarms of {settings.stage} wake: `make deploy` refuses.",
            "Pass ALARM_EMAIL=… to make, also to this command, or set `alarm_email` in "
            "infra/settings.py.",
        )
    names = Names(settings.stage)
    topics = [
        (stack.region, resource.id)
        for stack in stacks_of_stage(account.clients, settings.stage, account.region)
        for resource in resources_of(account.clients, stack)
        if resource.kind == TOPIC and stack.name != names.stack("mail")
    ]
    if not topics:
        yield ok("There are no alarms yet: the first deployment creates them.")
    for region, topic in topics:
        yield _topic_finding(account, region, topic)


def alarms_lead_to_a_page(account: Account) -> Iterator[Finding]:
    """The descriptions of alarms have an address that a browser can open."""
    settings = account.settings
    if settings.requires_alarm_email and not settings.runbook.startswith("https://"):
        yield warning(
            f"An alarm's message names {settings.runbook}, which is a path in the repository.",
            "Set `runbook` in infra/settings.py to the URL where that page is published.",
        )
    else:
        yield ok(f"An alarm's message names {settings.runbook}.")


def _topic_finding(account: Account, region: str, topic: str) -> Finding:
    sns = account.clients.client("sns", region_name=region)
    subscriptions = [
        subscription["SubscriptionArn"]
        for page in sns.get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
        for subscription in page["Subscriptions"]
    ]
    if PENDING in subscriptions:
        return warning(
            f"{region}: a subscription of the alarms is not confirmed, so they do not reach it.",
            "Let its receiver follow the link in the message of SNS. For a new message, request "
            f"the confirmation again in the console of {region} (SNS, Subscriptions).",
        )
    if not subscriptions and account.settings.requires_alarm_email:
        return warning(
            f"{region}: nobody is subscribed to the alarms.",
            f"Add the address to {topic} in the console (SNS, Topics). SNS deletes subscriptions "
            "that were not confirmed, and a later deployment does not create them again.",
        )
    return ok(f"{region}: alarms have {len(subscriptions)} confirmed subscriptions.")
