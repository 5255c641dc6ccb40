"""The notifications that S3 sends about uploads."""

from aws_cdk import Aws
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_sqs as sqs
from constructs import IDependable


def upload_notifications(
    queue_arn: str, prefix: str, *, malware_scan: bool
) -> s3.CfnBucket.NotificationConfigurationProperty:
    """One message to the queue for each object created under `prefix`.

    If uploads are scanned, also one for each scan status, which is a tag of the object. GuardDuty
    itself learns of uploads from EventBridge. It would switch that on at the bucket, and the next
    deployment would switch it off again, so it is part of the template. See
    https://docs.aws.amazon.com/guardduty/latest/ug/malware-protection-s3-iam-policy-prerequisite.html.
    """
    events = ["s3:ObjectCreated:*", *(["s3:ObjectTagging:Put"] if malware_scan else [])]
    return s3.CfnBucket.NotificationConfigurationProperty(
        queue_configurations=[_message(event, queue_arn, prefix) for event in events],
        event_bridge_configuration=s3.CfnBucket.EventBridgeConfigurationProperty(
            event_bridge_enabled=True
        )
        if malware_scan
        else None,
    )


def _message(event: str, queue_arn: str, prefix: str) -> s3.CfnBucket.QueueConfigurationProperty:
    rule = s3.CfnBucket.FilterRuleProperty(name="prefix", value=prefix)
    return s3.CfnBucket.QueueConfigurationProperty(
        event=event,
        queue=queue_arn,
        filter=s3.CfnBucket.NotificationFilterProperty(
            s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[rule])
        ),
    )


def allow_notifications(uploads: sqs.Queue, bucket_name: str) -> IDependable | None:
    """Allow S3 to send the bucket's notifications to the queue. Returns the queue policy."""
    return uploads.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("s3.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[uploads.queue_arn],
            conditions={
                "StringEquals": {"aws:SourceAccount": Aws.ACCOUNT_ID},
                "ArnEquals": {"aws:SourceArn": f"arn:{Aws.PARTITION}:s3:::{bucket_name}"},
            },
        )
    ).policy_dependable
