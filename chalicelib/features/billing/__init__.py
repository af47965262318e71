"""Seats paid through Stripe: buying and changing, what its events say, failed payments, and what is kept of it all."""
