"""The DynamoDB table. Its keys are drawn in `docket.table.keys`."""

from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infra.constructs.removal import removal_policy
from infra.endpoints.actions import BY_DUE, BY_STATUS
from infra.names import Names
from infra.settings import Settings


class Table(Construct):
    """`table`: on-demand capacity, point-in-time recovery, and its indexes."""

    def __init__(self, scope: Construct, name: str, *, settings: Settings) -> None:
        super().__init__(scope, name)
        self.table = dynamodb.TableV2(
            self,
            "Default",
            table_name=Names(settings.stage).table,
            partition_key=_string("PK"),
            sort_key=_string("SK"),
            global_secondary_indexes=[_index(index) for index in (BY_STATUS, BY_DUE)],
            time_to_live_attribute="ttl",
            billing=dynamodb.Billing.on_demand(),
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            deletion_protection=settings.keeps_data,
            removal_policy=removal_policy(settings),
        )


def _index(name: str) -> dynamodb.GlobalSecondaryIndexPropsV2:
    """An index of keys only: a change of other attributes does not write it."""
    return dynamodb.GlobalSecondaryIndexPropsV2(
        index_name=name,
        partition_key=_string(f"{name}PK"),
        sort_key=_string(f"{name}SK"),
        projection_type=dynamodb.ProjectionType.KEYS_ONLY,
    )


def _string(attribute: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=attribute, type=dynamodb.AttributeType.STRING)
