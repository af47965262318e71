"""What carries a secret never shows it: not in a traceback, a failed assertion or a careless line of the log."""

from datetime import UTC, datetime
from typing import cast

import pytest

from chalicelib.adapters.files import UploadForm
from chalicelib.adapters.mail import Letter
from chalicelib.edge.call import Call
from chalicelib.features.identity.model import Pass, SignedUp, User
from chalicelib.features.workspaces.model import Invite, OpenedInvite
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.services import Services
from chalicelib.table.due import Due
from chalicelib.table.proof import Caller
from chalicelib.table.tenant import Installation

PLANTED = "planted-secret"
AT = datetime(2026, 11, 25, tzinfo=UTC)
BEARERS = [
    Letter(to=PLANTED, subject="Hello", paragraphs=(PLANTED,), link=f"https://x.example/#{PLANTED}"),
    SignedUp(email="anna@example.com", device_token=PLANTED),
    User(
        id=UserId(ids.mint()),
        email=PLANTED,
        email_verified_at=None,
        full_name=PLANTED,
        username="anna",
        password_hash=PLANTED,
        version=1,
        accepted={},
        accepted_at=AT,
        created_at=AT,
    ),
    Pass(text=PLANTED, ends_at=AT),
    Call(
        request_id="1",
        caller=Caller(address="192.0.2.1", device="Test Browser"),
        services=cast("Services", PLANTED),
        token=PLANTED,
        cookie_header=PLANTED,
        cookies=[PLANTED],
    ),
    Due(work="letter.send", facts={"letter": {"to": PLANTED}}, installation=Installation(), of_tenant=None),
    OpenedInvite(invite=cast("Invite", PLANTED), link=PLANTED),
    UploadForm(url="https://x.example/", fields={"x-amz-signature": PLANTED}, key="key"),
]


@pytest.mark.parametrize("bearer", BEARERS, ids=lambda bearer: type(bearer).__name__)
def test_its_repr_names_it_and_shows_no_secret(bearer: object) -> None:
    shown = repr(bearer)
    assert type(bearer).__name__ in shown
    assert PLANTED not in shown
