"""Opening files through a socket: links, how long fetches go on and end, previews (product.md section 6)."""

import copy
import os
import threading
from collections.abc import Awaitable, Callable

import pytest

from chalicelib.adapters.files import LINK_S, Folder, Upload
from dev.telegram import Fault, files
from session_worker.connections.connection import LiveConnection
from session_worker.door import Door
from session_worker.messaging import media
from session_worker.messaging.media import MediaDesk
from tests.local_aws import LocalAws
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.file_talk import Talk, a_chat_for_files
from tests.worker.gateway.sending_files import A_PICTURE, Wire, a_file, in_transit, send
from tests.worker.gateway.stage import Stage, eventually

GONE_WITHIN_S = 5


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    return await a_chat_for_files(stage)


async def test_a_long_fetch_is_told_of_and_can_be_left(
    talk: Talk, local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "ANSWER_S", 0.1)
    telegram = talk.stage.telegram
    content = os.urandom(3_000_000)
    wanted = talk.comes(content, mime="video/mp4")
    telegram.fault(Fault(method="upload.GetFile", delay_s=2, times=1))
    waits = await talk.browser.ask("media.open", **wanted)
    assert (waits["state"], waits["total"]) == ("fetching", len(content))
    assert await talk.browser.ask("media.leave", **wanted) == {}
    await eventually(lambda: in_transit(local_aws, talk.workspace_id) == [], within_s=GONE_WITHIN_S)
    telegram.fault(Fault(method="upload.GetFile", delay_s=0.5, times=1))
    assert (await talk.browser.ask("media.open", **wanted))["state"] == "fetching"
    done = await talk.browser.hear("media.progress", lambda event: event["done"] == event["total"])
    assert (done["message_id"], done["problem"]) == (wanted["message_id"], None)
    opened = await talk.browser.ask("media.open", **wanted)
    assert await talk.stage.fetch(opened["url"]) == content


async def test_a_tab_that_leaves_takes_no_file_from_another_that_waits_for_it(
    talk: Talk, local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "ANSWER_S", 0.1)
    wanted = a_slow_film(talk)
    other = await talk.stage.enter(talk.person, talk.workspace_id)
    for browser in (talk.browser, other):
        assert (await browser.ask("media.open", **wanted))["state"] == "fetching"
    await talk.browser.ask("media.leave", **wanted)
    done = await other.hear("media.progress", lambda event: event["done"] == event["total"])
    assert done["problem"] is None
    assert (await other.ask("media.open", **wanted))["state"] == "ready"


async def test_a_file_is_left_also_once_the_line_is_another(
    talk: Talk, local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "ANSWER_S", 0.1)
    wanted = a_slow_film(talk)
    assert (await talk.browser.ask("media.open", **wanted))["state"] == "fetching"
    monkeypatch.setattr(talk.stage.worker.connections, "awake", answering(copy.copy(talk.live)))
    await talk.browser.ask("media.leave", **wanted)
    await eventually(lambda: in_transit(local_aws, talk.workspace_id) == [], within_s=GONE_WITHIN_S)


def answering(live: LiveConnection) -> Callable[..., Awaitable[LiveConnection]]:
    """Whoever asks for a connection gets this one."""

    async def awake(*_: object) -> LiveConnection:
        return live

    return awake


def a_slow_film(talk: Talk) -> Wire:
    """A video from Boris, of which Telegram gives the first part late; how requests name it."""
    talk.stage.telegram.fault(Fault(method="upload.GetFile", delay_s=1, times=1))
    return talk.comes(bytes(700_000), mime="video/mp4")


async def test_a_file_that_is_left_as_its_place_in_the_bucket_is_made_leaves_nothing_there(
    talk: Talk, local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "ANSWER_S", 0.1)
    begin, left = Folder.upload, threading.Event()

    def begin_late(folder: Folder, key: str, *, content_type: str) -> Upload:
        made = begin(folder, key, content_type=content_type)
        left.wait(10)
        return made

    monkeypatch.setattr(Folder, "upload", begin_late)
    wanted = talk.comes(b"%PDF")
    assert (await talk.browser.ask("media.open", **wanted))["state"] == "fetching"
    await eventually(lambda: in_transit(local_aws, talk.workspace_id) != [])
    await talk.browser.ask("media.leave", **wanted)
    left.set()
    await eventually(lambda: in_transit(local_aws, talk.workspace_id) == [], within_s=GONE_WITHIN_S)


async def test_what_was_fetched_before_goes_as_what_is_fetched_anew_does(
    talk: Talk, local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(media, "KEPT_S", LINK_S)
    wanted, peer = a_slow_film(talk), talk.live.require_peer(talk.chat_id)
    door = Door(1, 5)
    desk = MediaDesk(door)
    for _ in range(2):
        opened = await desk.open(talk.live, talk.chat_id, peer, wanted["message_id"], asker=talk)
        assert opened["state"] == "ready"
    assert len(in_transit(local_aws, talk.workspace_id)) == 2
    await desk.stop()
    door.close()
    assert in_transit(local_aws, talk.workspace_id) == []


async def test_a_file_reference_that_ran_out_half_way_is_renewed(talk: Talk) -> None:
    telegram = talk.stage.telegram
    content = os.urandom(1_500_000)
    wanted = talk.comes(content)
    telegram.fault(
        Fault(method="upload.GetFile", error="FILE_REFERENCE_EXPIRED", times=1, when=lambda asked: asked.offset > 0)
    )
    opened = await talk.browser.ask("media.open", **wanted)
    assert await talk.stage.fetch(opened["url"]) == content


async def test_a_wait_for_files_and_a_line_that_ends_are_told_and_the_wait_is_obeyed_by_the_next_file(
    talk: Talk,
) -> None:
    telegram = talk.stage.telegram
    wanted = talk.comes(b"%PDF")
    telegram.fault(Fault(method="upload.GetFile", cut=True, times=1))
    telegram.fault(Fault(method="upload.GetFile", error="FLOOD_WAIT_700", times=1))
    with pytest.raises(Refused) as refusal:
        await talk.browser.ask("media.open", **wanted)
    assert refusal.value.code == "telegram-away"
    await talk.browser.hear("connection.changed", lambda event: event["state"] == "connected")
    for _ in range(2):
        with pytest.raises(Refused) as refusal:
            await talk.browser.ask("media.open", **wanted)
        assert refusal.value.code == "telegram-busy"
    assert telegram.calls["upload.GetFile"] == 2


async def test_a_link_is_good_for_five_minutes(talk: Talk) -> None:
    file = await a_file(talk.browser, b"%PDF", kind="document", mime="application/pdf")
    told = await send(talk.browser, talk.chat_id, [file])
    opened = await talk.browser.ask("media.open", chat_id=talk.chat_id, message_id=told["message"]["id"])
    assert "Expires=300" in opened["url"]


async def test_previews_and_faces_come_over_the_socket_and_are_fetched_once(talk: Talk) -> None:
    telegram = talk.stage.telegram
    files.show_face(telegram.world, talk.boris, A_PICTURE, dc=2, at=telegram.clock(), rng=telegram.rng)
    picture = files.keep(
        telegram.world, A_PICTURE, kind="photo", mime="image/png", dc=2, at=telegram.clock(), rng=telegram.rng
    )
    telegram.post(talk.boris, talk.anna, media=picture)
    shown = (await talk.browser.hear("message.new"))["message"]
    assert shown["media"]["thumb"].startswith("data:image/jpeg;base64,")
    for _ in range(2):
        thumb = await talk.browser.ask("media.thumb", chat_id=talk.chat_id, message_id=shown["id"])
        face = await talk.browser.ask("chat.face", chat_id=talk.chat_id)
        assert thumb["data"].startswith("data:image/png;base64,")
        assert face == thumb
    assert telegram.calls["upload.GetFile"] == 2


async def test_a_face_in_another_data_centre_is_shown_by_what_came_with_it(talk: Talk) -> None:
    telegram = talk.stage.telegram
    files.show_face(telegram.world, talk.boris, A_PICTURE, dc=4, at=telegram.clock(), rng=telegram.rng)
    face = await talk.browser.ask("chat.face", chat_id=talk.chat_id)
    assert face["data"].startswith("data:image/jpeg;base64,")
    assert telegram.calls["upload.GetFile"] == 0


async def test_who_has_no_picture_has_none(talk: Talk) -> None:
    assert await talk.browser.ask("chat.face", chat_id=talk.chat_id) == {"data": None}
