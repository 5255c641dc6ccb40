"""The function that reads documents as they are uploaded."""

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.constructs.nag import suppress_nag
from infra.endpoints.events import ON_UPLOAD


class Ingestion(Construct):
    """`on_upload` reads one document, or one part of a long one, for each message of the queue."""

    def __init__(self, scope: Construct, name: str, *, context: FunctionContext) -> None:
        super().__init__(scope, name)
        reader = context.settings.reader
        self.on_upload = Function(
            self,
            construct_name(ON_UPLOAD),
            spec=ON_UPLOAD,
            context=context,
            timeout=Duration.seconds(reader.function_timeout_seconds),
            alias=False,  # no caller waits for it, so a snapshot would cost money and save no time
        )
        mapping = lambda_.EventSourceMapping(
            self,
            "Uploads",
            target=self.on_upload.function,
            event_source_arn=context.data.queue_arn,
            batch_size=1,  # reading takes long: a batch would wait for its slowest document
            report_batch_item_failures=True,
            max_concurrency=reader.max_concurrency,
        )
        suppress_nag(
            mapping,
            "Serverless-LambdaEventSourceMappingDestination",
            "A mapping of a queue has no destination: the queue has a dead-letter queue.",
        )
