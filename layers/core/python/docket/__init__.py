"""Docket's rooms.

config      the only reader of the environment
clock       now, and new ids: the only sources of time and chance
api         the edge: resolver, errors to statuses, who is calling
aws         how long a client waits
tokens      access and refresh tokens: made and read
hashing     passwords' hashes
paying      how an order comes to be paid, and what does not count is given back
reading     a document's way from the bucket to its analysis
analysing   an order's analysis: asked for, read again, put together
reporting   the whole result of a paid order, to keep
sweeping    promises kept on a schedule
metrics     what the business counts
start       what is loaded once and stays
sign_in/    registering, signing in and out: by tokens of our own, or by a user pool
contract/   the JSON the API takes and gives, as pydantic models
domain/     orders, documents, quotes, payments and everything that can go wrong; pure
table/      the one DynamoDB table: its keys, and a function for each question asked of it
gateways/   other people's systems: files (S3), payments (Stripe), identity, reading jobs (SQS)
"""

from docket import start

start.begins()
