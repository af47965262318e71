"""What Owners see: what is sold, what is subscribed to, what is due next, bills, and the way to the portal."""

from chalicelib.features.billing.model import Held, Overview, Standing, grace_ends_at
from chalicelib.features.billing.repository import Customers, Records
from chalicelib.features.billing.use_cases.buying import billing_page, require_customer
from chalicelib.features.billing.use_cases.shop import Shop
from chalicelib.kernel.payments import Invoice, Price
from chalicelib.kernel.permissions import Action
from chalicelib.table.tenant import Tenant


def overview(*, tenant: Tenant, shop: Shop | None) -> Overview:
    """What a workspace pays and could: a read, a query, and six calls once in ten minutes a process.

    Raises:
        PermissionMissing: the acting member is no Owner.
        PriceUnfit, Unavailable: prices can't be told.
    """
    tenant.require(Action.MANAGE_BILLING)
    if shop is None:
        return Overview(prices={}, standings=[], is_customer=False)
    prices = {kind: shop.price_of(kind) for kind in shop.prices}
    standings = [_standing(held, prices, shop) for held in Records(tenant).subscriptions() if held.is_running]
    return Overview(prices=prices, standings=standings, is_customer=Customers(tenant).get() is not None)


def list_invoices(*, tenant: Tenant, shop: Shop | None) -> list[Invoice]:
    """The last hundred bills with the links that open them, newest first: a read and a call; none without a customer.

    Raises PermissionMissing: the acting member is no Owner.
    """
    tenant.require(Action.MANAGE_BILLING)
    customer = Customers(tenant).get()
    return [] if customer is None or shop is None else shop.stripe.invoices_of(customer)


def open_portal(*, tenant: Tenant, shop: Shop) -> str:
    """The address of the provider's page for cards, addresses and bills; good for some minutes. A read and a call.

    Raises PermissionMissing: the acting member is no Owner.
    """
    tenant.require(Action.MANAGE_BILLING)
    return shop.stripe.open_portal(require_customer(tenant, shop), back_to=billing_page(tenant))


def _standing(held: Held, prices: dict[str, Price], shop: Shop) -> Standing:
    found = held.subscription
    sums = {price.id: price.amount_minor for price in prices.values()}
    goes_on = found.cancels_at is None
    return Standing(
        held=held,
        order=held.order(shop.prices),
        grace_ends_at=grace_ends_at(found),
        next_at=found.period_end if goes_on else None,
        next_minor=sum(sums.get(item.price, 0) * item.quantity for item in found.items) if goes_on else None,
    )
