"""The gateway while the table is away, and the browsers of a task that was killed."""

import asyncio
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aiohttp import ClientSession
from botocore.exceptions import ReadTimeoutError

from chalicelib.features.accounts.model import shard_of
from chalicelib.kernel.ids import WorkspaceId
from chalicelib.table import connection
from dev.telegram import Emulator
from dev.telegram.world.people import User
from tests.local_aws import LocalAws
from tests.scene import Person
from tests.worker.gateway.browser import PATIENCE_S, LiveBrowser, a_pass, open_socket
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.stage import Stage, chat_with, eventually, owner_and_workspace, take_into_custody
from tests.worker.gateway.test_process import until_ready

SHARDS = 16
TEXTS = [f"Message {number}" for number in range(1, 41)]


@contextmanager
def the_table_away() -> Iterator[None]:
    """No call of the table is answered for the length of a block."""

    def lost(**_: object) -> None:
        raise ReadTimeoutError(endpoint_url="http://table")

    clients = [connection.client(), connection.writer()]
    for client in clients:
        client.meta.events.register("before-call.dynamodb", lost)
    try:
        yield
    finally:
        for client in clients:
            client.meta.events.unregister("before-call.dynamodb", lost)


async def test_while_the_table_is_away_open_sockets_go_on_and_new_ones_are_told_to_come_back(stage: Stage) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = stage.telegram.world.add_user("Anna"), stage.telegram.world.add_user("Boris")
    await stage.connect(person, workspace_id, anna)
    browser = await stage.enter(person, workspace_id)
    gateway_pass = await asyncio.to_thread(a_pass, person, workspace_id)
    with the_table_away():
        late = await stage.knock()
        await late.socket.send_json({"type": "hello", "pass": gateway_pass})
        frame = await late.socket.receive_json(timeout=PATIENCE_S)
        assert (frame["type"], frame["reason"]) == ("closing", "unavailable")
        stage.telegram.post(boris, anna, "meanwhile")
        assert (await browser.hear("message.new"))["message"]["text"] == "meanwhile"
        assert await browser.ask("ping") == {}
    again = await stage.knock()
    await again.say_hello(gateway_pass)
    assert again.welcome["type"] == "welcome", "the pass was not used up by a refusal"


async def test_whoever_lived_at_a_killed_task_hears_everything_at_the_other_and_nothing_twice(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    person, workspace_id = owner_and_workspace()
    anna, boris = telegram.world.add_user("Anna"), telegram.world.add_user("Boris")
    telegram.post(boris, anna, "hello")
    account_id = take_into_custody(person, workspace_id, anna, telegram.session(anna).save())
    chat_id, shard = chat_with(account_id, boris), shard_of(person.user_id, SHARDS)
    logs = [tmp_path / "one.log", tmp_path / "other.log"]
    tasks = await asyncio.gather(*(WorkerProcess.start(telegram, local_aws, log) for log in logs))
    try:
        ports = [await task.port() for task in tasks]
        await eventually(lambda: all(len(held(log)) == SHARDS // 2 for log in logs), within_s=40)
        home = 0 if shard in held(logs[0]) else 1
        async with ClientSession() as http:
            browser = await entered(http, ports[1 - home], person, workspace_id)
            await until_ready(browser, chat_id)
            posting = asyncio.create_task(post(telegram, boris, anna))
            await browser.hear("message.new")
            await tasks[home].kill()
            assert await browser.closing() == ("moved", 1001)
            heard = [event["message"]["text"] for event in browser.heard("message.new")]

            back = await entered(http, ports[1 - home], person, workspace_id)
            assert back.welcome["connections"] == [], "it is kept until somebody holds the shard"
            await until_ready(back, chat_id)
            await posting
            page = await back.ask("chat.history", chat_id=chat_id, before_id=None, limit=100)
            assert [message["text"] for message in page["messages"]] == ["hello", *TEXTS]
            later = [event["message"]["text"] for event in back.heard("message.new")]
            assert sorted(heard + later, key=TEXTS.index) == sorted({*heard, *later}, key=TEXTS.index), "none twice"
            assert await tasks[1 - home].stop() == 0
    finally:
        for task in tasks:
            await task.kill()


async def post(telegram: Emulator, sender: User, to: User) -> None:
    """Write evenly, across the kill and after."""
    for text in TEXTS:
        telegram.post(sender, to, text)
        await asyncio.sleep(0.1)


def held(log: Path) -> set[int]:
    """The shards that a task claimed and has not given back."""
    found: set[int] = set()
    for line in log.read_text().splitlines():
        if '"shard.' in line:
            told = json.loads(line)
            (found.add if told["message"] == "shard.claimed" else found.discard)(told["shard"])
    return found


async def entered(http: ClientSession, port: int, person: Person, workspace_id: WorkspaceId) -> LiveBrowser:
    """A browser that was let in."""
    browser = await open_socket(http, port)
    await browser.say_hello(await asyncio.to_thread(a_pass, person, workspace_id))
    return browser
