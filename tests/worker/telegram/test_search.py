"""Finding messages by their words, as Telethon asks for it."""

from telethon.tl import functions, types
from telethon.utils import get_peer_id

from dev.telegram import Emulator
from tests.worker.telegram.clients import Open


async def test_a_chat_is_searched_by_words_and_by_what_is_attached(telegram: Emulator, connected: Open) -> None:
    alice, bob = telegram.world.add_user("Alice"), telegram.world.add_user("Bob", username="bobby")
    for text in ("An offer", "something else", "see https://example.org", "the OFFER again"):
        telegram.post(bob, alice, text)
    client = await connected(telegram.session(alice))
    found = await client.get_messages("bobby", search="offer", limit=None)
    assert [one.raw_text for one in found] == ["the OFFER again", "An offer"]
    links = await client.get_messages("bobby", filter=types.InputMessagesFilterUrl(), limit=None)
    assert [one.raw_text for one in links] == ["see https://example.org"]


async def test_all_chats_are_searched_in_pages_newest_first(telegram: Emulator, connected: Open) -> None:
    alice, bob, carol = (telegram.world.add_user(name) for name in ("Alice", "Bob", "Carol"))
    group = telegram.world.add_channel("Harbour", bob, [alice], at=telegram.clock())
    elsewhere = telegram.world.add_channel("Elsewhere", bob, at=telegram.clock())
    for number in range(60):
        telegram.post(bob, alice, f"lamp {number}")
        telegram.post(carol, alice, f"lamp {number} too")
        telegram.post(bob, group, f"a lamp for all {number}")
    telegram.post(bob, elsewhere, "a lamp that Alice cannot see")
    client = await connected(telegram.session(alice))
    seen: list[tuple[int, int]] = []
    rate, peer, last_id = 0, types.InputPeerEmpty(), 0
    for _ in range(4):
        page = await client(
            functions.messages.SearchGlobalRequest(
                q="LAMP",
                filter=types.InputMessagesFilterEmpty(),
                min_date=None,
                max_date=None,
                offset_rate=rate,
                offset_peer=peer,
                offset_id=last_id,
                limit=50,
            )
        )
        seen += [(get_peer_id(one.peer_id), one.id) for one in page.messages]
        last = page.messages[-1]
        rate, peer, last_id = getattr(page, "next_rate", 0), await client.get_input_entity(last.peer_id), last.id
    assert (len(seen), len(set(seen)), isinstance(page, types.messages.Messages)) == (180, 180, True)
