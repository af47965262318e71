"""Legal documents and messages to the operator on the wire."""

from typing import Annotated

import msgspec

from chalicelib.features.legal.model import MAX_MESSAGE_CHARACTERS, Document, Library
from chalicelib.features.legal.use_cases import Contact
from chalicelib.kernel import emails

WriterText = Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
"""A name before it is composed and trimmed; the rule itself is kernel/names."""
EmailText = Annotated[str, msgspec.Meta(min_length=1, max_length=emails.MAX_CHARACTERS)]
MessageText = Annotated[str, msgspec.Meta(min_length=1, max_length=2 * MAX_MESSAGE_CHARACTERS)]
"""A message before its line ends are made one character."""


class DocumentOut(msgspec.Struct):
    """A legal document. `version` is the date it changed last; `must_accept` whether an account needs it accepted."""

    name: str
    title: str
    version: str
    must_accept: bool

    @classmethod
    def of(cls, document: Document) -> "DocumentOut":
        """As it travels."""
        return cls(name=document.name, title=document.title, version=document.version, must_accept=document.must_accept)


class DocumentsOut(msgspec.Struct):
    """The documents in force, in the order they are shown."""

    documents: list[DocumentOut]

    @classmethod
    def of(cls, library: Library) -> "DocumentsOut":
        """As they travel."""
        return cls(documents=[DocumentOut.of(each) for each in library.documents])


class DocumentTextOut(DocumentOut):
    """A legal document with its text, which is Markdown."""

    text: str

    @classmethod
    def of(cls, document: Document) -> "DocumentTextOut":
        """As it travels."""
        return cls(
            name=document.name,
            title=document.title,
            version=document.version,
            must_accept=document.must_accept,
            text=document.text,
        )


class ContactIn(msgspec.Struct, forbid_unknown_fields=True):
    """A message to the operator: of 1 to 5,000 characters, by somebody with an address it can be answered to."""

    name: WriterText
    email: EmailText
    message: MessageText

    def to_command(self) -> Contact:
        """The wish."""
        return Contact(writer=self.name, email=self.email, message=self.message)
