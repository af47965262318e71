"""Files both ways through a socket: put up, sent once, shown, opened, gone from the bucket (product.md section 6)."""

import asyncio
import os

import pytest
from telethon.tl import functions

from chalicelib.adapters import files as buckets
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.kernel.roles import Role
from dev.telegram import Fault, RepeatedSends, files
from dev.telegram.demo.pictures import gradient_png
from dev.telegram.world.world import SERVICE_ID
from session_worker.door import Door
from session_worker.messaging import media
from session_worker.messaging.attachments import Kind
from session_worker.messaging.open_uploads import MAX_OPEN, UploadTooMany
from session_worker.messaging.uploads import AT_ONCE, LEFT_BEHIND, Uploads
from tests.local_aws import LocalAws
from tests.scene import a_person, a_workspace
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.file_talk import Talk, a_chat_for_files
from tests.worker.gateway.sending_files import A_PICTURE, Wire, a_file, in_transit, post, put_up, send
from tests.worker.gateway.stage import Stage, chat_with, eventually

GONE_WITHIN_S = 5


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    return await a_chat_for_files(stage)


async def test_a_file_of_each_kind_is_sent_opened_again_and_gone_from_the_bucket(
    talk: Talk, local_aws: LocalAws
) -> None:
    noise = os.urandom(700_000)
    kinds: list[tuple[bytes, Wire, Wire]] = [
        (A_PICTURE, {"kind": "photo", "mime": "image/png"}, {"width": 64, "height": 40}),
        (noise, {"kind": "video", "mime": "video/mp4", "width": 320, "duration_s": 7}, {"width": 320, "duration_s": 7}),
        (noise, {"kind": "voice", "mime": "audio/ogg", "duration_s": 3}, {"duration_s": 3}),
        (noise, {"kind": "document", "mime": "application/x-own", "name": "Übersicht.bin"}, {"name": "Übersicht.bin"}),
    ]
    for content, about, shown in kinds:
        file = await a_file(talk.browser, content, **about, caption="see")
        told = await send(talk.browser, talk.chat_id, [file])
        assert (told["state"], told["message"]["text"]) == ("sent", "see")
        assert {**shown, "kind": about["kind"]}.items() <= told["message"]["media"].items()
        message = talk.arrived()[-1]
        assert (message.text, talk.content_of(message)) == ("see", content)
        await eventually(lambda: in_transit(local_aws, talk.workspace_id) == [], within_s=GONE_WITHIN_S)
    for message, (content, _, _) in zip(talk.sent(), kinds, strict=True):
        opened = await talk.browser.ask("media.open", chat_id=talk.chat_id, message_id=message.id)
        assert (opened["state"], await talk.stage.fetch(opened["url"])) == ("ready", content)


async def test_an_album_arrives_as_one_and_in_its_order(talk: Talk) -> None:
    pictures = [
        await a_file(talk.browser, A_PICTURE, kind="photo", mime="image/png", caption=f"picture {number}")
        for number in range(3)
    ]
    answered = await talk.browser.ask("chat.history", chat_id=talk.chat_id, before_id=None, limit=1)
    told = await send(talk.browser, talk.chat_id, pictures, reply_to_id=answered["messages"][0]["id"])
    assert [message["text"] for message in told["messages"]] == ["picture 0", "picture 1", "picture 2"]
    assert len({message["media"]["album_id"] for message in told["messages"]}) == 1
    assert [message.text for message in talk.arrived()] == ["picture 0", "picture 1", "picture 2"]
    assert len({message.grouped_id for message in talk.arrived()}) == 1
    for _ in pictures:
        assert (await talk.browser.hear("message.new"))["message"] in told["messages"]


async def test_how_far_a_file_is_is_told_until_it_is_there(talk: Talk) -> None:
    content = os.urandom(5_000_000)
    await send(
        talk.browser, talk.chat_id, [await a_file(talk.browser, content, kind="document", mime="application/pdf")]
    )
    steps = talk.browser.heard("media.progress")
    assert [step["total"] for step in steps] == [len(content)] * len(steps)
    assert steps[-1]["done"] == len(content)
    assert [step["done"] for step in steps] == sorted({step["done"] for step in steps})


@pytest.mark.parametrize(("repeated", "count"), [(RepeatedSends.REFUSED, 1), *((each, 3) for each in RepeatedSends)])
async def test_an_answer_that_was_lost_and_a_retry_make_no_second_message(
    talk: Talk, repeated: RepeatedSends, count: int
) -> None:
    talk.stage.telegram.rules.repeated_sends = repeated
    method = "messages.SendMedia" if count == 1 else "messages.SendMultiMedia"
    talk.stage.telegram.fault(Fault(method=method, cut=True, after_effect=True, times=1))
    pictures = [
        await a_file(talk.browser, A_PICTURE, kind="photo", mime="image/png", caption=f"once {number}")
        for number in range(count)
    ]
    order = {"chat_id": talk.chat_id, "client_id": ids.mint(), "files": pictures}
    state = ""
    async with asyncio.timeout(30):
        while state != "sent":
            try:
                state = (await talk.browser.ask("media.send", **order))["state"]
            except Refused:
                await asyncio.sleep(0.2)
    assert [message.text for message in talk.arrived()] == [f"once {number}" for number in range(count)]
    assert (await talk.browser.ask("media.send", **order))["state"] == "sent"
    assert len(talk.arrived()) == count


async def test_a_part_that_telegram_has_us_wait_with_does_not_begin_the_file_anew(talk: Talk) -> None:
    talk.stage.telegram.fault(Fault(method="upload.SaveFilePart", error="FLOOD_WAIT_1", times=1))
    picture = await a_file(talk.browser, A_PICTURE, kind="photo", mime="image/png")
    assert (await send(talk.browser, talk.chat_id, [picture]))["state"] == "sent"
    assert talk.stage.telegram.calls["upload.SaveFilePart"] == 2


async def test_files_that_telegram_has_us_wait_with_hold_up_nobody_else_s(stage: Stage, talk: Talk) -> None:
    max_, world = a_person("Max"), stage.telegram.world
    elsewhere, clara = a_workspace((max_, Role.OWNER)), world.add_user("Clara")
    for number in range(AT_ONCE):
        stage.telegram.post(world.add_user(f"Friend {number}"), talk.anna, "a picture, please")
    stage.telegram.post(talk.boris, clara, "hello")
    clara_s = await stage.connect(max_, elsewhere, clara)
    stage.telegram.fault(Fault(method="upload.SaveFilePart", user_id=talk.anna.id, error="FLOOD_WAIT_50"))
    waiting = []
    for _ in range(AT_ONCE):
        chat_id = (await talk.browser.hear("message.new"))["chat_id"]
        picture = await a_file(talk.browser, A_PICTURE, kind="photo", mime="image/png")
        order = {"chat_id": chat_id, "client_id": ids.mint()}
        talk.browser.begin("media.send", **order, files=[picture])
        waiting.append({**order, "upload_ids": [picture["upload_id"]]})
    await eventually(lambda: stage.telegram.calls["upload.SaveFilePart"] > 0)
    theirs = await stage.enter(max_, elsewhere)
    picture = await a_file(theirs, A_PICTURE, kind="photo", mime="image/png")
    order = {"chat_id": chat_with(clara_s, talk.boris), "client_id": ids.mint(), "files": [picture]}
    assert (await theirs.ask("media.send", **order))["state"] == "sent"
    for each in waiting:
        assert await talk.browser.ask("media.cancel", **each) == {"is_withdrawn": True}


async def test_what_is_taken_back_on_its_way_is_nowhere(talk: Talk, local_aws: LocalAws) -> None:
    talk.stage.telegram.fault(Fault(method="upload.SaveFilePart", delay_s=1, times=1))
    picture = await a_file(talk.browser, A_PICTURE, kind="photo", mime="image/png")
    order = {"chat_id": talk.chat_id, "client_id": ids.mint()}
    answer = talk.browser.begin("media.send", **order, files=[picture])
    await eventually(lambda: talk.stage.telegram.calls["upload.SaveFilePart"] == 1)
    taken = await talk.browser.ask("media.cancel", **order, upload_ids=[picture["upload_id"]])
    assert taken == {"is_withdrawn": True}
    assert (await answer)["problem"]["code"] == "send-withdrawn"
    assert (talk.arrived(), in_transit(local_aws, talk.workspace_id)) == ([], [])


async def test_what_was_sent_can_not_be_taken_back(talk: Talk) -> None:
    picture = await a_file(talk.browser, A_PICTURE, kind="photo", mime="image/png")
    order = {"chat_id": talk.chat_id, "client_id": ids.mint()}
    assert (await talk.browser.ask("media.send", **order, files=[picture]))["state"] == "sent"
    taken = await talk.browser.ask("media.cancel", **order, upload_ids=[picture["upload_id"]])
    assert (taken, len(talk.arrived())) == ({"is_withdrawn": False}, 1)


async def test_what_was_put_up_and_not_wanted_is_removed(talk: Talk, local_aws: LocalAws) -> None:
    upload_id = await put_up(talk.browser, b"a draft", kind="document", mime="text/plain")
    assert len(in_transit(local_aws, talk.workspace_id)) == 1
    assert await talk.browser.ask("media.discard", upload_ids=[upload_id, "0" * 32, "../" * 9]) == {}
    assert in_transit(local_aws, talk.workspace_id) == []


async def test_what_lies_in_transit_for_23_hours_is_swept(talk: Talk, local_aws: LocalAws) -> None:
    await put_up(talk.browser, b"forgotten", kind="document", mime="text/plain")
    assert buckets.sweep_transit(utc_now() - LEFT_BEHIND) == 0
    assert len(in_transit(local_aws, talk.workspace_id)) == 1
    assert buckets.sweep_transit(utc_now() + LEFT_BEHIND) >= 1, "other tests may have left files too"
    assert in_transit(local_aws, talk.workspace_id) == []


async def test_a_file_of_a_colleague_or_of_another_workspace_is_one_that_does_not_exist(stage: Stage) -> None:
    olga, max_, eve = a_person("Olga"), a_person("Max"), a_person("Eve")
    here, elsewhere = a_workspace((olga, Role.OWNER), (max_, Role.MEMBER)), a_workspace((eve, Role.OWNER))
    world = stage.telegram.world
    anna, boris = world.add_user("Anna"), world.add_user("Boris")
    stage.telegram.post(boris, anna, "hello")
    account_id = await stage.connect(olga, here, anna)
    mine = await stage.enter(olga, here)
    foreign = [
        await put_up(await stage.enter(person, workspace_id), b"theirs", kind="document", mime="text/plain")
        for person, workspace_id in ((max_, here), (eve, elsewhere))
    ]
    refusals = []
    for upload_id in (*foreign, "0" * 32, "x", f"../{max_.user_id}/{foreign[0]}"[:64]):
        file = {"upload_id": upload_id, "kind": "document", "name": "theirs.txt"}
        with pytest.raises(Refused) as refusal:
            await send(mine, chat_with(account_id, boris), [file])
        await mine.ask("media.discard", upload_ids=[upload_id])
        refusals.append({**refusal.value.problem, "request_id": ""})
    assert refusals == [refusals[0]] * len(refusals)
    assert refusals[0]["code"] == "not-found"
    for workspace_id, person, upload_id in ((here, max_, foreign[0]), (elsewhere, eve, foreign[1])):
        assert buckets.put_up(workspace_id, person.user_id).facts(f"{workspace_id}/{person.user_id}/{upload_id}")


async def test_what_telegram_would_not_take_is_refused_before_a_byte_is_moved(talk: Talk) -> None:
    refused = [
        ("document", "application/zip", 2 * 1024**3, "upload-too-large", "2,000 MB"),
        ("video", "video/mp4", 2 * 1024**3, "upload-too-large", "2,000 MB"),
        ("photo", "image/jpeg", 11 * 1024**2, "upload-too-large", "10 MB"),
        ("document", "text/plain", 0, "upload-empty", ""),
        ("photo", "application/pdf", 10, "upload-type-unfit", ""),
        ("voice", "video/mp4", 10, "upload-type-unfit", ""),
    ]
    for kind, mime, size, code, says in refused:
        with pytest.raises(Refused) as refusal:
            await talk.browser.ask("media.upload", kind=kind, mime=mime, size=size)
        assert refusal.value.code == code
        assert says in refusal.value.problem.get("detail", "")


async def test_the_bucket_takes_no_larger_file_and_no_other_type_than_was_said(talk: Talk) -> None:
    form = await talk.browser.ask("media.upload", kind="document", mime="text/plain", size=4)
    assert await post(form, b"far more") in (400, 403)
    assert await post(form, b"four", mime="text/html") in (400, 403)
    file = {"upload_id": form["upload_id"], "kind": "document", "name": "x"}
    with pytest.raises(Refused) as refusal:
        await send(talk.browser, talk.chat_id, [file])
    assert refusal.value.code == "not-found"


async def test_voice_and_files_are_no_album_with_pictures(talk: Talk) -> None:
    picture = {"upload_id": "0" * 32, "kind": "photo", "name": "a.png"}
    for other in ("voice", "document"):
        with pytest.raises(Refused) as refusal:
            await send(talk.browser, talk.chat_id, [picture, {**picture, "kind": other}])
        assert refusal.value.code == "album-unfit"


async def test_what_only_claims_to_be_a_picture_is_refused_in_words(talk: Talk) -> None:
    poem = await a_file(talk.browser, b"no picture at all", kind="photo", mime="image/png")
    with pytest.raises(Refused) as refusal:
        await send(talk.browser, talk.chat_id, [poem])
    assert (refusal.value.code, talk.arrived()) == ("upload-unreadable", [])


async def test_a_picture_too_long_for_a_photo_is_refused_in_words_and_goes_as_a_file(talk: Talk) -> None:
    screenshot = gradient_png(10, 201, (1, 2, 3), (4, 5, 6))
    photo = await a_file(talk.browser, screenshot, kind="photo", mime="image/png")
    with pytest.raises(Refused) as refusal:
        await send(talk.browser, talk.chat_id, [photo])
    assert (refusal.value.code, talk.arrived()) == ("upload-unreadable", [])
    document = await a_file(talk.browser, screenshot, kind="document", mime="image/png")
    assert (await send(talk.browser, talk.chat_id, [document]))["state"] == "sent"


async def test_a_member_has_at_most_a_hundred_files_put_up_and_not_sent_and_hears_to_ask_soon_again(
    local_aws: LocalAws,
) -> None:
    uploads, olga, max_ = Uploads(Door(1, 5)), (WorkspaceId("W"), UserId("Olga")), (WorkspaceId("W"), UserId("Max"))
    for _ in range(MAX_OPEN):
        uploads.form(olga, kind=Kind.DOCUMENT, mime="text/plain", size=1)
    with pytest.raises(UploadTooMany) as refusal:
        uploads.form(olga, kind=Kind.DOCUMENT, mime="text/plain", size=1)
    assert refusal.value.retry_after_s == 10, "a place frees with the next file that is sent"
    uploads.form(max_, kind=Kind.DOCUMENT, mime="text/plain", size=1)


async def test_what_telegram_itself_attaches_is_withheld_as_its_words_are(talk: Talk) -> None:
    telegram = talk.stage.telegram
    service = telegram.world.users[SERVICE_ID]
    picture = files.keep(
        telegram.world, A_PICTURE, kind="photo", mime="image/png", dc=2, at=telegram.clock(), rng=telegram.rng
    )
    telegram.post(service, talk.anna, "Login code: 54321", media=picture)
    event = await talk.browser.hear("message.new")
    assert event["message"]["media"] is None
    for kind in ("media.open", "media.thumb"):
        with pytest.raises(Refused) as refusal:
            await talk.browser.ask(kind, chat_id=event["chat_id"], message_id=event["message"]["id"])
        assert refusal.value.code == "not-found"


def test_every_part_fits_what_telegram_takes() -> None:
    part = functions.upload.SaveBigFilePartRequest(1, 0, 4_000, bytes(512 * 1024))
    assert media.MAX_BYTES == part.file_total_parts * len(part.bytes) == 2_000 * 1024**2
