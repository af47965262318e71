"""Delivery: how a notice reaches its member, as the list in the app shows it and as it goes out to them."""
