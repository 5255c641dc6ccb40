"""The limits and the deadlines of the stage's settings, as the domain uses them."""

from datetime import timedelta

from docket.domain.limits import CustomerLimits
from docket.runtime import config


def customer_limits() -> CustomerLimits:
    """The limits of each customer, from the settings of the stage."""
    settings = config.read(config.Limits)
    return CustomerLimits(
        unpaid_orders=settings.unpaid_orders,
        unpaid_pages=settings.unpaid_pages,
        documents_a_day=settings.documents_a_day,
        reader_slots=settings.reader_slots,
    )


def order_expiry() -> timedelta:
    """How long an order may stay unpaid."""
    return timedelta(days=config.read(config.Deadlines).order_expiry_days)


def completion_guarantee() -> timedelta:
    """How long after the payment an order is completed or refunded."""
    return timedelta(minutes=config.read(config.Deadlines).completion_minutes)
