"""The outputs of the stack."""

from aws_cdk import CfnOutput, Stack

from infra.constructs.api import Api
from infra.constructs.functions.context import FunctionContext
from infra.constructs.website import Website


def add_outputs(stack: Stack, *, context: FunctionContext, api: Api, site: Website) -> None:
    """Add the names and addresses that people and scripts need after a deployment."""
    data = context.data
    for output, value in {
        "SiteUrl": site.url,
        "ApiUrl": f"{site.url}/api/v1",
        "ApiEndpoint": api.http.api_endpoint,
        "SiteBucket": site.bucket.bucket_name,
        "DistributionId": site.distribution.distribution_id,
        "SignInBy": context.settings.identity_provider,
        "StripeSecret": context.payments.secret.secret_arn,
        "Table": data.table.table_name,
        "Documents": data.documents.bucket.bucket_name,
        "Queue": data.queue.queue_url,
        "DeadLetters": data.dead_letters.queue_url,
    }.items():
        CfnOutput(stack, output, value=value)
