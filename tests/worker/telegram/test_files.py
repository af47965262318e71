"""Files: up, down, and from another data centre."""

import io
import os

import pytest
from telethon import errors
from telethon.tl import functions, types

from dev.telegram import Emulator, files
from dev.telegram.demo.pictures import gradient_png
from tests.worker.telegram.clients import Open, hearing


async def test_a_document_is_sent_and_fetched_whole(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    data = os.urandom(700_000)
    file = io.BytesIO(data)
    file.name = "report.bin"
    writer, reader = await connected(telegram.session(alice)), await connected(telegram.session(bob))
    heard = hearing(reader)
    await writer.send_file("bobby", file, caption="here")
    message = (await heard.next()).message
    assert (message.raw_text, message.file.name, message.file.size) == ("here", "report.bin", len(data))
    assert await message.download_media(bytes) == data


async def test_an_album_keeps_together(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    client = await connected(telegram.session(alice))
    pictures = [io.BytesIO(gradient_png(20, 10, (0, 0, 0), (shade, 0, 0))) for shade in (80, 160)]
    for picture in pictures:
        picture.name = "picture.png"
    await client.send_file("bobby", pictures, caption=["first", "second"])
    arrived = list(bob.box.messages.values())
    assert [(one.text, one.media and one.media.kind) for one in arrived] == [("first", "photo"), ("second", "photo")]
    assert len({one.grouped_id for one in arrived}) == 1


async def test_a_file_of_another_data_centre_is_fetched_there(telegram: Emulator, connected: Open) -> None:
    alice, dora = telegram.world.add_user("Alice"), telegram.world.add_user("Dora", dc=4)
    data = os.urandom(200_000)
    media = files.keep(
        telegram.world, data, kind="document", mime="text/plain", dc=2, at=telegram.clock(), rng=telegram.rng
    )
    telegram.post(alice, dora, "from afar", media=media)
    client = await connected(telegram.session(dora))
    message = (await client.get_dialogs())[0].message
    assert await client.download_media(message, bytes) == data
    assert telegram.calls["auth.ImportAuthorization"] == 1
    assert len(telegram.keyring.of(dora.id)) == 1


async def test_a_photo_has_its_measures(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob")
    picture = gradient_png(32, 20, (0, 0, 0), (255, 255, 255))
    media = files.keep(
        telegram.world, picture, kind="photo", mime="image/png", dc=2, at=telegram.clock(), rng=telegram.rng
    )
    telegram.post(bob, alice, media=media)
    client = await connected(telegram.session(alice))
    message = (await client.get_dialogs())[0].message
    assert (message.file.width, message.file.height) == (32, 20)
    assert await client.download_media(message, bytes) == picture


async def test_a_file_with_missing_parts_is_refused(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    await client(functions.upload.SaveFilePartRequest(7, 0, b"half"))
    half = types.InputMediaUploadedDocument(types.InputFile(7, 2, "half.txt", ""), "text/plain", [])
    with pytest.raises(errors.FilePartsInvalidError):
        await client(functions.messages.SendMediaRequest(types.InputPeerSelf(), half, "", random_id=1))
