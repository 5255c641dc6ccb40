"""A double of Stripe for one machine and for tests; README.md describes it.

Other packages import only what is listed here.
"""

from local.stripe_double.double import StripeDouble
from local.stripe_double.errors import StripeError
from local.stripe_double.in_process import InProcessDouble
from local.stripe_double.state.session import Timing
from local.stripe_double.webhooks import Endpoint, signature

__all__ = ["Endpoint", "InProcessDouble", "StripeDouble", "StripeError", "Timing", "signature"]
