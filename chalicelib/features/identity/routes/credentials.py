"""Paths of what one signs in with: password and e-mail address."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas, use_cases
from chalicelib.features.identity.model import EmailUnchanged, LinkNotValid, PasswordUnfit, ProofWrong, SignInAgain
from chalicelib.features.identity.routes.declared import api
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.table.transaction import ChangedMeanwhile


@api.post(
    "/me/password",
    allow=Allow.SIGNED_IN,
    status=204,
    limit=SIGNING_IN,
    raises=(PasswordUnfit, ProofWrong, SignInAgain, ChangedMeanwhile),
)
def change_password(call: Call, body: schemas.NewPasswordIn) -> None:
    """Have another password, or a first one. Every other session ends."""
    use_cases.change_password(
        body.to_command(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )


@api.post(
    "/me/email",
    allow=Allow.SIGNED_IN,
    status=202,
    limit=SIGNING_IN,
    raises=(EmailInvalid, EmailUnchanged, ProofWrong, SignInAgain),
)
def change_email(call: Call, body: schemas.NewEmailIn) -> schemas.EmailOut:
    """Have a link mailed to another address, which moves the account there within 24 hours.

    The answer is the same where the address belongs to another account: its holder then gets a letter that says so.
    """
    email = use_cases.change_email(
        body.to_command(),
        session=call.session,
        caller=call.caller,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return schemas.EmailOut(email=email)


@api.post("/me/email/confirm", allow=Allow.SIGNED_IN, limit=SIGNING_IN, raises=(LinkNotValid,))
def confirm_email_change(call: Call, body: schemas.EmailTokenIn) -> schemas.EmailOut:
    """Move the account to another address with the token of the link mailed there. It works once, within 24 hours.

    A link of somebody else's account does nothing here, and stays good for them.
    """
    email = use_cases.confirm_email_change(
        body.token, session=call.session, caller=call.caller, installation=call.services.installation
    )
    return schemas.EmailOut(email=email)
