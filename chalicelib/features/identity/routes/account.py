"""Paths of one's own account: who one is, what one agreed to, one's own log."""

from __future__ import annotations

from chalicelib.adapters.limits import SIGNING_IN
from chalicelib.edge.api import Allow
from chalicelib.edge.call import Call
from chalicelib.features.identity import schemas, use_cases
from chalicelib.features.identity.model import EmailAlreadyVerified, UsernameInvalid, UsernameTaken
from chalicelib.features.identity.routes import browsers
from chalicelib.features.identity.routes.declared import api
from chalicelib.features.legal.model import DocumentsChanged
from chalicelib.kernel.names import NameInvalid
from chalicelib.kernel.time_zones import TimeZoneUnknown
from chalicelib.table.cursors import CursorInvalid
from chalicelib.table.transaction import ChangedMeanwhile


@api.get("/me", allow=Allow.SIGNED_IN)
def get_me(call: Call) -> schemas.MeOut:
    """Read who is signed in, and the workspaces they can switch between."""
    return browsers.me_of(call)


@api.patch(
    "/me",
    allow=Allow.SIGNED_IN,
    limit=SIGNING_IN,
    raises=(NameInvalid, UsernameInvalid, UsernameTaken, TimeZoneUnknown, ChangedMeanwhile),
)
def update_me(call: Call, body: schemas.ProfileIn) -> schemas.UserOut:
    """Change full name, username or time zone (a name of the IANA database)."""
    me = use_cases.update_profile(
        body.to_command(), session=call.session, caller=call.caller, installation=call.services.installation
    )
    return schemas.UserOut.of(me)


@api.post("/verification-mails", allow=Allow.SIGNED_IN, status=202, limit=SIGNING_IN, raises=(EmailAlreadyVerified,))
def send_verification_mail(call: Call) -> schemas.EmailOut:
    """Have the confirmation link mailed once more."""
    email = use_cases.send_verification(
        call.session,
        installation=call.services.installation,
        limits=call.services.limits,
        mail=call.services.mail,
    )
    return schemas.EmailOut(email=email)


@api.post("/me/legal", allow=Allow.SIGNED_IN, status=204, raises=(DocumentsChanged, ChangedMeanwhile))
def accept_documents(call: Call, body: schemas.AcceptedIn) -> None:
    """Agree to the versions of legal documents that were shown."""
    use_cases.accept_documents(
        body.documents, session=call.session, caller=call.caller, installation=call.services.installation
    )


@api.get("/me/log", allow=Allow.SIGNED_IN, raises=(CursorInvalid,))
def read_own_log(call: Call, query: schemas.LogQuery) -> schemas.LogOut:
    """Read one's own log, newest first: sign-ins, refused ones too, and changes of how one does.

    A page has 50 entries at most, of 13 months at most; fewer, or none, don't mean that it is the last.
    """
    page = use_cases.read_log(call.session, cursor=query.cursor, installation=call.services.installation)
    return schemas.LogOut.of(page)
