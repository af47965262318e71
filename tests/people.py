"""Real people for tests: they sign up, confirm their address and sign in as people do."""

import json
import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import Any

from chalicelib import due_work
from chalicelib.edge import cookies
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId, WorkspaceId
from tests import scene
from tests.api_client import Answer, ApiClient, Browser

PASSWORD = "a fine long passphrase"
_TICKS = 100
"""Work that goes on in turns takes a tick a turn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who is signed in with `browser`; `workspace_id` is the one that signing up made."""

    user_id: UserId
    email: str
    full_name: str
    username: str
    password: str
    workspace_id: WorkspaceId
    browser: Browser


class Mailbox:
    """Letters the local SES took."""

    def __init__(self, endpoint: str) -> None:
        self._url = f"{endpoint}/_wireroom/letters"

    def of(self, email: str) -> list[dict[str, Any]]:
        """Everything sent to an address, oldest first: `Subject`, and the text in `BodyText`."""
        query = urllib.parse.urlencode({"to": email})
        with urllib.request.urlopen(f"{self._url}?{query}", timeout=5) as answer:  # noqa: S310
            letters: list[dict[str, Any]] = json.load(answer)
        return letters

    def last_token(self, email: str) -> str:
        """What stands behind `#` in the link of the newest letter that has such a link."""
        texts: list[str] = [letter["BodyText"] for letter in self.of(email) if "#" in letter["BodyText"]]
        return texts[-1].rsplit("#", 1)[1].split()[0]


class People:
    """Makes people."""

    def __init__(self, api: ApiClient, mailbox: Mailbox) -> None:
        self._api = api
        self._mailbox = mailbox

    def new(self, full_name: str = "Anna Petrova", *, is_verified: bool = True, has_seat: bool = True) -> Person:
        """Somebody new, signed in, the Owner of a workspace of their own, on a Pro seat that is paid for long."""
        username = f"u_{ids.mint()[10:].lower()}"
        email = f"{username}@example.com"
        browser = Browser()
        wish = {"email": email, "full_name": full_name, "username": username, "password": PASSWORD}
        _must(self._api.post("/sign-up", wish | {"accept_terms": True, "is_16_or_older": True}, browser), 202)
        if is_verified:
            token = self._mailbox.last_token(email)
            _must(self._api.post("/verify-email", {"token": token}, browser), 200)
        me = self.sign_in(email, browser)
        if has_seat:
            scene.give_seat(WorkspaceId(me["workspaces"][0]["id"]), UserId(me["user"]["id"]))
        return Person(
            user_id=UserId(me["user"]["id"]),
            email=email,
            full_name=full_name,
            username=username,
            password=PASSWORD,
            workspace_id=WorkspaceId(me["workspaces"][0]["id"]),
            browser=browser,
        )

    def sign_in(self, email: str, browser: Browser) -> Any:
        """Sign in with this browser; returns Me."""
        return self.sign_in_with(email, PASSWORD, browser)

    def sign_in_with(self, email: str, password: str, browser: Browser) -> Any:
        """The same with a password of one's own choice."""
        answer = _must(self._api.post("/sign-in", {"email": email, "password": password}, browser), 200)
        browser.token = session_token(answer)
        return answer.body["me"]

    def join(self, person: Person, owner: Person, role: str = "member", *, has_seat: bool = True) -> None:
        """Have somebody join the owner's workspace by an invitation's link, and work there on a Pro seat."""
        path = f"/workspaces/{owner.workspace_id}/invites"
        opened = _must(self._api.post(path, {"role": role}, owner.browser), 201)
        token = opened.body["link"].rpartition("#")[2]
        _must(self._api.post("/invites/accept", {"token": token}, person.browser), 200)
        if has_seat:
            scene.give_seat(owner.workspace_id, person.user_id)


def session_token(answer: Answer) -> str:
    """What an answer sets as the session's cookie."""
    [cookie] = [each for each in answer.cookies if each.startswith(f"{cookies.name()}=")]
    return cookie.partition("=")[2].partition(";")[0]


def deliver() -> int:
    """Do all that is due now, what other tests left behind too, letters among it; how much that was."""
    done = 0
    for _ in range(_TICKS):
        pollers = (due_work.poller(), due_work.postman(), due_work.messenger(), due_work.pusher())
        more = sum(poller.tick() for poller in pollers)
        done += more
        if not more:
            break
    return done


def _must(answer: Answer, status: int) -> Answer:
    assert answer.status == status, answer.body
    return answer
