"""Legal documents: what a file of one looks like, which have to be accepted, and what somebody has still to accept."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from chalicelib.kernel.errors import Blame, Conflict, Invalid, NotFound
from chalicelib.kernel.records import record

MAX_TITLE_CHARACTERS: Final = 100
MAX_WRITER_CHARACTERS: Final = 80
MAX_MESSAGE_CHARACTERS: Final = 5_000
TERMS: Final = "terms"
EXPECTED: Final = (TERMS, "privacy", "sub-processors", "data-location")
"""The documents every installation has, in the order they are shown; an operator may add others behind them."""
_FENCE = "---"
_FIELDS = frozenset({"title", "version", "must_accept"})
_NO_TEXT = frozenset({"Cc", "Cs"})
"""Control characters and halves of characters."""
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")


class DocumentBroken(RuntimeError):
    """A legal document is missing or does not have the shape of one; the message says which and why.

    Not a fact: nobody who calls can act on it. The process that meets it at start does not start.
    """


class DocumentNotFound(NotFound):
    """The installation has no legal document of this name."""

    code = "document-not-found"
    title = "There is no such document."


class DocumentsChanged(Conflict):
    """What somebody agreed to is not what stands now; `standing.versions` has the versions that do."""

    code = "documents-changed"
    title = "The documents changed meanwhile. Read them again and repeat."


class TermsNotAccepted(Invalid):
    """Nobody gets an account without accepting the terms."""

    code = "terms-not-accepted"
    title = "Accept the terms to go on."


class TooYoung(Invalid):
    """Nobody gets an account without saying that they are 16 or older."""

    code = "too-young"
    title = "Wireroom is for people of 16 and older."


class MessageInvalid(Invalid):
    """A message to the operator is empty, too long, or has characters that are no text."""

    code = "message-invalid"
    title = "This message can't be sent."


@record
class Document:
    """A legal document in force. `version` is the ISO date it changed last; `text` is Markdown."""

    name: str
    title: str
    version: str
    must_accept: bool
    text: str


@record
class Library:
    """The documents of an installation, those of EXPECTED first, the others by name."""

    documents: tuple[Document, ...]

    def require(self, name: str) -> Document:
        """One document. Raises DocumentNotFound."""
        for document in self.documents:
            if document.name == name:
                return document
        raise DocumentNotFound

    def versions(self) -> dict[str, str]:
        """Every document's version by name: what somebody who signs up now is noted to have been shown."""
        return {document.name: document.version for document in self.documents}

    def pending(self, accepted: Mapping[str, str]) -> list[str]:
        """Names of what has to be accepted and changed since the versions somebody accepted, in the shown order."""
        return [document.name for document in newer(self.documents, accepted) if document.must_accept]

    def agreed(self, shown: Mapping[str, str]) -> dict[str, str]:
        """The versions somebody says they were shown and agree to, which must be those in force.

        Raises:
            DocumentsChanged: one of them is not, or there is no such document.
        """
        standing = self.versions()
        if any(standing.get(name) != version for name, version in shown.items()):
            raise DocumentsChanged(standing={"versions": standing})
        return dict(shown)


def newer(documents: Iterable[Document], known: Mapping[str, str]) -> list[Document]:
    """Those that changed since the versions somebody knows. ISO dates sort as text, and every one follows the empty."""
    return [document for document in documents if document.version > known.get(document.name, "")]


def library(documents: Iterable[Document]) -> Library:
    """An installation's documents, put in order.

    Raises:
        DocumentBroken: one of EXPECTED is missing, or the terms need not be accepted.
    """
    by_name = {document.name: document for document in documents}
    missing = [name for name in EXPECTED if name not in by_name]
    if missing:
        raise DocumentBroken(f"{missing[0]}.md is missing")
    if not by_name[TERMS].must_accept:
        raise DocumentBroken(f"{TERMS}.md: must_accept has to be true")
    others = sorted(by_name.keys() - set(EXPECTED))
    return Library(documents=tuple(by_name[name] for name in (*EXPECTED, *others)))


def parse(name: str, source: str) -> Document:
    """A document from its file: lines of `title`, `version` and `must_accept` between two `---`, then Markdown.

    Raises:
        DocumentBroken: naming the file and what is wrong with it.
    """
    if _NAME.fullmatch(name) is None:
        raise DocumentBroken(f"{name}.md: names have small letters and digits, with single hyphens between")
    try:
        fields, text = _taken_apart(source)
        return Document(
            name=name,
            title=_title(fields["title"]),
            version=_version(fields["version"]),
            must_accept=_must_accept(fields["must_accept"]),
            text=text,
        )
    except ValueError as misfit:
        raise DocumentBroken(f"{name}.md: {misfit}") from None


def _taken_apart(source: str) -> tuple[dict[str, str], str]:
    opening, *lines = source.splitlines() or [""]
    if opening != _FENCE or _FENCE not in lines:
        raise ValueError(f"begins with title, version and must_accept between two lines of {_FENCE}")
    end = lines.index(_FENCE)
    pairs = [line.split(":", 1) for line in lines[:end] if line.strip()]
    fields = {pair[0].strip(): pair[-1].strip() for pair in pairs}
    if any(len(pair) < 2 for pair in pairs) or fields.keys() != _FIELDS or len(pairs) != len(_FIELDS):
        raise ValueError(f"needs {', '.join(sorted(_FIELDS))} once each, as `name: value`, and nothing else")
    text = "\n".join(lines[end + 1 :]).strip()
    if not text:
        raise ValueError("has no text")
    return fields, text + "\n"


def _title(text: str) -> str:
    if not 1 <= len(text) <= MAX_TITLE_CHARACTERS:
        raise ValueError(f"title has 1 to {MAX_TITLE_CHARACTERS} characters")
    return text


def _version(text: str) -> str:
    try:
        is_date = date.fromisoformat(text).isoformat() == text
    except ValueError:
        is_date = False
    if not is_date:
        raise ValueError(f"version {text!r} is not a date such as 2026-11-21")
    return text


def _must_accept(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"must_accept is true or false, not {text!r}")
    return text == "true"


def require_consent(*, accepts_terms: bool, is_16_or_older: bool) -> None:
    """What everybody says before they get an account. Raises TermsNotAccepted or TooYoung, blaming the field."""
    if not accepts_terms:
        raise TermsNotAccepted(blames=(Blame("/accept_terms", "must be true"),))
    if not is_16_or_older:
        raise TooYoung(blames=(Blame("/is_16_or_older", "must be true"),))


def parse_message(text: str) -> str:
    """A message to the operator as it is sent: 1 to 5,000 characters, its lines ended by `\\n`.

    Raises:
        MessageInvalid: says what is wrong and never what was written.
    """
    message = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not 1 <= len(message) <= MAX_MESSAGE_CHARACTERS:
        raise MessageInvalid(blames=(Blame("/message", f"has 1 to {MAX_MESSAGE_CHARACTERS} characters"),))
    if any(unicodedata.category(letter) in _NO_TEXT and letter not in "\n\t" for letter in message):
        raise MessageInvalid(blames=(Blame("/message", "has characters that can't be shown"),))
    return message
