"""Paths of signing in with a provider: there and back, signing up, and a person's logins.

Providers send people back to a page of the app, which posts what they brought here; so every answer is JSON.
"""

from __future__ import annotations

from datetime import datetime

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge import cookies
from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas as identity_schemas
from chalicelib.features.identity.model import (
    LinkNotValid,
    ProofWrong,
    SignInAgain,
    UsernameInvalid,
    UsernameTaken,
)
from chalicelib.features.identity.routes import browsers
from chalicelib.features.legal.model import TermsNotAccepted, TooYoung
from chalicelib.features.sign_in import schemas as sign_in_schemas
from chalicelib.features.sign_in.model import AccountClosing
from chalicelib.features.sign_in.routes import entering
from chalicelib.features.social_sign_in import schemas
from chalicelib.features.social_sign_in.model import (
    AccountExists,
    Begun,
    EmailNotProven,
    LastWayIn,
    LoginNotFound,
    LoginTaken,
    PendingLoginElsewhere,
    PendingLoginOver,
    ProviderAway,
    ProviderLinked,
    ProviderNotOffered,
    ProviderRefused,
    Return,
    ReturnPathInvalid,
    SignInNotFresh,
    SignInOver,
    Waiting,
)
from chalicelib.features.social_sign_in.use_cases import flows, logins, signing_in
from chalicelib.features.workspaces.model import EmailUnverified
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.names import NameInvalid
from chalicelib.table.transaction import ChangedMeanwhile

FLOW_COOKIE = "sign-in"
PENDING_COOKIE = "pending"

api = Api(__name__)


@api.get("/sign-in/providers", allow=Allow.ANYONE)
def list_sign_in_providers(_: Call) -> schemas.ProvidersOut:
    """Read whom people can sign in with here."""
    return schemas.ProvidersOut.of(flows.offered())


@api.post(
    "/sign-in/{provider}",
    allow=Allow.ANYONE,
    limit=SIGNING_IN,
    raises=(ProviderNotOffered, ProviderAway, ReturnPathInvalid),
)
def begin_social_sign_in(call: Call, body: schemas.BeginIn, provider: str) -> schemas.AddressOut:
    """Begin to sign in with a provider: the answer says where the browser is to go, and sets a ten-minute cookie."""
    return _begun(call, signing_in.begin(provider, body.next, installation=call.services.installation))


@api.post(
    "/sign-in/{provider}/finish",
    allow=Allow.ANYONE,
    limit=SIGNING_IN,
    raises=(SignInOver, ProviderNotOffered, ProviderAway, ProviderRefused, AccountClosing, ChangedMeanwhile),
)
def finish_social_sign_in(call: Call, body: schemas.ReturnIn, provider: str) -> schemas.SocialOut:
    """Come back from a provider with its code. `next` of the answer says what follows.

    A return can be used once, in the browser it began in.
    """
    outcome = signing_in.finish(
        _return(call, provider, body), visit=browsers.visit_of(call), installation=call.services.installation
    )
    call.cookies.append(cookies.clear(FLOW_COOKIE))
    match outcome.result:
        case Waiting() as waiting:
            _keep(call, PENDING_COOKIE, waiting.token, waiting.pending.ends_at)
            return schemas.SocialOut.waiting(waiting)
        case entered:
            return schemas.SocialOut.entered(entering.let_in(call, entered), outcome.return_to)


@api.post(
    "/sign-up/social/email",
    allow=Allow.ANYONE,
    status=202,
    limit=SIGNING_IN,
    raises=(PendingLoginOver, EmailInvalid),
)
def ask_for_pending_email(call: Call, body: schemas.PendingEmailIn) -> identity_schemas.EmailOut:
    """Have a link mailed that shows the address to be theirs, where the provider vouches for none.

    The answer is the same whether the address has an account or not.
    """
    email = signing_in.ask_for_email(
        call.cookie(PENDING_COOKIE),
        body.email,
        installation=call.services.installation,
        limits=call.services.limits,
        mail=call.services.mail,
    )
    return identity_schemas.EmailOut(email=email)


@api.post(
    "/sign-up/social/email/confirm",
    allow=Allow.ANYONE,
    limit=SIGNING_IN,
    raises=(PendingLoginOver, LinkNotValid),
)
def prove_pending_email(call: Call, body: schemas.PendingTokenIn) -> schemas.SocialOut:
    """Show an address to be theirs with the token of the mailed link, in the browser that asked for it."""
    token = call.cookie(PENDING_COOKIE)
    return schemas.SocialOut.waiting(signing_in.prove_email(token, body.token, installation=call.services.installation))


@api.post(
    "/sign-up/social",
    allow=Allow.ANYONE,
    limit=SIGNING_IN,
    raises=(
        PendingLoginOver,
        EmailNotProven,
        AccountExists,
        NameInvalid,
        UsernameInvalid,
        UsernameTaken,
        TermsNotAccepted,
        TooYoung,
        ChangedMeanwhile,
    ),
)
def sign_up_with_provider(call: Call, body: schemas.SocialSignUpIn) -> sign_in_schemas.SignInOut:
    """Make an account of a pending login and sign in to it. It has no password until one is set."""
    entered = signing_in.sign_up(
        body.to_form(),
        call.cookie(PENDING_COOKIE),
        visit=browsers.visit_of(call),
        installation=call.services.installation,
    )
    call.cookies.append(cookies.clear(PENDING_COOKIE))
    return entering.let_in(call, entered)


@api.get("/me/logins", allow=Allow.SIGNED_IN)
def list_my_logins(call: Call) -> schemas.LoginsOut:
    """Read with whom one can sign in."""
    found = logins.list_logins(call.session, installation=call.services.installation)
    return schemas.LoginsOut(logins=[schemas.LoginOut.of(login) for login in found])


@api.post(
    "/me/logins/pending",
    allow=Allow.SIGNED_IN,
    status=201,
    limit=SIGNING_IN,
    raises=(
        PendingLoginOver,
        EmailNotProven,
        PendingLoginElsewhere,
        SignInNotFresh,
        LoginTaken,
        ProviderLinked,
        ChangedMeanwhile,
    ),
)
def link_pending_login(call: Call) -> schemas.LoginOut:
    """Link the pending login of this browser to the account its address belongs to, just signed in to."""
    login = logins.link_pending(
        call.cookie(PENDING_COOKIE),
        session=call.session,
        actor=call.actor,
        installation=call.services.installation,
    )
    call.cookies.append(cookies.clear(PENDING_COOKIE))
    return schemas.LoginOut.of(login)


@api.post(
    "/me/logins/{provider}",
    allow=Allow.SIGNED_IN,
    limit=SIGNING_IN,
    raises=(ProviderNotOffered, ProviderAway, ProviderLinked, EmailUnverified, ProofWrong, SignInAgain),
)
def begin_linking(call: Call, body: identity_schemas.ProvenIn, provider: str) -> schemas.AddressOut:
    """Begin to link a login: the answer says where the browser is to go, and sets a ten-minute cookie."""
    begun = logins.begin_link(
        provider,
        body.proof.to_proof(),
        session=call.session,
        installation=call.services.installation,
        limits=call.services.limits,
    )
    return _begun(call, begun)


@api.post(
    "/me/logins/{provider}/finish",
    allow=Allow.SIGNED_IN,
    status=201,
    limit=SIGNING_IN,
    raises=(
        SignInOver,
        ProviderNotOffered,
        ProviderAway,
        ProviderRefused,
        LoginTaken,
        ProviderLinked,
        ChangedMeanwhile,
    ),
)
def finish_linking(call: Call, body: schemas.ReturnIn, provider: str) -> schemas.LoginOut:
    """Come back from a provider with its code, and link who one is there."""
    login = logins.finish_link(
        _return(call, provider, body),
        session=call.session,
        actor=call.actor,
        installation=call.services.installation,
    )
    call.cookies.append(cookies.clear(FLOW_COOKIE))
    return schemas.LoginOut.of(login)


@api.post(
    "/me/logins/{provider}/off",
    allow=Allow.SIGNED_IN,
    status=204,
    limit=SIGNING_IN,
    raises=(LoginNotFound, LastWayIn, ProofWrong, SignInAgain, ChangedMeanwhile),
)
def unlink_login(call: Call, body: identity_schemas.ProvenIn, provider: str) -> None:
    """Unlink a login; another way to sign in must stay."""
    logins.unlink(
        provider,
        body.proof.to_proof(),
        session=call.session,
        actor=call.actor,
        installation=call.services.installation,
        limits=call.services.limits,
    )


def _begun(call: Call, begun: Begun) -> schemas.AddressOut:
    _keep(call, FLOW_COOKIE, begun.token, begun.ends_at)
    return schemas.AddressOut(url=begun.url)


def _return(call: Call, provider: str, body: schemas.ReturnIn) -> Return:
    return Return(provider=provider, code=body.code, state=body.state, token=call.cookie(FLOW_COOKIE))


def _keep(call: Call, purpose: str, token: str, ends_at: datetime) -> None:
    call.cookies.append(cookies.issue(token, ends_at, call.now(), purpose))
