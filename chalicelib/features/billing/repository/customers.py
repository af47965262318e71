"""Whose customer is whose: a workspace's row, and the pointer from the provider's id back to it."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.features.billing.model import KEPT_FOR, PROVIDER
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import billing_keys, keys
from chalicelib.table.items import Row
from chalicelib.table.tenant import Installation, Tenant
from chalicelib.table.transaction import Transaction


class CustomerRow(Row, discriminator="customer"):
    """A workspace's customer at the provider, or whose workspace a customer is."""

    customer = UnicodeAttribute()
    workspace_id = UnicodeAttribute()


class Customers:
    """The customer of one tenant. Name, address and tax id stay with the provider."""

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._rows = tenant.rows(billing_keys.BILLING)

    def get(self) -> str | None:
        """The customer's id, where the workspace is one: one read unit."""
        row = self._rows.get(CustomerRow, billing_keys.CUSTOMER)
        return None if row is None else str(row.customer)

    def add(self, change: Transaction, customer: str) -> None:
        """Keep whose customer it is, in both directions. Fails as changed meanwhile where there is one already."""
        pointers = self._tenant.installation_rows(billing_keys.customer(PROVIDER, customer))
        for rows, sk in ((self._rows, billing_keys.CUSTOMER), (pointers, keys.ONLY)):
            change.create(
                rows.new(
                    CustomerRow,
                    sk,
                    customer=customer,
                    workspace_id=self._tenant.workspace_id,
                    expires_at=int((self._tenant.now() + KEPT_FOR).timestamp()),
                )
            )


def workspace_of(customer: str, installation: Installation) -> WorkspaceId | None:
    """Whose customer it is: from our own row alone, whatever an event says. One read unit."""
    row = installation.rows(billing_keys.customer(PROVIDER, customer)).get(CustomerRow, keys.ONLY)
    return None if row is None else WorkspaceId(row.workspace_id)
