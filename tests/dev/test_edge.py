"""The one origin: pages with their caching and security headers, and what origins are told and not told."""

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from yarl import URL

from dev import settings
from dev.edge.__main__ import application, outgoing
from dev.edge.mail import SentMail, render
from dev.settings import DevSettings, Ports
from tests.local_aws import LocalAws, free_port

SECRET = "of this test"
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Client = TestClient[web.Request, web.Application]


class Origin:
    """A process behind the edge that keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.bodies: list[bytes] = []
        self.answer: Answer = self._hello
        self.port = 0

    async def _hello(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text="hello", headers={"Set-Cookie": "a=b; HttpOnly"})

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        self.bodies.append(await request.read())
        return await self.answer(request)


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html><title>the app</title>")
    (tmp_path / "assets" / "main-3f2a.js").write_text("export const answer = 42\n" * 100)
    (tmp_path / "favicon.svg").write_text("<svg/>")
    (tmp_path.parent / "outside.txt").write_text("outside")
    return tmp_path


@pytest.fixture
async def origin() -> AsyncIterator[Origin]:
    origin = Origin()
    app = web.Application(client_max_size=10_000_000)
    app.router.add_route("*", "/{path:.*}", origin.handle)
    async with TestServer(app) as server:
        assert server.port is not None
        origin.port = server.port
        yield origin


@pytest.fixture
def here(dist: Path, origin: Origin) -> DevSettings:
    ports = Ports(api=origin.port, worker=origin.port, telegram_control=origin.port, stripe=origin.port)
    return replace(settings.read({}), ports=ports, web_dist=dist)


@pytest.fixture
async def caller(here: DevSettings) -> AsyncIterator[Client]:
    async with outgoing() as session, TestClient(TestServer(application(here, SECRET, session))) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/sign-in", "/w/01J/inbox", "/problems/not-found"])
async def test_a_page_is_the_app_whatever_its_address_and_is_asked_for_again(caller: Client, path: str) -> None:
    answered = await caller.get(path)
    assert answered.status == 200
    assert answered.headers["Content-Type"].startswith("text/html")
    assert answered.headers["Cache-Control"] == "no-cache"
    assert "the app" in await answered.text()


async def test_a_hashed_asset_is_kept_for_ever_and_travels_compressed(caller: Client) -> None:
    answered = await caller.get("/assets/main-3f2a.js", headers={"Accept-Encoding": "gzip"})
    assert answered.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answered.headers["Content-Encoding"] == "gzip"


@pytest.mark.parametrize("path", ["/assets/old-1111.js", "/assets/%2e%2e/%2e%2e/outside.txt", "/..%2foutside.txt"])
async def test_a_file_that_is_not_the_apps_is_not_there(caller: Client, path: str) -> None:
    answered = await caller.get(path)
    assert answered.status == 404
    assert "outside" not in await answered.text()


@pytest.mark.parametrize("path", ["/", "/assets/main-3f2a.js", "/api/me", "/nothing.js"])
async def test_every_answer_carries_the_headers_cloudfront_will_add(caller: Client, path: str) -> None:
    headers = (await caller.get(path)).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "connect-src 'self' ws://localhost:8480 http://127.0.0.1:8483 http://127.0.0.1:8483;" in policy
    assert "$" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Frame-Options"] == "DENY"


async def test_without_a_build_the_page_says_what_to_run(caller: Client, dist: Path) -> None:
    (dist / "index.html").unlink()
    answered = await caller.get("/")
    assert answered.status == 503
    assert "make run" in await answered.text()


async def test_the_api_gets_the_path_below_api_with_body_and_cookies(caller: Client, origin: Origin) -> None:
    answered = await caller.post(
        URL("/api/workspaces?a=%2F", encoded=True), json={"name": "W"}, headers={"Cookie": "wireroom=1"}
    )
    [asked] = origin.asked
    assert (asked.method, asked.raw_path) == ("POST", "/workspaces?a=%2F")
    assert origin.bodies == [b'{"name": "W"}']
    assert asked.headers["Cookie"] == "wireroom=1"
    assert answered.headers["Set-Cookie"] == "a=b; HttpOnly"
    assert await answered.text() == "hello"


async def test_the_worker_gets_its_whole_path_and_no_cookies(caller: Client, origin: Origin) -> None:
    await caller.get("/live/health", headers={"Cookie": "wireroom=1"})
    [asked] = origin.asked
    assert asked.raw_path == "/live/health"
    assert "Cookie" not in asked.headers


@pytest.mark.parametrize("path", ["/api/me", "/live/health"])
async def test_nobody_outside_speaks_for_the_edge(caller: Client, origin: Origin, path: str) -> None:
    forged = {"X-Origin-Secret": "forged", "CloudFront-Viewer-Address": "8.8.8.8:1"}
    await caller.get(path, headers=forged)
    [asked] = origin.asked
    assert asked.headers.getall("X-Origin-Secret") == [SECRET]
    [viewer] = asked.headers.getall("CloudFront-Viewer-Address")
    assert viewer.startswith("127.0.0.1:")


async def test_the_phone_does_not_learn_the_secret(caller: Client, origin: Origin) -> None:
    await caller.get("/dev/phone/accounts")
    [asked] = origin.asked
    assert asked.raw_path == "/accounts"
    assert "X-Origin-Secret" not in asked.headers


async def test_of_the_local_stripe_the_pages_are_passed_on_without_a_session(caller: Client, origin: Origin) -> None:
    await caller.get("/dev/stripe/checkout/cs_1?a=b", headers={"Cookie": "wireroom=1"})
    [asked] = origin.asked
    assert asked.raw_path == "/pages/checkout/cs_1?a=b"
    assert "Cookie" not in asked.headers
    assert "X-Origin-Secret" not in asked.headers


async def test_a_body_no_lambda_would_take_is_refused_with_a_problem(caller: Client, origin: Origin) -> None:
    answered = await caller.post("/api/workspaces", data=io.BytesIO(b"x" * 10_000_000))
    assert answered.status == 413
    assert answered.content_type == "application/problem+json"
    assert (await answered.json())["code"] == "body-too-large"
    assert origin.asked == []


async def test_an_origin_that_is_away_is_a_problem_too(here: DevSettings) -> None:
    nobody = replace(here, ports=replace(here.ports, api=free_port()))
    async with outgoing() as session, TestClient(TestServer(application(nobody, SECRET, session))) as caller:
        answered = await caller.get("/api/me")
        assert answered.status == 502
        assert (await answered.json())["code"] == "origin-away"


async def test_frames_pass_both_ways_and_the_origins_closing_code_reaches_the_browser(
    caller: Client, origin: Origin
) -> None:
    async def echo_once(request: web.Request) -> web.StreamResponse:
        side = web.WebSocketResponse()
        await side.prepare(request)
        await side.send_str(f"echo {await side.receive_str()}")
        await side.close(code=4001)
        return side

    origin.answer = echo_once
    async with caller.ws_connect("/live/socket", origin="http://localhost:8480") as socket:
        await socket.send_str("hello")
        assert await socket.receive_str(timeout=5) == "echo hello"
        assert (await socket.receive(timeout=5)).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == 4001
    assert origin.asked[0].headers["Origin"] == "http://localhost:8480"


async def test_a_browser_that_leaves_is_noticed_by_the_origin(caller: Client, origin: Origin) -> None:
    left = asyncio.Event()

    async def wait_for_the_end(request: web.Request) -> web.StreamResponse:
        side = web.WebSocketResponse()
        await side.prepare(request)
        async for _ in side:
            pass
        left.set()
        return side

    origin.answer = wait_for_the_end
    async with caller.ws_connect("/live/socket"):
        pass
    async with asyncio.timeout(5):
        await left.wait()


async def test_sockets_go_to_both_tasks_of_the_worker_in_turn_and_to_the_other_while_one_is_away(
    here: DevSettings, origin: Origin
) -> None:
    async def say_so(request: web.Request) -> web.StreamResponse:
        side = web.WebSocketResponse()
        await side.prepare(request)
        await side.close(code=4001)
        return side

    origin.answer = say_so
    both = replace(here, second_worker=free_port())  # where nobody listens
    async with outgoing() as session, TestClient(TestServer(application(both, SECRET, session))) as caller:
        for _ in range(4):
            async with caller.ws_connect("/live/socket") as socket:
                await socket.receive(timeout=5)
                assert socket.close_code == 4001
    assert len(origin.asked) == 4


async def test_a_refused_socket_keeps_its_status(caller: Client, origin: Origin) -> None:
    async def refuse(_: web.Request) -> web.StreamResponse:
        return web.Response(status=403)

    origin.answer = refuse
    with pytest.raises(aiohttp.WSServerHandshakeError) as refusal:
        await caller.ws_connect("/live/socket")
    assert refusal.value.status == 403


async def test_a_sent_mail_is_shown_with_its_link(here: DevSettings, local_aws: LocalAws) -> None:
    local_aws.client("sesv2").send_email(
        FromEmailAddress="Wireroom <hello@wireroom.localhost>",
        Destination={"ToAddresses": ["ada@example.org"]},
        Content={
            "Simple": {
                "Subject": {"Data": "Confirm <your> e-mail"},
                "Body": {"Text": {"Data": "Open: http://localhost:8480/confirm#a&b"}},
            }
        },
    )
    mailing = replace(here, ports=replace(here.ports, aws=int(local_aws.endpoint.rpartition(":")[2])))
    async with outgoing() as session, TestClient(TestServer(application(mailing, SECRET, session))) as caller:
        page = await (await caller.get("/dev/mail")).text()
    assert "Confirm &lt;your&gt; e-mail" in page
    assert '<a href="http://localhost:8480/confirm#a&amp;b">' in page


def test_without_mails_the_page_says_so() -> None:
    mails: list[SentMail] = []
    assert "None yet." in render(mails)
