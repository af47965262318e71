"""Tickets, their own fields and what is promised of them, as they travel."""
