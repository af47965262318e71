"""This Stripe as a whole: API, pages and back door on one port, deliveries and the passing of time beside them."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from dev.settings import LOOPBACK
from dev.stripe import snapshot
from dev.stripe.control import Control
from dev.stripe.objects import shop
from dev.stripe.pages.desk import Desk
from dev.stripe.webhooks import Deliveries, Endpoint
from dev.stripe.wire.server import Api
from dev.stripe.world import State, World

_TICK_S = 1.0
_LARGEST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """How to run.

    `port`: 0 takes a free one. `key`: the secret key of the API. `pages`: the address that people reach the pages at,
    "" for the port itself. `seed`: of ids, "" for one that nobody can foretell. `state`: a file to go on from.
    """

    key: str
    port: int = 0
    pages: str = ""
    seed: str = ""
    endpoints: Sequence[Endpoint] = ()
    state: Path | None = None


@asynccontextmanager
async def serving(setup: Setup) -> AsyncIterator[int]:
    """Serve as long as the context lasts. Gives the port.

    Raises:
        OSError: the port is taken.
        SnapshotUnreadable: the state file is none.
    """
    state = _state(setup)
    world = World(state, setup.pages)
    if not state.things:
        shop.furnish(world)
    async with aiohttp.ClientSession() as session:
        deliveries = Deliveries(world, session)
        deliveries.endpoints = list(setup.endpoints)
        control, app = _application(world, deliveries, setup)
        runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await runner.setup()
        try:
            await web.TCPSite(runner, LOOPBACK, setup.port).start()
            port = int(runner.addresses[0][1])
            world.pages = setup.pages or f"http://{LOOPBACK}:{port}/pages"
            deliveries.resume()
            async with _time_passing(control):
                yield port
        finally:
            await deliveries.close()
            await runner.cleanup()
            if setup.state is not None:
                snapshot.write(state, setup.state)


def _application(world: World, deliveries: Deliveries, setup: Setup) -> tuple[Control, web.Application]:
    awake = asyncio.Event()
    awake.set()
    api = Api(world, deliveries, key=setup.key, awake=awake)
    control = Control(world, api, deliveries, save=lambda path: snapshot.write(world.state, path))
    app = web.Application(client_max_size=_LARGEST_BYTES)
    app.add_routes([*Desk(world, control.tell, awake).routes(), *control.routes(), *api.routes()])
    return control, app


@asynccontextmanager
async def _time_passing(control: Control) -> AsyncIterator[None]:
    async def tick() -> None:
        while True:
            control.catch_up()
            await asyncio.sleep(_TICK_S)

    async with asyncio.TaskGroup() as tasks:  # what goes wrong with time ends the process, and is said
        life = tasks.create_task(tick(), name="time")
        yield
        life.cancel()


def _state(setup: Setup) -> State:
    if setup.state is not None and setup.state.exists():
        return snapshot.read(setup.state)
    return State(seed=setup.seed or secrets.token_hex(16))
