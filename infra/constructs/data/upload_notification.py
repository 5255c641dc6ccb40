"""The notification that S3 sends for each new object."""

from aws_cdk import aws_s3 as s3


def object_created(queue_arn: str, prefix: str) -> s3.CfnBucket.NotificationConfigurationProperty:
    """One message to the queue for each object created under `prefix`."""
    rule = s3.CfnBucket.FilterRuleProperty(name="prefix", value=prefix)
    message = s3.CfnBucket.QueueConfigurationProperty(
        event="s3:ObjectCreated:*",
        queue=queue_arn,
        filter=s3.CfnBucket.NotificationFilterProperty(
            s3_key=s3.CfnBucket.S3KeyFilterProperty(rules=[rule])
        ),
    )
    return s3.CfnBucket.NotificationConfigurationProperty(queue_configurations=[message])
