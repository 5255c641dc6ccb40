"""Requests and responses of paying an order."""

from typing import Self

from pydantic import Field

from docket.domain.payments.payment import Intent
from docket.schemas.base import RequestModel, ResponseModel
from docket.schemas.orders import OrderResponse


class PaymentIntentResponse(ResponseModel):
    """What Stripe's Payment Element needs. The amount is in minor units of the currency."""

    client_secret: str = Field(description="The secret that Stripe.js confirms the payment with")
    payment_intent_id: str = Field(description="The id of the payment intent at Stripe")
    amount: int = Field(description="The amount in minor units of the currency")
    currency: str = Field(description="The lower-case ISO 4217 code")
    publishable_key: str = Field(description="The key that Stripe.js is initialised with")

    @classmethod
    def of(cls, intent: Intent, *, publishable_key: str) -> Self:
        """What a browser needs to pay the intent. A secret that Stripe did not return is empty."""
        return cls(
            client_secret=intent.client_secret or "",
            payment_intent_id=intent.id,
            amount=intent.money.amount,
            currency=intent.money.currency,
            publishable_key=publishable_key,
        )


class ConfirmPaymentRequest(RequestModel):
    """The payment that was made."""

    payment_id: str = Field(
        min_length=1,
        max_length=255,
        pattern=r"^[A-Za-z0-9_]+$",
        description="The id of the payment intent that succeeded at Stripe",
        examples=["pi_3QExampleExample"],
    )


class ConfirmPaymentResponse(ResponseModel):
    """The order after the payment."""

    message: str = Field(description="The result, in English")
    order: OrderResponse = Field(description="The order after the payment")


class WebhookResponse(ResponseModel):
    """The reply to a Stripe webhook event: whether it changed anything."""

    received: bool = Field(default=True, description="Whether the event was accepted")
    effect: bool = Field(description="Whether the event changed anything")


class PriceListResponse(ResponseModel):
    """The prices of an order that is created now, in minor units of the currency."""

    base: int = Field(description="The price of an order, in minor units of the currency")
    per_page: int = Field(
        description="The price of each page that was read, in minor units of the currency"
    )
    currency: str = Field(description="The lower-case ISO 4217 code")
