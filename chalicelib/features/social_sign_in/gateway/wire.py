"""Requests to providers: bounded in time and size, never redirected; what seldom changes is kept for an hour."""

import json
import time
from typing import Any, Final, TypeVar

import msgspec
import requests

from chalicelib.features.social_sign_in.model import ProviderAway
from chalicelib.kernel.records import record

PATIENCE_S = 5.0
"""How long a provider may take to connect, between two bytes, and for the whole of an answer."""
MAX_BYTES: Final = 262_144
KEPT_S: Final = 3_600
_CHUNK_BYTES = 16_384

Shape = TypeVar("Shape", bound=msgspec.Struct)


@record
class Answer:
    """What a provider answered, read to its end; has what authlib asks of a response."""

    status_code: int
    body: bytes

    def __repr__(self) -> str:
        return f"Answer(status_code={self.status_code})"

    def json(self) -> Any:
        """The body as JSON. Raises ValueError: it is none."""
        return json.loads(self.body)

    def raise_for_status(self) -> None:
        """Raises ProviderAway for anything but success."""
        if not 200 <= self.status_code < 300:
            raise ProviderAway


def bounds() -> dict[str, Any]:
    """The arguments every request is made with."""
    return {"timeout": PATIENCE_S, "allow_redirects": False, "stream": True}


def closed_in(session: requests.Session) -> requests.Session:
    """A session that neither `.netrc` nor a proxy of the environment has a say in."""
    session.trust_env = False
    return session


def read(response: requests.Response) -> Answer:
    """The answer to a request with these bounds. Raises ProviderAway: it is too long, in bytes or in seconds."""
    ends_at_s, body = time.monotonic() + PATIENCE_S, b""
    with response:
        for chunk in response.iter_content(_CHUNK_BYTES):
            body += chunk
            if len(body) > MAX_BYTES or time.monotonic() > ends_at_s:
                raise ProviderAway
    return Answer(status_code=response.status_code, body=body)


def get(url: str, shape: type[Shape], *, parameters: dict[str, str] | None = None, bearer: str = "") -> Shape:
    """A JSON document. Raises ProviderAway: no answer, no success, or not of this shape."""
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    try:
        with closed_in(requests.Session()) as session:
            answer = read(session.get(url, params=parameters, headers=headers, **bounds()))
        answer.raise_for_status()
        return msgspec.json.decode(answer.body, type=shape)
    except (requests.RequestException, msgspec.MsgspecError, UnicodeError, RecursionError) as misfit:
        raise ProviderAway from misfit


def kept(url: str, shape: type[Shape], *, anew: bool = False) -> Shape:
    """The same of a document that seldom changes: asked for once an hour and process, or `anew`. Raises ProviderAway.

    Only addresses that settings and discovery documents name come here, so two a provider are kept.
    """
    asked_at_s, document = _documents.get(url, (0.0, None))
    if anew or document is None or time.monotonic() - asked_at_s > KEPT_S:
        document = get(url, shape)
        _documents[url] = (time.monotonic(), document)
    found: Shape = document
    return found


_documents: dict[str, tuple[float, Any]] = {}
