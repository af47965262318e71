"""Files: up, down, and from another data centre."""

import io
import os

import pytest
from telethon import errors, utils
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


async def test_an_album_that_is_forwarded_whole_stays_one(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    client = await connected(telegram.session(alice))
    pictures = [io.BytesIO(gradient_png(20, 10, (0, 0, 0), (shade, 0, 0))) for shade in (80, 160)]
    for picture in pictures:
        picture.name = "picture.png"
    sent = await client.send_file("bobby", pictures)
    await client.forward_messages("bobby", sent)
    arrived = [one.grouped_id for one in bob.box.messages.values()]
    assert arrived[0] == arrived[1] != arrived[2] == arrived[3]


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


def a_part(number: int, content: bytes) -> functions.upload.SaveFilePartRequest:
    """A part of the file that the tests about parts send."""
    return functions.upload.SaveFilePartRequest(7, number, content)


@pytest.mark.parametrize(
    ("parts", "count", "error"),
    [
        ([a_part(0, b"half")], 2, errors.FilePartMissingError),
        ([], 0, errors.FilePartsInvalidError),
        ([a_part(0, b"one"), a_part(1, b"two")], 1, errors.FilePartsInvalidError),
        ([a_part(0, b"odd" * 100), a_part(1, b"end")], 2, errors.FilePartSizeInvalidError),
    ],
)
async def test_a_file_whose_parts_do_not_fit_together_is_refused(
    telegram: Emulator, connected: Open, parts: list[functions.upload.SaveFilePartRequest], count: int, error: type
) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    for part in parts:
        await client(part)
    whole = types.InputMediaUploadedDocument(types.InputFile(7, count, "file.txt", ""), "text/plain", [])
    with pytest.raises(error):
        await client(functions.messages.SendMediaRequest(types.InputPeerSelf(), whole, "", random_id=1))
    assert telegram.uploads == {}


@pytest.mark.parametrize(
    ("part", "error"),
    [
        (functions.upload.SaveBigFilePartRequest(7, 0, 4_001, b"x"), errors.FilePartsInvalidError),
        (functions.upload.SaveBigFilePartRequest(7, 2, 2, b"x"), errors.FilePartInvalidError),
        (a_part(0, b""), errors.FilePartEmptyError),
        (a_part(0, bytes(512 * 1024 + 1)), errors.FilePartTooBigError),
    ],
)
async def test_a_part_that_can_belong_to_no_file_is_refused(
    telegram: Emulator, connected: Open, part: object, error: type
) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    with pytest.raises(error):
        await client(part)


async def test_what_is_no_picture_is_not_taken_as_a_photo(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    await client(a_part(0, b"a poem"))
    photo = types.InputMediaUploadedPhoto(types.InputFile(7, 1, "photo.jpg", ""))
    with pytest.raises(errors.ImageProcessFailedError):
        await client(functions.messages.SendMediaRequest(types.InputPeerSelf(), photo, "", random_id=1))


async def test_a_large_file_of_one_pattern_takes_the_memory_of_one_part(telegram: Emulator, connected: Open) -> None:
    client = await connected(telegram.session(telegram.world.add_user("Alice")))
    part, parts = os.urandom(128 * 1024), 160
    for number in range(parts):
        await client(functions.upload.SaveBigFilePartRequest(7, number, parts, part))
    whole = types.InputMediaUploadedDocument(types.InputFileBig(7, parts, "film.mp4"), "video/mp4", [])
    await client(functions.messages.SendMediaRequest(types.InputPeerSelf(), whole, "", random_id=1))
    [file] = telegram.world.files.values()
    assert len({id(piece) for piece in file.pieces}) == 1
    assert (file.media.size, file.read(parts * len(part) - 10, 100)) == (parts * len(part), part[-10:])
    assert file.read(len(part) - 5, 10) == part[-5:] + part[:5]


async def test_everybody_shows_their_profile_picture(telegram: Emulator, connected: Open) -> None:
    world = telegram.world
    alice, dora = world.add_user("Alice"), world.add_user("Dora", username="dora")
    group = world.add_group("Crew", alice, [dora], at=telegram.clock())
    picture = gradient_png(16, 16, (9, 9, 9), (99, 99, 99))
    for chat in (dora, group):
        files.show_face(world, chat, picture, dc=2, at=telegram.clock(), rng=telegram.rng)
    telegram.post(dora, group, "hello")
    client = await connected(telegram.session(alice))
    assert await client.download_profile_photo("dora", bytes) == picture
    assert await client.download_profile_photo((await client.get_dialogs())[0].entity, bytes) == picture
    assert utils.stripped_photo_to_jpg((await client.get_entity("dora")).photo.stripped_thumb)[-2:] == b"\xff\xd9"
