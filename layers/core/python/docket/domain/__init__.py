"""The domain: standard library only. No AWS, Stripe, environment, clock or randomness."""
