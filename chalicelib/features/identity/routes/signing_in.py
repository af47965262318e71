"""Paths of people who are not signed in: signing up and in, getting back in, confirming an address."""

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge import cookies
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import use_cases
from chalicelib.features.identity.model import (
    AccountClosing,
    ChallengeOver,
    CodeWrong,
    LinkNotValid,
    PasswordUnfit,
    UsernameInvalid,
    UsernameTaken,
    WrongCredentials,
)
from chalicelib.features.identity.routes import entering
from chalicelib.features.identity.routes.declared import api
from chalicelib.features.identity.schemas import (
    CodeIn,
    EmailIn,
    EmailOut,
    EmailTokenIn,
    ResetIn,
    SignInIn,
    SignInOut,
    SignUpIn,
)
from chalicelib.features.legal.model import TermsNotAccepted, TooYoung
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.names import NameInvalid
from chalicelib.table.transaction import ChangedMeanwhile


@api.post(
    "/sign-up",
    allow=Allow.ANYONE,
    body=SignUpIn,
    answer=EmailOut,
    status=202,
    limit=SIGNING_IN,
    raises=(EmailInvalid, NameInvalid, UsernameInvalid, UsernameTaken, PasswordUnfit, TermsNotAccepted, TooYoung),
)
def sign_up(call: Call, body: SignUpIn) -> EmailOut:
    """Ask for an account. A letter with a link goes to the address.

    The answer is the same where the address has an account: its holder then gets a letter that says so.
    """
    signed_up = use_cases.sign_up(
        body.to_command(),
        visit=entering.visit_of(call),
        installation=call.services.installation,
        limits=call.services.limits,
        mail=call.services.mail,
    )
    entering.know(call, signed_up.device_token)
    return EmailOut(email=signed_up.email)


@api.post(
    "/verify-email", allow=Allow.ANYONE, body=EmailTokenIn, answer=EmailOut, limit=SIGNING_IN, raises=(LinkNotValid,)
)
def verify_email(call: Call, body: EmailTokenIn) -> EmailOut:
    """Confirm an address with the token of a mailed link, or move the account to it. It works once, within 24 hours."""
    email = use_cases.verify_email(body.token, caller=call.caller, installation=call.services.installation)
    return EmailOut(email=email)


@api.post(
    "/sign-in",
    allow=Allow.ANYONE,
    body=SignInIn,
    answer=SignInOut,
    limit=SIGNING_IN,
    raises=(WrongCredentials, AccountClosing, ChangedMeanwhile),
)
def sign_in(call: Call, body: SignInIn) -> SignInOut:
    """Open a session, whose cookie the answer sets; or, where there is a second factor, be asked for it first."""
    entered = use_cases.sign_in(
        body.to_command(),
        visit=entering.visit_of(call),
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return entering.let_in(call, entered)


@api.post(
    "/sign-in/second-factor",
    allow=Allow.ANYONE,
    body=CodeIn,
    answer=SignInOut,
    limit=SIGNING_IN,
    raises=(CodeWrong, ChallengeOver, ChangedMeanwhile),
)
def finish_sign_in(call: Call, body: CodeIn) -> SignInOut:
    """Show the second factor, or a backup code, to the sign-in this browser began within the last ten minutes."""
    signed_in = use_cases.finish_sign_in(
        body.code,
        challenge_token=call.cookie(entering.CHALLENGE),
        visit=entering.visit_of(call),
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return entering.let_in(call, signed_in)


@api.post("/sign-out", allow=Allow.SIGNED_IN, answer=None, status=204)
def sign_out(call: Call) -> None:
    """End this session; the answer removes its cookie."""
    use_cases.sign_out(call.session, call.caller, installation=call.services.installation)
    call.cookies.append(cookies.clear())


@api.post(
    "/password-resets",
    allow=Allow.ANYONE,
    body=EmailIn,
    answer=EmailOut,
    status=202,
    limit=SIGNING_IN,
    raises=(EmailInvalid,),
)
def ask_for_password_reset(call: Call, body: EmailIn) -> EmailOut:
    """Have a link mailed that sets another password. The answer is the same where the address has no account."""
    email = use_cases.ask_for_reset(body.email, installation=call.services.installation, limits=call.services.limits)
    return EmailOut(email=email)


@api.post(
    "/password-resets/finish",
    allow=Allow.ANYONE,
    body=ResetIn,
    answer=None,
    status=204,
    limit=SIGNING_IN,
    raises=(LinkNotValid, PasswordUnfit, ChangedMeanwhile),
)
def finish_password_reset(call: Call, body: ResetIn) -> None:
    """Set a password with the newest mailed link, once, within 30 minutes. Every session ends.

    It signs nobody in and leaves the second factor as it is.
    """
    use_cases.finish_reset(body.to_command(), caller=call.caller, installation=call.services.installation)
