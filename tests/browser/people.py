"""People who are signed in, made through the product's own API, so that a journey starts where it is about something.

Each speaks from a loopback address of their own, as people do, so that one's tries never count against another's limit.
"""

import http.client
import itertools
import json
import urllib.request
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from chalicelib.kernel import ids
from tests.browser.product import RunningProduct

PASSWORD = "tide tables and lighthouses"
COOKIE = "wireroom"
_addresses = itertools.count(10)


@dataclass(slots=True, kw_only=True)
class Person:
    """Somebody with an account of ours. `api` speaks as they do."""

    product: RunningProduct
    address: str
    email: str
    full_name: str
    token: str = field(default="", repr=False)
    workspace_id: str = ""

    def api(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        """Status and JSON of one call to the API, with this person's cookie."""
        target = urlsplit(self.product.origin)
        connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20, source_address=(self.address, 0))
        headers = {"Host": target.netloc, "Origin": self.product.origin, "Cookie": f"{COOKIE}={self.token}"}
        try:
            connection.request(
                method,
                f"/api{path}",
                body=None if body is None else json.dumps(body).encode(),
                headers={**headers, "Content-Type": "application/json"},
            )
            answer = connection.getresponse()
            for header in answer.headers.get_all("Set-Cookie", []):
                self._keep_cookie(header)
            text = answer.read()
            return answer.status, json.loads(text) if text else None
        finally:
            connection.close()

    def _keep_cookie(self, header: str) -> None:
        kept = SimpleCookie(header)
        if COOKIE in kept:
            self.token = kept[COOKIE].value


def join(product: RunningProduct, full_name: str) -> Person:
    """Sign somebody up, confirm their address, sign them in; their own workspace is theirs."""
    mark = ids.mint()[-10:].lower()
    person = Person(
        product=product,
        address=f"127.0.0.{next(_addresses)}",
        email=f"{mark}@people.localhost",
        full_name=full_name,
    )
    wish = {
        "email": person.email,
        "full_name": full_name,
        "username": f"p_{mark}",
        "password": PASSWORD,
        "accept_terms": True,
        "is_16_or_older": True,
    }
    assert person.api("POST", "/sign-up", wish)[0] == 202
    assert person.api("POST", "/verify-email", {"token": mailed_token(product, person.email)})[0] == 200
    status, entered = person.api("POST", "/sign-in", {"email": person.email, "password": PASSWORD})
    assert status == 200, entered
    person.workspace_id = entered["me"]["workspaces"][0]["id"]
    return person


def bring_in(owner: Person, other: Person, role: str = "member") -> None:
    """Invite somebody into a workspace by link and have them accept."""
    status, invite = owner.api("POST", f"/workspaces/{owner.workspace_id}/invites", {"role": role})
    assert status == 201, invite
    status, workspace = other.api("POST", "/invites/accept", {"token": invite["link"].rpartition("#")[2]})
    assert status == 200, workspace
    other.workspace_id = workspace["id"]


def letters(product: RunningProduct, email: str) -> list[dict[str, Any]]:
    """Every mail somebody was sent, newest first: `Subject`, `BodyText`."""
    with urllib.request.urlopen(f"http://127.0.0.1:{product.ports.aws}/_ministack/ses/messages", timeout=20) as answer:
        kept = json.load(answer)["messages"].values()
    mails = [mail for records in kept for mail in records if email in mail["To"]]
    return sorted(mails, key=lambda mail: mail["Timestamp"], reverse=True)


def mailed_link(product: RunningProduct, email: str, page: str = "/") -> str:
    """The newest link to a page of the app that somebody was mailed; empty where none was."""
    texts = (mail["BodyText"] for mail in letters(product, email))
    return next((word for text in texts for word in text.split() if word.startswith(product.origin + page)), "")


def mailed_token(product: RunningProduct, email: str, page: str = "/confirm") -> str:
    """What stands behind the `#` of that link."""
    return mailed_link(product, email, page).rpartition("#")[2]
