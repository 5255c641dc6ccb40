"""Docket's packages. Each imports only packages that are listed below it.

api/        the edge: resolver, errors to statuses, the caller
workflows/  use cases: uploads, reading, results, payment, analysis, report, debts, erasure
auth/       registration, login and logout: with JSON web tokens or a Cognito user pool
gateways/   other systems: s3, queues, stripe, cognito, secrets
table/      the only package that uses DynamoDB: keys, client, one module per entity
schemas/    request and response models (pydantic)
messages/   the message of every reason, by code, in every language
domain/     orders, documents, payments, users, prices, errors; standard library only
runtime/    config (the only reader of the environment), clock, aws, metrics, logging,
            cold_start, snapshot
"""

from docket.runtime import cold_start

cold_start.defer_gc()
