"""The function that reads documents as they are uploaded."""

from aws_cdk import Duration
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.data.upload_queue import MAX_RECEIVE_COUNT
from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.endpoints import ON_UPLOAD


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
            layers=("core", "vendor", "analysis", "reader"),
            memory_mb=reader.function_memory_mb,
            timeout=Duration.seconds(reader.function_timeout_seconds),
            alias=False,  # nobody waits for it, so a snapshot would cost money and save no time
            environment={
                "DOCKET_READER_TIMEOUT_SECONDS": str(reader.timeout_seconds),
                "DOCKET_READER_MEMORY_MB": str(reader.memory_mb),
                "DOCKET_READER_PAGES_AT_ONCE": str(reader.pages_at_once),
                "DOCKET_READER_TRIES": str(MAX_RECEIVE_COUNT),
            },
        )
        lambda_.EventSourceMapping(
            self,
            "Uploads",
            target=self.on_upload.function,
            event_source_arn=context.data.queue.queue_arn,
            batch_size=1,  # a document is long work: a batch would wait for its slowest
            report_batch_item_failures=True,
            max_concurrency=reader.max_concurrency,
        )
