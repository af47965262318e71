"""Rows of billing: events outside every workspace, and what is kept of a workspace's customer."""

from chalicelib.features.billing.repository.customers import Customers
from chalicelib.features.billing.repository.events import ProviderEvents
from chalicelib.features.billing.repository.records import Records

__all__ = ["Customers", "ProviderEvents", "Records"]
