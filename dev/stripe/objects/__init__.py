"""What Stripe has objects of, and what happens to them: each a module, from customers to what time brings about."""
