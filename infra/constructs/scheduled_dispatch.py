"""The function that sends what is due to the workers, and its schedule."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.constructs.nag import suppress_nag
from infra.endpoints.events import DISPATCH, DISPATCH_MINUTES


class ScheduledDispatch(Construct):
    """`dispatch`, invoked by a schedule."""

    def __init__(self, scope: Construct, name: str, *, context: FunctionContext) -> None:
        super().__init__(scope, name)
        function = Function(
            self, construct_name(DISPATCH), spec=DISPATCH, context=context, alias=False
        ).function
        rule = events.Rule(
            self,
            "Schedule",
            schedule=events.Schedule.rate(Duration.minutes(DISPATCH_MINUTES)),
            # The next run finds what a failed one left, so failures are not retried.
            targets=[targets.LambdaFunction(function, retry_attempts=0)],
        )
        suppress_nag(
            rule,
            "Serverless-EventBusDLQ",
            "The events carry nothing: what one run misses, the next one finds.",
        )
