"""Taking what the payment provider tells: believed, stored once, answered. Nothing else happens in the request."""

from chalicelib import settings
from chalicelib.adapters import stripe_events
from chalicelib.features.billing.model import BillingNotConfigured, ModeMismatch
from chalicelib.features.billing.repository import ProviderEvents
from chalicelib.logs import log
from chalicelib.table.tenant import Installation


def receive(raw: bytes, signature: str, *, installation: Installation) -> None:
    """Keep an event that the provider told, once however often it comes; the stream feeds it to who settles it.

    Signature and age are checked over the raw bytes before anything of them is read. One conditional put.

    Raises:
        BillingNotConfigured: the installation has no account there.
        SignatureRefused: the bytes are not the provider's, or of another time; nothing was read.
        Invalid, Unreadable: they are the provider's, and no event.
        ModeMismatch: it is about real money on a stage of test money, or the other way round; nothing was kept.
    """
    account = settings.current().stripe
    if account is None:
        raise BillingNotConfigured
    told = stripe_events.read(raw, signature, account.webhook_secrets, installation.now())
    if told.is_live != account.is_live:
        log.error("billing.event_of_other_mode", event_id=told.id, is_live=told.is_live)
        raise ModeMismatch
    is_new = ProviderEvents(installation).remember(told)
    log.info("billing.event_received", event_id=told.id, type=told.type, is_new=is_new)
