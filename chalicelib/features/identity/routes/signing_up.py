"""Paths of people who have no account, or can't get in: signing up, confirming an address, getting back in."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas, use_cases
from chalicelib.features.identity.model import LinkNotValid, PasswordUnfit, UsernameInvalid, UsernameTaken
from chalicelib.features.identity.routes import browsers
from chalicelib.features.identity.routes.declared import api
from chalicelib.features.legal.model import TermsNotAccepted, TooYoung
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.errors import Unauthenticated
from chalicelib.kernel.names import NameInvalid
from chalicelib.table.transaction import ChangedMeanwhile


@api.post(
    "/sign-up",
    allow=Allow.ANYONE,
    status=202,
    limit=SIGNING_IN,
    raises=(EmailInvalid, NameInvalid, UsernameInvalid, UsernameTaken, PasswordUnfit, TermsNotAccepted, TooYoung),
)
def sign_up(call: Call, body: schemas.SignUpIn) -> schemas.EmailOut:
    """Ask for an account. A letter with a link goes to the address.

    The answer is the same where the address has an account: its holder then gets a letter that says so.
    """
    signed_up = use_cases.sign_up(
        body.to_command(),
        visit=browsers.visit_of(call),
        installation=call.services.installation,
        limits=call.services.limits,
        mail=call.services.mail,
    )
    browsers.know(call, signed_up.device_token)
    return schemas.EmailOut(email=signed_up.email)


@api.post("/verify-email", allow=Allow.ANYONE, limit=SIGNING_IN, raises=(LinkNotValid, Unauthenticated))
def verify_email(call: Call, body: schemas.EmailTokenIn) -> schemas.EmailOut:
    """Confirm an address with the token of a mailed link. It works once, within 24 hours.

    Where the address is one of the staff's, only in a browser that is signed in to the account.
    """
    email = use_cases.verify_email(body.token, visit=browsers.visit_of(call), installation=call.services.installation)
    return schemas.EmailOut(email=email)


@api.post("/password-resets", allow=Allow.ANYONE, status=202, limit=SIGNING_IN, raises=(EmailInvalid,))
def ask_for_password_reset(call: Call, body: schemas.EmailIn) -> schemas.EmailOut:
    """Have a link mailed that sets another password. The answer is the same where the address has no account."""
    email = use_cases.ask_for_reset(body.email, installation=call.services.installation, limits=call.services.limits)
    return schemas.EmailOut(email=email)


@api.post(
    "/password-resets/finish",
    allow=Allow.ANYONE,
    status=204,
    limit=SIGNING_IN,
    raises=(LinkNotValid, PasswordUnfit, ChangedMeanwhile),
)
def finish_password_reset(call: Call, body: schemas.ResetIn) -> None:
    """Set a password with the newest mailed link, once, within 30 minutes. Every session ends.

    It signs nobody in and leaves the second factor as it is.
    """
    use_cases.finish_reset(body.to_command(), caller=call.caller, installation=call.services.installation)
