"""The environment of a function: the variables of `docket.runtime.config` that its row needs."""

import json
from collections.abc import Callable
from dataclasses import asdict

from infra.constructs.functions.context import FunctionContext
from infra.constructs.identity_provider import AUDIENCE, ISSUER
from infra.constructs.identity_provider.edge_key import edge_key_value
from infra.endpoint_spec import ConfigGroup, FunctionSpec, QueueName
from infra.metrics import NAMESPACE, service_name
from infra.names import Names
from infra.queues import MAX_RECEIVE_COUNT


def environment_of(spec: FunctionSpec, context: FunctionContext) -> dict[str, str]:
    """The variables by name: those of each group that the row needs, and Powertools'."""
    environment = {
        "POWERTOOLS_SERVICE_NAME": service_name(context.settings.stage),
        "POWERTOOLS_METRICS_NAMESPACE": NAMESPACE,
        "POWERTOOLS_LOG_LEVEL": "INFO",
    }
    settings = context.settings
    access = spec.access(settings.identity, malware_scan=settings.malware_scan)
    for group in sorted(access.config_groups()):
        environment |= VARIABLES[group](context)
    return environment


def _table(context: FunctionContext) -> dict[str, str]:
    return {"DOCKET_TABLE": context.data.table_name}


def _bucket(context: FunctionContext) -> dict[str, str]:
    return {"DOCKET_BUCKET": context.data.bucket_name}


def _queue_urls(context: FunctionContext, *names: QueueName) -> dict[str, str]:
    return {f"DOCKET_{name.upper()}_QUEUE_URL": context.data.queue_url(name) for name in names}


def _reading_queues(context: FunctionContext) -> dict[str, str]:
    return _queue_urls(context, "readings", "parts")


def _result_queue(context: FunctionContext) -> dict[str, str]:
    return _queue_urls(context, "results")


def _export_queue(context: FunctionContext) -> dict[str, str]:
    return _queue_urls(context, "exports")


def _report_queue(context: FunctionContext) -> dict[str, str]:
    return _queue_urls(context, "reports")


def _debt_queues(context: FunctionContext) -> dict[str, str]:
    return _queue_urls(context, "money", "work", "housekeeping")


def _mail_queue(context: FunctionContext) -> dict[str, str]:
    return _queue_urls(context, "mail")


def _mail(context: FunctionContext) -> dict[str, str]:
    settings = context.settings
    environment = {"DOCKET_SITE_URL": context.data.site_url, **_mail_sender(context)}
    if settings.mail_sender:
        environment["DOCKET_MAIL_CONFIGURATION"] = Names(settings.stage).mail
    return environment


def _mail_sender(context: FunctionContext) -> dict[str, str]:
    sender = context.settings.mail_sender
    return {"DOCKET_MAIL_SENDER": sender.address} if sender else {}


def _identity(context: FunctionContext) -> dict[str, str]:
    settings = context.settings
    return {
        "DOCKET_IDENTITY_PROVIDER": settings.identity_provider,
        "DOCKET_AUTHORIZER": settings.authorizer,
    }


def _verification(context: FunctionContext) -> dict[str, str]:
    return {"DOCKET_VERIFICATION": context.settings.verification_in_force}


def _relying_party(context: FunctionContext) -> dict[str, str]:
    settings = context.settings
    environment = {"DOCKET_SITE_SCHEME": "https" if settings.tls else "http"}
    if relying_party := settings.relying_party_in_force:
        environment["DOCKET_RELYING_PARTY"] = relying_party
    return environment


def _rate_limits(context: FunctionContext) -> dict[str, str]:
    limits = asdict(context.settings.rate_limits)
    return {"DOCKET_RATE_LIMITS": json.dumps(limits, separators=(",", ":"))}


def _edge(context: FunctionContext) -> dict[str, str]:
    # Sorted: whichever key the distribution sends, the functions stay the same. A generated secret
    # has no spaces.
    labels = sorted(context.settings.edge_keys)
    return {"DOCKET_EDGE_KEYS": " ".join(edge_key_value(context.data, label) for label in labels)}


def _prices(context: FunctionContext) -> dict[str, str]:
    prices = context.settings.prices
    return {
        "DOCKET_PRICE_BASE": str(prices.base),
        "DOCKET_PRICE_PER_PAGE": str(prices.per_page),
        "DOCKET_PRICE_CURRENCY": prices.currency,
    }


def _limits(context: FunctionContext) -> dict[str, str]:
    limits = context.settings.limits
    return {
        "DOCKET_UNPAID_ORDERS": str(limits.unpaid_orders),
        "DOCKET_UNPAID_PAGES": str(limits.unpaid_pages),
        "DOCKET_DOCUMENTS_A_DAY": str(limits.documents_a_day),
        "DOCKET_READER_SLOTS": str(limits.reader_slots),
    }


def _deadlines(context: FunctionContext) -> dict[str, str]:
    deadlines = context.settings.deadlines
    return {
        "DOCKET_ORDER_EXPIRY_DAYS": str(deadlines.order_expiry_days),
        "DOCKET_COMPLETION_MINUTES": str(deadlines.completion_minutes),
    }


def _reader(context: FunctionContext) -> dict[str, str]:
    reader = context.settings.reader
    return {
        "DOCKET_READER_TIMEOUT_SECONDS": str(reader.timeout_seconds),
        "DOCKET_READER_MEMORY_MB": str(context.settings.reading_memory_mb),
        "DOCKET_READER_PAGES_AT_ONCE": str(reader.pages_at_once),
        "DOCKET_READER_TRIES": str(MAX_RECEIVE_COUNT),
        "DOCKET_READER_SANDBOX": reader.sandbox,
    }


def _uploads(context: FunctionContext) -> dict[str, str]:
    return {
        "DOCKET_MALWARE_SCAN": str(context.settings.malware_scan).lower(),
        "DOCKET_READER_TRIES": str(MAX_RECEIVE_COUNT),
    }


def _tokens(context: FunctionContext) -> dict[str, str]:
    tokens = context.settings.tokens
    return {
        "DOCKET_TOKEN_SECRET": context.data.secret_arn("token_key"),
        "DOCKET_ISSUER": ISSUER,
        "DOCKET_AUDIENCE": AUDIENCE,
        "DOCKET_ACCESS_TOKEN_SECONDS": str(tokens.access_seconds),
        "DOCKET_REFRESH_TOKEN_SECONDS": str(tokens.refresh_seconds),
        "DOCKET_SESSION_SECONDS": str(tokens.session_seconds),
    }


def _retention(context: FunctionContext) -> dict[str, str]:
    settings = context.settings
    environment = {
        "DOCKET_INVOICE_YEARS": str(settings.retention.invoice_years),
        "DOCKET_NOTICE_DAYS": str(settings.retention.notice_days),
    }
    if unused_days := settings.unused_days_in_force:
        environment["DOCKET_UNUSED_DAYS"] = str(unused_days)
    if cancelled_days := settings.retention.cancelled_days:
        environment["DOCKET_CANCELLED_DAYS"] = str(cancelled_days)
    return environment


def _sealing(context: FunctionContext) -> dict[str, str]:
    return {"DOCKET_SEALING_SECRET": context.data.secret_arn("sealing_key")}


def _reauthentication(context: FunctionContext) -> dict[str, str]:
    seconds = context.settings.tokens.reauthentication_seconds
    return {"DOCKET_REAUTHENTICATION_SECONDS": str(seconds)}


def _user_pool(context: FunctionContext) -> dict[str, str]:
    return {
        "DOCKET_USER_POOL_ID": context.data.user_pool_id,
        "DOCKET_USER_POOL_CLIENT_ID": context.data.user_pool_client_id,
        "DOCKET_REFRESH_TOKEN_SECONDS": str(context.settings.tokens.refresh_seconds),
    }


def _stripe(context: FunctionContext) -> dict[str, str]:
    settings = context.settings
    return {
        "DOCKET_STRIPE_SECRET": context.data.secret_arn("stripe"),
        # Separates the payments of stages that share a Stripe account.
        "DOCKET_STAGE": settings.stage,
        "DOCKET_DISPUTE_CLOSES": str(settings.dispute_closes).lower(),
        **({"DOCKET_STRIPE_API": settings.emulator.stripe_api} if settings.emulator else {}),
    }


VARIABLES: dict[ConfigGroup, Callable[[FunctionContext], dict[str, str]]] = {
    "table": _table,
    "bucket": _bucket,
    "reading_queues": _reading_queues,
    "result_queue": _result_queue,
    "export_queue": _export_queue,
    "report_queue": _report_queue,
    "debt_queues": _debt_queues,
    "mail_queue": _mail_queue,
    "mail_sender": _mail_sender,
    "mail": _mail,
    "tokens": _tokens,
    "reauthentication": _reauthentication,
    "sealing": _sealing,
    "user_pool": _user_pool,
    "stripe": _stripe,
    "edge": _edge,
    "identity": _identity,
    "verification": _verification,
    "relying_party": _relying_party,
    "rate_limits": _rate_limits,
    "prices": _prices,
    "limits": _limits,
    "deadlines": _deadlines,
    "retention": _retention,
    "reader": _reader,
    "uploads": _uploads,
}
