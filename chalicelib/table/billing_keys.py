"""Key patterns of billing, spelled here as the others are in table/keys."""

from chalicelib.table.keys import InstallationKey, Partition

BILLING = Partition("#BILLING")
"""What is kept of a workspace's customer, subscriptions and bills. The session worker has no right to it."""

# Sort keys in BILLING

CUSTOMER = "CUSTOMER"
SUBSCRIPTIONS = "SUBSCRIPTION#"


def subscription(interval: str) -> str:
    """The subscription of an interval: one a month's, one a year's."""
    return f"{SUBSCRIPTIONS}{interval}"


def billing_command(command: str) -> str:
    """What somebody confirmed, by the key that the provider knows it under."""
    return f"COMMAND#{command}"


def bill(invoice_id: str) -> str:
    """A bill: number and sums."""
    return f"INVOICE#{invoice_id}"


def charge(charge_id: str) -> str:
    """Money that was taken and, wholly or in part, given back."""
    return f"CHARGE#{charge_id}"


# A sort key in WORKSPACE


def checkout(interval: str) -> str:
    """The page on which an interval's seats can be bought at this moment."""
    return f"CHECKOUT#{interval}"


# The installation's rows


def customer(provider: str, customer_id: str) -> InstallationKey:
    """Whose customer at a payment provider it is: the workspace."""
    return InstallationKey(f"CUSTOMER#{provider}#{customer_id}")


def provider_event(provider: str, event_id: str) -> InstallationKey:
    """What a payment provider told, once: ids and what became of it, never the body."""
    return InstallationKey(f"PROVIDEREVENT#{provider}#{event_id}")


WAITING_EVENTS = InstallationKey("PROVIDEREVENTS")
"""A partition of the index `gsi1`: events that nobody has settled yet, by when they came."""
