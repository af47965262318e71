"""A Stripe of our own on loopback: what the product uses of api.stripe.com, for the real client. Never deployed."""
