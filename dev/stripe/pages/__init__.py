"""The pages somebody clicks on in place of the ones Stripe hosts."""
