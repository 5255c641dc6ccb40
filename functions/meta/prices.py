"""GET /api/v1/prices: what an order costs."""

from docket.api import api
from docket.runtime import config
from docket.schemas.payments import PriceListResponse

app = api(public=True)


@app.get("/api/v1/prices")
def prices() -> PriceListResponse:
    """The price list of today. An order keeps the one of the day it was created."""
    current = config.read(config.Prices)
    return PriceListResponse(
        base=current.price_base, per_page=current.price_per_page, currency=current.price_currency
    )


handler = app.resolve
