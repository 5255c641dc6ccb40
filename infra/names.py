"""The names by which the stacks of a stage refer to each other.

Two stacks share no CloudFormation export: a used export blocks every change of the stack that has
it. Instead a resource that another stack uses has a name from here, or the stack that creates it
stores its identifier in an SSM parameter, whose name is from here.

A name contains the region where AWS requires it to be unique in the whole account (CloudFront's
policies, functions and access controls) or in the whole world (buckets). This module does not
import CDK, which takes a second to start.
"""

from dataclasses import dataclass

from infra.endpoint_spec import FIFO_QUEUES, QueueName


@dataclass(frozen=True)
class Names:
    """The names of one stage."""

    stage: str

    def stack(self, noun: str) -> str:
        """The stack of a noun in the stage's own region."""
        return f"docket-{self.stage}-{noun}"

    def edge_stack(self, noun: str, region: str) -> str:
        """A stack in us-east-1 that belongs to the stage's stacks of `region`."""
        return f"docket-{self.stage}-{noun}-{region}"

    @property
    def table(self) -> str:
        """The table; the HTTP API has the same name."""
        return f"docket-{self.stage}"

    api = table

    @property
    def mail(self) -> str:
        """The configuration set of SES, and the topic of its reports."""
        return f"docket-{self.stage}-mail"

    def queue(self, name: QueueName) -> str:
        """The name of a queue. SQS requires the suffix of a FIFO queue."""
        return f"docket-{self.stage}-{name}{_suffix(name)}"

    def dead_letters(self, name: QueueName) -> str:
        """The name of the dead-letter queue of a queue."""
        return f"docket-{self.stage}-{name}-dead-letters{_suffix(name)}"

    def function(self, name: str) -> str:
        """`orders/add_document` → `docket-prod-orders-add-document`."""
        return f"docket-{self.stage}-{name.replace('/', '-').replace('_', '-')}"

    def log_group(self, name: str) -> str:
        """The log group of a function, or of another part, by its name."""
        return f"/docket/{self.stage}/{name}"

    def bucket(self, purpose: str, *, account: str, region: str) -> str:
        """A bucket: `documents`, `site` or `access-logs`."""
        return f"docket-{self.stage}-{purpose}-{account}-{region}"

    def cloudfront(self, purpose: str, *, region: str) -> str:
        """A policy, function or access control of CloudFront, which has no regions."""
        return f"docket-{self.stage}-{region}-{purpose}"

    def parameter(self, name: str) -> str:
        """The SSM parameter that holds an identifier which AWS has chosen."""
        return f"/docket/{self.stage}/{name}"


def _suffix(name: QueueName) -> str:
    return ".fifo" if name in FIFO_QUEUES else ""


# The SSM parameters of a stage. The stack that creates a resource writes its parameter.

API_ID = "api-id"
AUTHORIZER_ID = "authorizer-id"
STRIPE_SECRET_ARN = "stripe-secret-arn"  # noqa: S105 - a name, not a secret
TOKEN_KEY_ARN = "token-key-arn"  # noqa: S105 - a name, not a secret
SEALING_KEY_ARN = "sealing-key-arn"  # a name, not a secret
SITE_URL = "site-url"
USER_POOL_ID = "user-pool-id"
USER_POOL_CLIENT_ID = "user-pool-client-id"


def edge_key_arn(label: str) -> str:
    """The parameter of the edge key with that label."""
    return f"edge-key-{label}-arn"


ACCESS_LOG = "api-access"
"""The log group of the API's access log, as `Names.log_group` takes it."""

ACCESS_LOG_DELIVERY = "access-log"
"""The delivery of the distribution's access log, as `Names.cloudfront` takes it."""

FIREWALL = "firewall"
"""The web ACL and its metrics, as `Names.cloudfront` takes it."""

FIREWALL_LOG = "aws-waf-logs-"
"""The log group of the firewall is this, which AWS prescribes, and the name of the web ACL."""
