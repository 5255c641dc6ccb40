"""What happens without a caller: documents are read as they come, and promises are kept."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.data import TRIES
from infra.constructs.function import Function, Surroundings, construct_name
from infra.endpoints import ON_UPLOAD, SWEEP

SWEEP_EVERY = Duration.minutes(5)
SWEEP_TIMEOUT = Duration.minutes(2)


class Reading(Construct):
    """`on_upload` reads a document, or a part of one, at a time; `sweep` keeps what is promised."""

    def __init__(self, scope: Construct, name: str, *, around: Surroundings) -> None:
        super().__init__(scope, name)
        reader = around.settings.reader
        self.on_upload = Function(
            self,
            construct_name(ON_UPLOAD),
            row=ON_UPLOAD,
            around=around,
            layers=("core", "vendor", "analysis", "reader"),
            memory_mb=reader.function_memory_mb,
            timeout=Duration.seconds(reader.function_timeout_seconds),
            alias=False,  # nobody waits for it: a snapshot would be paid for and not felt
            environment={
                "DOCKET_READER_TIMEOUT_SECONDS": str(reader.timeout_seconds),
                "DOCKET_READER_MEMORY_MB": str(reader.memory_mb),
                "DOCKET_READER_PAGES_AT_ONCE": str(reader.pages_at_once),
                "DOCKET_READER_TRIES": str(TRIES),
            },
        )
        lambda_.EventSourceMapping(
            self,
            "Uploads",
            target=self.on_upload.function,
            event_source_arn=around.data.queue.queue_arn,
            batch_size=1,  # a document is long work: a batch would wait for its slowest
            report_batch_item_failures=True,
            max_concurrency=reader.side_by_side,
        )
        self.sweep = Function(
            self,
            construct_name(SWEEP),
            row=SWEEP,
            around=around,
            layers=("core", "vendor"),
            memory_mb=around.settings.function_memory_mb,
            timeout=SWEEP_TIMEOUT,
            alias=False,
        )
        events.Rule(
            self,
            "Schedule",
            schedule=events.Schedule.rate(SWEEP_EVERY),
            # The next sweep does what a failed one left, so a failed one is not tried again.
            targets=[targets.LambdaFunction(self.sweep.function, retry_attempts=0)],
        )
