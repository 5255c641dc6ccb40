"""A function that receives the messages of queues."""

from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.constructs.nag import suppress_nag
from infra.endpoint_spec import FunctionSpec
from infra.queues import QUEUES, QueueSpec


class QueueFunction(Construct):
    """The function of a row, and a mapping for each queue whose messages it receives."""

    def __init__(
        self, scope: Construct, name: str, *, spec: FunctionSpec, context: FunctionContext
    ) -> None:
        super().__init__(scope, name)
        self._context = context
        function = Function(
            self,
            construct_name(spec),
            spec=spec,
            context=context,
            alias=False,  # no caller waits for it, so a snapshot would cost money and save no time
        ).function
        for queue in QUEUES:
            if queue.consumer is spec:
                self._map(queue, function)

    def _map(self, queue: QueueSpec, function: lambda_.Function) -> None:
        mapping = lambda_.EventSourceMapping(
            self,
            queue.name.capitalize(),
            target=function,
            event_source_arn=self._context.data.queue_arn(queue.name),
            batch_size=queue.batch_size,
            report_batch_item_failures=True,
            max_concurrency=queue.concurrency(self._context.settings),
        )
        suppress_nag(
            mapping,
            "Serverless-LambdaEventSourceMappingDestination",
            "A mapping of a queue has no destination: the queue has a dead-letter queue.",
        )
