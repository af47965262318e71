"""Tickets: what a team has promised to see to, how far it is, and by when."""
