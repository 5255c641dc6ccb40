"""The AWS actions that rows grant, and the prefixes of the keys and objects they grant them on."""

from infra.endpoint_spec import SEND_MESSAGE

# DynamoDB actions
GET = "dynamodb:GetItem"
BATCH_GET = "dynamodb:BatchGetItem"
QUERY = "dynamodb:Query"
PUT = "dynamodb:PutItem"
UPDATE = "dynamodb:UpdateItem"
DELETE = "dynamodb:DeleteItem"
CHECK = "dynamodb:ConditionCheckItem"

# Prefixes of partition keys; a test holds them equal to those of `docket.table.keys`
USERS = "USER#"
SESSIONS = "SESSION#"
EMAILS = "EMAIL#"
ORDERS = "ORDER#"
RATE_LIMITS = "RATE_LIMIT#"
STRIPE_EVENTS = "STRIPE#"
MAILS = "MAIL#"
LINKS = "LINK#"
DELETIONS = "DELETION#"
INVOICES = "INVOICE#"
FACTORS = "FACTOR#"
API_KEYS = "KEY#"
CHALLENGES = "CHALLENGE#"
DEBTS = ("money#", "work#", "housekeeping#", "mail#")
"""Those of the index of debts, a class each."""

# Indexes of the table
BY_STATUS = "GSI1"
"""The index of a user's items by their status."""
BY_DUE = "GSI2"
"""The index of debts, by the time at which they are due."""

# S3 actions
READ_OBJECT = "s3:GetObject"
READ_VERSION = "s3:GetObjectVersion"
READ_VERSION_TAGS = "s3:GetObjectVersionTagging"
WRITE_OBJECT = "s3:PutObject"
DELETE_VERSION = "s3:DeleteObjectVersion"
LIST_VERSIONS = "s3:ListBucketVersions"

# Prefixes of the documents bucket; a test holds them equal to those of `docket.gateways.s3`
UPLOADS = "uploads/"
RESULTS = "results/"
PARTS = "parts/"
REPORTS = "reports/"
EXPORTS = "exports/"

# SES actions
SEND_EMAIL = "ses:SendEmail"

# SQS actions
MEASURE = ("sqs:GetQueueAttributes",)
RECEIVE = ("sqs:ReceiveMessage", "sqs:DeleteMessage", *MEASURE)
SEND = (SEND_MESSAGE,)
