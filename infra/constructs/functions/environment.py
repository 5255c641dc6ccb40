"""The environment of a function: the variables of `docket.runtime.config` that its row needs."""

from infra.constructs.functions.context import FunctionContext
from infra.constructs.identity import AUDIENCE, ISSUER
from infra.endpoints import SEND, THROTTLES, FunctionSpec

_SECRET_VARIABLES = {"token_key": "DOCKET_TOKEN_SECRET", "stripe": "DOCKET_STRIPE_SECRET"}


def environment_of(spec: FunctionSpec, context: FunctionContext) -> dict[str, str]:
    """The variables by name."""
    settings = context.settings
    variables = {
        "DOCKET_STAGE": settings.stage,
        "POWERTOOLS_SERVICE_NAME": "docket",
        "POWERTOOLS_METRICS_NAMESPACE": "Docket",
        "POWERTOOLS_LOG_LEVEL": "INFO",
    }
    arns = context.secret_arns()
    variables |= {_SECRET_VARIABLES[name]: arns[name] for name in spec.secrets if name in arns}
    if spec.table:
        variables["DOCKET_TABLE"] = context.data.table.table_name
    if spec.objects:
        variables["DOCKET_BUCKET"] = context.data.documents.bucket.bucket_name
    if SEND[0] in spec.queue:
        variables["DOCKET_QUEUE_URL"] = context.data.queue.queue_url
    if "stripe" in spec.secrets and settings.emulator:
        variables["DOCKET_STRIPE_API"] = settings.emulator.stripe_api
    if spec.prices:
        variables["DOCKET_PRICE_BASE"] = str(settings.prices.base)
        variables["DOCKET_PRICE_PER_PAGE"] = str(settings.prices.per_page)
        variables["DOCKET_PRICE_CURRENCY"] = settings.prices.currency
    if spec.name.startswith("auth/"):
        variables["DOCKET_IDENTITY"] = settings.identity
        variables["DOCKET_ISSUER"] = ISSUER
        variables["DOCKET_AUDIENCE"] = AUDIENCE
        variables["DOCKET_ACCESS_TOKEN_SECONDS"] = str(settings.tokens.access_seconds)
        variables["DOCKET_REFRESH_TOKEN_SECONDS"] = str(settings.tokens.refresh_seconds)
        if context.identity.pool and context.identity.client:
            variables["DOCKET_USER_POOL_ID"] = context.identity.pool.user_pool_id
            variables["DOCKET_USER_POOL_CLIENT_ID"] = context.identity.client.user_pool_client_id
    if any(THROTTLES in grant.keys for grant in spec.table):
        variables["DOCKET_FAILED_LOGINS"] = str(settings.tries.failed_logins)
        variables["DOCKET_REGISTRATIONS"] = str(settings.tries.registrations)
        # Filled in when the stack is deployed; see the construct for why that is good enough.
        variables["DOCKET_EDGE_KEY"] = context.identity.edge_key.secret_value.unsafe_unwrap()
    return variables
