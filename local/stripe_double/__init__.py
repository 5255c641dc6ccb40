"""A double of Stripe for one machine and for tests: PaymentIntents, refunds, events and webhooks.

The unmodified Python SDK calls it (`StripeClient(key, base_addresses={"api": url})`) and the
unmodified Payment Element draws itself with its `stripe.js`. No money moves and no card is real:
only Stripe's documented test cards, IBANs and payment methods do anything.

    methods.py   the test payment methods and what each one does
    params.py    a request's form fields, read once and checked to be all known
    errors.py    the error bodies
    store.py     the memory: one SQLite file, one writer at a time
    books.py     what one request sees and leaves behind: objects, events, promises
    shapes.py    how the objects look in JSON
    intents.py   the life of a PaymentIntent
    refunds.py   refunds of its charges
    resources.py payment methods, customers, charges, events
    api.py       /v1: keys, routes, idempotency
    webhooks.py  signing and delivering events until they are taken
    faults.py    what can be made to go wrong
    control.py   /_double: the events, the deliveries, the faults
    page.py      / and the 3-D Secure page, for people
    server.py    the HTTP server, and `StripeDouble`, which is all of it together
    stripe.js    what the browser loads in place of Stripe's script

What it does not play it refuses with a 400 that says so; it never ignores a parameter.
"""
