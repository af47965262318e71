"""No body, code, password, login, search or file name is kept or logged: planted markers are looked for everywhere."""

import base64
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession

from chalicelib.kernel import ids
from chalicelib.kernel.clock import to_wire, utc_now
from chalicelib.kernel.ids import ChatId
from dev.telegram import Emulator
from tests.local_aws import LocalAws
from tests.worker.gateway.browser import LiveBrowser, Refused, a_pass, open_socket
from tests.worker.gateway.process import WorkerProcess
from tests.worker.gateway.sending_files import a_file, send
from tests.worker.gateway.stage import chat_with, owner_and_workspace
from tests.worker.gateway.test_process import until_ready

DIGITS = "491512345678"
CODE = "9182736455463728"
PASSWORD = "marker-cloud-password-4711"
WRONG = "marker-wrong-password-4712"
TEXTS = ("marker-incoming-4713", "marker-sent-4714", "marker-edited-4715", "marker-pushed-4716", "marker-refused-4717")
SOUGHT = ("marker-sought-4718", "marker-sought-everywhere-4719", "marker_username_4720", "marker-misspelled-4721")
FILES = ("marker-file-name-4731.pdf", "marker-caption-4732", "marker-content-4733", "marker-lost-file-4734.pdf")
TYPED = ("marker-draft-4718", "marker-scheduled-4719", "marker-misfit-4720")


def stored(aws: LocalAws) -> Iterator[str]:
    """Every item of every table and every message of every queue, as text; binary both decoded and as it lies."""
    dynamodb = aws.client("dynamodb")
    for table in dynamodb.list_tables()["TableNames"]:
        for page in dynamodb.get_paginator("scan").paginate(TableName=table):
            yield from (json.dumps(item, ensure_ascii=False, default=readable) for item in page["Items"])
    sqs = aws.client("sqs")
    for url in sqs.list_queues().get("QueueUrls", []):
        answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0)
        yield from (message["Body"] for message in answer.get("Messages", []))


def readable(value: Any) -> str:
    """Bytes as whatever letters they hold, and as base64."""
    raw = bytes(value)
    return raw.decode("latin-1") + " " + base64.b64encode(raw).decode()


async def test_no_planted_marker_is_found_in_a_table_a_queue_or_a_log(
    telegram: Emulator, local_aws: LocalAws, tmp_path: Path
) -> None:
    telegram.rules.fixed_code = CODE
    person, workspace_id = owner_and_workspace()
    anna = telegram.world.add_user("Anna", phone=DIGITS, password=PASSWORD)
    boris = telegram.world.add_user("Boris")
    telegram.post(boris, anna, TEXTS[0])
    worker = await WorkerProcess.start(telegram, local_aws, tmp_path / "log")
    try:
        async with ClientSession() as http:
            browser = await open_socket(http, await worker.port())
            await browser.say_hello(a_pass(person, workspace_id))
            await browser.ask("login.phone", phone=f"+{DIGITS}", owned=True)
            await browser.ask("login.code", code=telegram.code_of(DIGITS))
            with pytest.raises(Refused):
                await browser.ask("login.password", password=WRONG)
            done = await browser.ask("login.password", password=PASSWORD)
            chat_id = chat_with(done["account_id"], boris)
            await until_ready(browser, chat_id)
            await browser.ask("chat.previews")
            order = {"chat_id": chat_id, "client_id": ids.mint(), "text": TEXTS[1]}
            sent = await browser.ask("message.send", **order)
            await browser.ask("message.edit", chat_id=chat_id, message_id=sent["message"]["id"], text=TEXTS[2])
            telegram.post(boris, anna, TEXTS[3])
            await browser.hear("message.new", lambda event: event["message"]["text"] == TEXTS[3])
            await browser.ask("chat.search", chat_id=chat_id, words=SOUGHT[0], limit=10)
            await browser.ask("search.messages", words=SOUGHT[1], limit=10)
            for name in SOUGHT[2:]:
                with pytest.raises(Refused):
                    await browser.ask("people.find", account_id=done["account_id"], name=name)
            await browser.say(json.dumps({"id": "", "type": "message.send", "text": TEXTS[4]}))
            await type_and_schedule(browser, chat_id)
            await send_and_open_a_file(browser, chat_id)
            await browser.close()
        secrets = [key.secret for key in telegram.keyring.of(anna.id)]
        assert secrets
        assert await worker.stop() == 0
    finally:
        await worker.kill()
    log = worker.log.read_text()
    assert "connection.state" in log
    kept = [log, *stored(local_aws)]
    logins = [form for secret in secrets for form in forms_of(secret)]
    for marker in (CODE, PASSWORD, WRONG, *TEXTS, *SOUGHT, *TYPED, *FILES, *logins):
        assert not any(marker in text for text in kept), f"found {marker[:24]}"


async def type_and_schedule(browser: LiveBrowser, chat_id: ChatId) -> None:
    """A draft, a message for later, and a text whose formatting does not fit it."""
    await browser.ask("chat.draft", chat_id=chat_id, text=TYPED[0])
    at = to_wire(utc_now() + timedelta(hours=1))
    order = {"chat_id": chat_id, "client_id": ids.mint(), "text": TYPED[1], "schedule_at": at}
    await browser.ask("message.send", **order)
    misfit = [{"type": "bold", "offset": 0, "length": 500}]
    with pytest.raises(Refused):
        await browser.ask("message.send", chat_id=chat_id, client_id=ids.mint(), text=TYPED[2], entities=misfit)


def forms_of(secret: bytes) -> list[str]:
    """How an auth key could lie about: hexadecimal, or anywhere inside base64, a session string's or a binary's."""
    parts = [secret[skip : skip + 120] for skip in range(3)]
    plain = [base64.b64encode(part).decode() for part in parts]
    in_session_strings = [base64.urlsafe_b64encode(part).decode() for part in parts]
    return [secret[:40].hex(), *plain, *in_session_strings]


async def send_and_open_a_file(browser: LiveBrowser, chat_id: ChatId) -> None:
    """Send a file, open it, and try to send one that is not there."""
    about = {"kind": "document", "mime": "application/pdf"}
    file = await a_file(browser, FILES[2].encode(), **about, name=FILES[0], caption=FILES[1])
    told = await send(browser, chat_id, [file])
    opened = await browser.ask("media.open", chat_id=chat_id, message_id=told["message"]["id"])
    assert (told["message"]["text"], opened["name"]) == (FILES[1], FILES[0])
    with pytest.raises(Refused):
        await send(browser, chat_id, [{**file, "upload_id": "0" * 32, "name": FILES[3]}])
