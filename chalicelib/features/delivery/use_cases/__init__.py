"""Showing notices in the app, and telling of them outside of it."""

from chalicelib.features.delivery.use_cases.showing import list_notices, shown
from chalicelib.features.delivery.use_cases.telling import carriers, deliver

__all__ = ["carriers", "deliver", "list_notices", "shown"]
