"""What an event brings about: the object it names is fetched and what is kept is brought to it, once for each event.

An event is a nudge. Its effect and its mark are one transaction where it has an effect, so that one that is handled
twice, late, or by two at once changes nothing more than one that is handled once.
"""

from datetime import timedelta
from typing import Final

from chalicelib.adapters.queues import BillingQueue
from chalicelib.adapters.stripe_api import PaymentObjectMissing
from chalicelib.features.billing.model import SWEPT_AFTER, About, EventSettled, EventState, ProviderEvent
from chalicelib.features.billing.repository import ProviderEvents, Records
from chalicelib.features.billing.repository.customers import workspace_of
from chalicelib.features.billing.use_cases.refreshing import Mark, refresh
from chalicelib.features.billing.use_cases.shop import Shop
from chalicelib.kernel.actors import system
from chalicelib.kernel.payments import Charge, Invoice
from chalicelib.logs import log
from chalicelib.table.cipher import SealBroken
from chalicelib.table.journal import JournalledTransaction
from chalicelib.table.tenant import Installation, Tenant, for_job

MAX_ATTEMPTS: Final = 12
"""How often the sweep tries an event before a person has to look: about two days, with the queue's five before."""
_LONGEST_PAUSE: Final = timedelta(hours=6)


def feed(event_id: str, customer: str) -> None:
    """Say in the queue that an event waits behind those of its customer. Raises Unavailable: the sweep finds it."""
    BillingQueue().send(event_id, group=customer or event_id)


def settle(event_id: str, *, installation: Installation, shop: Shop) -> None:
    """Bring about what an event says, unless that was done.

    Whose it is follows from our own row of the customer alone; what is nobody's here, or of a type that means nothing
    here, is marked ignored. Costs a read for the event and one for the customer, and what refreshing costs.

    Raises:
        ChangedMeanwhile, Unavailable: it is still to be done, and can be at any time.
    """
    events = ProviderEvents(installation)
    event = events.get(event_id)
    if event is None or not event.is_open:
        return
    tenant = _tenant_of(event, installation)
    if tenant is None:
        log.info("billing.event_ignored", event_id=event_id, type=event.told.type)
        events.settle_alone(event, EventState.IGNORED)
        return

    def mark(change: JournalledTransaction) -> None:
        events.settle(change, event, EventState.APPLIED, tenant=tenant)

    try:
        if not _bring_about(event, tenant, shop, mark):
            events.settle_alone(event, EventState.APPLIED)
    except EventSettled:
        return
    except (PaymentObjectMissing, SealBroken) as gone:
        # The object is gone there, or the workspace here: its keys were destroyed, and nothing is written of it.
        log.warning("billing.event_of_nothing", event_id=event_id, type=event.told.type, reason=gone.code)
        events.settle_alone(event, EventState.IGNORED)


def sweep(*, installation: Installation, shop: Shop) -> int:
    """Settle events whose hint was lost or whose handler died, and say how many; a query, and what each costs.

    One that fails is tried again, later each time, and put aside for a person after MAX_ATTEMPTS.
    """
    events, done = ProviderEvents(installation), 0
    for event_id in events.waiting(before=installation.now() - SWEPT_AFTER):
        try:
            settle(event_id, installation=installation, shop=shop)
            done += 1
        except Exception as crash:  # noqa: BLE001 - each event is a unit of its own
            _put_off(event_id, crash, events)
    return done


def _put_off(event_id: str, crash: Exception, events: ProviderEvents) -> None:
    event = events.get(event_id)
    if event is None:
        return
    if event.attempts >= MAX_ATTEMPTS:
        log.error("billing.event_stuck", crash=crash, event_id=event_id, type=event.told.type)
        events.settle_alone(event, EventState.STUCK)
        return
    log.warning("billing.event_put_off", event_id=event_id, reason=type(crash).__name__)
    events.put_off(event, min(timedelta(minutes=2**event.attempts), _LONGEST_PAUSE))


def _tenant_of(event: ProviderEvent, installation: Installation) -> Tenant | None:
    """The workspace an event is about; None where it is about none of ours, or means nothing here."""
    if event.about is None or not event.told.customer:
        return None
    workspace_id = workspace_of(event.told.customer, installation)
    return None if workspace_id is None else for_job(workspace_id, system("billing"), now=installation.now)


def _bring_about(event: ProviderEvent, tenant: Tenant, shop: Shop, mark: Mark) -> bool:
    """Whether there was anything to bring about; where there was, the event is marked with it."""
    object_id = event.told.object_id
    match event.about:
        case About.SUBSCRIPTION:
            return refresh(object_id, tenant=tenant, shop=shop, mark=mark)
        case About.CHECKOUT:
            bought = shop.stripe.checkout_subscription(object_id)
            return bought is not None and refresh(bought, tenant=tenant, shop=shop, mark=mark)
        case About.INVOICE:
            return _keep_invoice(event, tenant, shop, mark)
        case _:
            return _keep_refund(shop.stripe.get_charge(object_id), event, tenant, mark)


def _keep_invoice(event: ProviderEvent, tenant: Tenant, shop: Shop, mark: Mark) -> bool:
    """A bill is kept; what it means for seats is for its subscription to say, which is looked at first.

    What is kept of it is read before it is fetched, as with subscriptions.
    """
    records = Records(tenant)
    before = records.bill(event.told.object_id)
    invoice = shop.stripe.get_invoice(event.told.object_id)
    if _is_anothers(invoice.customer, event, tenant):
        return False
    if invoice.subscription:
        refresh(invoice.subscription, tenant=tenant, shop=shop)
    if before is not None and before.says(invoice):
        return False
    with tenant.transaction() as change:
        records.put_invoice(change, invoice, before)
        mark(change)
        change.record(
            "invoice.recorded",
            target=invoice.id,
            new={"number": invoice.number, "status": invoice.status, **_sums(invoice)},
        )
    return True


def _sums(invoice: Invoice) -> dict[str, object]:
    return {"currency": invoice.currency, "total_minor": invoice.total_minor, "paid_minor": invoice.paid_minor}


def _keep_refund(charge: Charge, event: ProviderEvent, tenant: Tenant, mark: Mark) -> bool:
    """What was given back is kept. Seats stay as they are paid: whoever gives money back says what becomes of them."""
    if _is_anothers(charge.customer, event, tenant):
        return False
    records = Records(tenant)
    if records.knows_charge(charge):
        return False
    with tenant.transaction() as change:
        records.put_charge(change, charge)
        mark(change)
        change.record(
            "charge.refunded",
            target=charge.id,
            new={"currency": charge.currency, "refunded_minor": charge.refunded_minor},
        )
    return True


def _is_anothers(customer: str, event: ProviderEvent, tenant: Tenant) -> bool:
    """Whether an object is not of the customer its event named: nothing of it is kept then."""
    if customer == event.told.customer:
        return False
    log.error("billing.foreign_object", event_id=event.told.id, workspace_id=tenant.workspace_id)
    return True
