"""The edge process: `python -m dev.edge`."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable, Mapping

import aiohttp
from aiohttp import web

from dev import settings
from dev.edge.headers import security_headers
from dev.edge.mail import MailPage
from dev.edge.pages import Pages
from dev.edge.proxy import MAX_BODY_BYTES, Origin, Proxy
from dev.settings import LOOPBACK, STRIPE_PAGES, DevSettings

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
FOR_DEVELOPERS = "/dev/"
"""Pages below it come from the stand-ins and set their own policy."""


def application(here: DevSettings, origin_secret: str, session: aiohttp.ClientSession) -> web.Application:
    """Every path of the one origin; `session` carries what is passed on, and remains its maker's to close."""
    app = web.Application(client_max_size=MAX_BODY_BYTES)
    headers = security_headers(port=here.ports.edge, storage_origin=here.aws_endpoint)
    app.on_response_prepare.append(_header_setter(headers))
    _add_routes(app, here, origin_secret, session)
    return app


def outgoing() -> aiohttp.ClientSession:
    """A session that passes bytes and cookies on as they are, to as many browsers' sockets as there are."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=0), auto_decompress=False, cookie_jar=aiohttp.DummyCookieJar()
    )


def _add_routes(app: web.Application, here: DevSettings, secret: str, session: aiohttp.ClientSession) -> None:
    api = Origin(name="API", address=f"http://{LOOPBACK}:{here.ports.api}", strip="/api", secret=secret)
    first, *others = (f"http://{LOOPBACK}:{port}" for port in here.worker_ports)
    live = Origin(name="worker", address=first, others=tuple(others), cookies=False, secret=secret)
    phone = Origin(name="Telegram emulator", address=here.telegram_control, strip="/dev/phone")
    paying = Origin(name="local Stripe", address=f"{here.stripe}/pages", strip=STRIPE_PAGES, cookies=False)
    for prefix, origin in {"/api": api, "/live": live, "/dev/phone": phone, STRIPE_PAGES: paying}.items():
        proxy = Proxy(origin, session, here.public_origin)
        app.router.add_route("*", f"{prefix}/{{rest:.*}}", proxy.answer)
    app.router.add_get("/dev/phone", _to_the_phone)
    app.router.add_get("/dev/mail", MailPage(session, here.aws_endpoint).answer)
    app.router.add_get("/{path:.*}", Pages(here.web_dist).answer)


async def _to_the_phone(_: web.Request) -> web.StreamResponse:
    raise web.HTTPFound("/dev/phone/")


def _header_setter(headers: Mapping[str, str]) -> Callable[[web.Request, web.StreamResponse], Awaitable[None]]:
    async def set_headers(request: web.Request, response: web.StreamResponse) -> None:
        if not request.path.startswith(FOR_DEVELOPERS):
            response.headers.update(headers)

    return set_headers


async def main() -> None:
    """Serve until SIGTERM."""
    here = settings.read()
    async with outgoing() as session:
        app = application(here, os.environ["WIREROOM_ORIGIN_SECRET"], session)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await runner.setup()
        await web.TCPSite(runner, LOOPBACK, here.ports.edge).start()
        await _until_told_to_stop()
        await runner.cleanup()


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
