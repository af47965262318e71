"""Paths of legal matters: open to everybody, since they are read before anybody has an account."""

from __future__ import annotations

from chalicelib.edge.api import Allow, Api
from chalicelib.edge.call import Call
from chalicelib.features.legal import schemas, use_cases
from chalicelib.features.legal.model import DocumentNotFound, MessageInvalid
from chalicelib.features.legal.use_cases import CONTACTING
from chalicelib.kernel.emails import EmailInvalid
from chalicelib.kernel.names import NameInvalid

api = Api(__name__)


@api.get("/legal", allow=Allow.ANYONE)
def list_legal_documents(_: Call) -> schemas.DocumentsOut:
    """List the legal documents in force: terms, privacy, sub-processors, data location and what the operator added."""
    return schemas.DocumentsOut.of(use_cases.current())


@api.get("/legal/{document_name}", allow=Allow.ANYONE, raises=(DocumentNotFound,))
def get_legal_document(_: Call, document_name: str) -> schemas.DocumentTextOut:
    """Read one legal document."""
    return schemas.DocumentTextOut.of(use_cases.current().require(document_name))


@api.post(
    "/contact",
    allow=Allow.ANYONE,
    status=202,
    limit=CONTACTING,
    raises=(NameInvalid, EmailInvalid, MessageInvalid),
)
def contact(call: Call, body: schemas.ContactIn) -> None:
    """Write to the people who run this installation. The message is mailed to them and kept nowhere here."""
    use_cases.contact(body.to_command(), limits=call.services.limits, mail=call.services.mail)
