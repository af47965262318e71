"""Asks the Chalice app in this process, as the edge in front of it would have it asked."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalice.config import Config
from chalice.local import LocalGateway

from chalicelib import settings
from chalicelib.edge import cookies


def some_address() -> str:
    """An address nobody else in the test run comes from, so that rate limits count each person apart."""
    return ".".join(str(random.randrange(1, 255)) for _ in range(4))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; `body` is its JSON, or None where there is none."""

    status: int
    body: Any
    headers: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The problem's code."""
        return str(self.body["code"])

    @property
    def media_type(self) -> str:
        """What the body says it is."""
        return str(self.headers["Content-Type"])

    @property
    def cookies(self) -> list[str]:
        """The cookies it sets."""
        found: list[str] = self.headers.get("Set-Cookie", [])
        return found

    @property
    def pointers(self) -> list[str]:
        """The places a problem blames."""
        return [each["pointer"] for each in self.body.get("errors", [])]


@dataclass(slots=True, kw_only=True)
class Browser:
    """Somebody's browser: where it stands, the session it holds, and what it keeps in our other cookies."""

    address: str = field(default_factory=some_address)
    device: str = "Test Browser 1.0"
    token: str | None = None
    jar: dict[str, str] = field(default_factory=dict)

    def cookie_header(self) -> str | None:
        """What it sends as `Cookie`."""
        session = {} if self.token is None else {cookies.name(): self.token}
        return "; ".join(f"{name}={value}" for name, value in (session | self.jar).items()) or None

    def keep(self, answer: Answer) -> None:
        """Store the cookies an answer sets, and drop those it clears; the session's is the test's to put in."""
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            if "; Max-Age=0" in cookie:
                self.jar.pop(name, None)
            elif name != cookies.name():
                self.jar[name] = value


class ApiClient:
    """Sends requests with the headers a browser and the edge would add; `headers` adds to them, None removes one."""

    def __init__(self, app: Any) -> None:
        self._gateway = LocalGateway(app, Config.create(chalice_stage="test"))

    def get(self, path: str, browser: Browser | None = None, **more: Any) -> Answer:
        """Read."""
        return self.request("GET", path, browser, **more)

    def post(self, path: str, body: Any = None, browser: Browser | None = None, **more: Any) -> Answer:
        """Do or create."""
        return self.request("POST", path, browser, body=body, **more)

    def put(self, path: str, body: Any, browser: Browser | None = None, **more: Any) -> Answer:
        """Replace."""
        return self.request("PUT", path, browser, body=body, **more)

    def patch(self, path: str, body: Any, browser: Browser | None = None, **more: Any) -> Answer:
        """Change parts."""
        return self.request("PATCH", path, browser, body=body, **more)

    def delete(self, path: str, browser: Browser | None = None, **more: Any) -> Answer:
        """Remove."""
        return self.request("DELETE", path, browser, **more)

    def request(
        self,
        method: str,
        path: str,
        browser: Browser | None = None,
        *,
        body: Any = None,
        raw: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Send anything: `body` goes as JSON, `raw` as it is."""
        browser = browser or Browser()
        sent = self._headers(browser) | dict(headers or {})
        if body is not None:
            raw = json.dumps(body).encode()
        came = self._gateway.handle_request(
            method, path, {name: value for name, value in sent.items() if value is not None}, raw or b""
        )
        text = came["body"]
        answer = Answer(
            status=came["statusCode"],
            body=json.loads(text) if text else None,
            headers={**came["headers"], **came["multiValueHeaders"]},
        )
        browser.keep(answer)
        return answer

    def _headers(self, browser: Browser) -> dict[str, str | None]:
        here = settings.current()
        return {
            "X-Origin-Secret": here.origin_secret,
            "CloudFront-Viewer-Address": f"{browser.address}:443",
            "Origin": here.public_origin,
            "User-Agent": browser.device,
            "Content-Type": "application/json",
            "Cookie": browser.cookie_header(),
        }
