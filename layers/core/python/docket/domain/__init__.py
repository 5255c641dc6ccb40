"""What Docket is about, without doors: no AWS, no Stripe, no environment, no clock, no chance."""
