"""The texts of the API's description: its introduction, the quickstart and the tags."""

import json
from collections.abc import Mapping

from infra.openapi.examples import request_examples

INTRODUCTION = (
    "Documents in, priced and paid for; facts out, with evidence. Times are UTC in ISO 8601, money "
    "is an integer of minor units with a lower-case ISO 4217 currency, pages count from 1 "
    "(in reports as well), boxes are left, top, right and bottom as fractions of the page. Bodies "
    "are JSON in UTF-8, sent with `Content-Type: application/json`; unknown fields and query "
    "parameters are refused. A path takes the methods that are listed and no other, such as HEAD, "
    "and ends without a slash. Enumerations, error codes above all, may grow: a client must accept "
    "values that it does not know."
)

TAGS: Mapping[str, str] = {
    "auth": "Logging in and registering, and tokens",
    "account": "The caller's account: address, password and deletion",
    "second_factor": "Codes of an authenticator app, and recovery codes",
    "passkeys": "Passkeys of an account",
    "sessions": "The devices that are signed in",
    "exports": "An archive of everything that is stored of the caller",
    "api_keys": "Keys for programs",
    "orders": "Orders, their documents and their history",
    "documents": "Uploading, downloading and removing one document",
    "analyses": "What the documents of an order state, and the report",
    "payments": "Paying for an order by Stripe",
    "meta": "Health, this description and the page that shows it",
}


def quickstart() -> str:
    """A session with curl and jq, from the account to the report. The bodies are the examples."""
    bodies = {name: json.dumps(example) for name, example in request_examples().items()}
    return f"""

## Quickstart

`SITE` is the address of the service, such as `https://docket.example`.

1. Get a token. Register once, then log in. `access_token` is valid for `expires_in` seconds;
   `POST /api/v1/auth/refresh` returns the next one.

```
curl -s $SITE/api/v1/auth/register -H 'Content-Type: application/json' \\
  -d '{bodies["RegisterRequest"]}'
TOKEN=$(curl -s $SITE/api/v1/auth/login -H 'Content-Type: application/json' \\
  -d '{bodies["LoginRequest"]}' \\
  | jq -r .access_token)
```

2. Create an order, and a document in it. `size` is the exact number of bytes.

```
ORDER=$(curl -s $SITE/api/v1/orders -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{bodies["CreateOrderRequest"]}' | jq -r .id)
curl -s $SITE/api/v1/orders/$ORDER/documents -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' -d '{{"filename": "invoice.pdf",
  "content_type": "application/pdf", "size": '$(wc -c < invoice.pdf)'}}' > document.json
```

3. Post the `fields` of `upload`, and then the file as `file`, to the `url` of `upload`. The order
   has a `quote` as soon as the document is `ready`.

```
curl -s $(jq -r .upload.url document.json) \\
  $(jq -r '.upload.fields | to_entries[] | "-F \\(.key)=\\(.value)"' document.json) \\
  -F file=@invoice.pdf
curl -s $SITE/api/v1/orders/$ORDER -H "Authorization: Bearer $TOKEN" | jq '.status_reason, .quote'
```

4. Pay. Stripe's Payment Element takes `client_secret` and `publishable_key`. When Stripe has
   confirmed the payment, the order is `completed`.

```
curl -s -X POST $SITE/api/v1/payments/orders/$ORDER/payment-intent \\
  -H "Authorization: Bearer $TOKEN"
```

5. Get the facts, each with its place on the page, and the report.

```
curl -s $SITE/api/v1/analyses/orders/$ORDER/analysis -H "Authorization: Bearer $TOKEN" \\
  | jq '.result.documents[].facts'
curl -s -L "$SITE/api/v1/analyses/orders/$ORDER/report?format=pdf" \\
  -H "Authorization: Bearer $TOKEN" -o report.pdf
```

On this page, *Authorize* takes the token.

A program uses an API key in place of the token. Its owner creates it, on the page *API keys* of the
account or by `POST /api/v1/auth/keys`, with the scopes that the program needs:

```
curl -s $SITE/api/v1/orders -H "Authorization: Bearer $DOCKET_API_KEY"
```

An operation lists the scope that it needs; one that lists none takes no key, and answers 403
`scope_missing`. So a key cannot manage the account: it reads the profile, and nothing else of it.

A program is tried out with a test key, which is created with `"mode": "test"`. It costs nothing,
and reads no document of the account's own: `POST /api/v1/orders/sample` opens the order with the
sample documents, which are read as all others are, and every other order is 404 `order_not_found`.
An operation lists `test_key` if it accepts one, else it answers 403 `scope_missing`.

A key begins with `dk_live_` or `dk_test_`, so that scanners find it in source code. Its last six
characters are the CRC-32 of those before them, in base 62 (`0-9A-Za-z`): so a scanner can tell a
key from what only looks like one without asking.
"""
