"""The function that at an interval settles what is due and was not settled by an event."""

from aws_cdk import Duration
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from constructs import Construct

from infra.constructs.functions import Function, construct_name
from infra.constructs.functions.context import FunctionContext
from infra.constructs.nag import suppress_nag
from infra.endpoints.events import SWEEP, SWEEP_MINUTES

TIMEOUT = Duration.minutes(2)


class ScheduledSweep(Construct):
    """`sweep`, invoked by a schedule."""

    def __init__(self, scope: Construct, name: str, *, context: FunctionContext) -> None:
        super().__init__(scope, name)
        self.sweep = Function(
            self,
            construct_name(SWEEP),
            spec=SWEEP,
            context=context,
            timeout=TIMEOUT,
            alias=False,
        )
        rule = events.Rule(
            self,
            "Schedule",
            schedule=events.Schedule.rate(Duration.minutes(SWEEP_MINUTES)),
            # The next sweep continues where a failed one stopped, so failures are not retried.
            targets=[targets.LambdaFunction(self.sweep.function, retry_attempts=0)],
        )
        suppress_nag(
            rule,
            "Serverless-EventBusDLQ",
            "The events carry nothing: what one sweep misses, the next one settles.",
        )
