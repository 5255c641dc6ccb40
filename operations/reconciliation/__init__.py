"""What differs between the table and Stripe, the bucket, and itself."""
