"""Messages as browsers get them."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telethon.tl import types

from chalicelib.kernel.ids import ClientId
from session_worker.telegram.messages import WITHHELD, entities_of, scheduled_to_wire, to_wire

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
ADA = types.User(id=7, first_name="Ada", last_name="Byron", access_hash=1)


def a_message(**different: Any) -> Any:
    known = {"id": 5, "peer_id": types.PeerUser(7), "date": AT, "message": "hello"}
    return types.Message(**{**known, **different})


def test_a_plain_message() -> None:
    assert to_wire(a_message(), entities_of([ADA], [])) == {
        "id": 5,
        "date": "2026-11-21T09:30:00.000Z",
        "direction": "in",
        "sender": {"id": "7", "name": "Ada Byron"},
        "text": "hello",
        "entities": [],
        "reply_to_id": None,
        "edited_at": None,
        "media": None,
        "client_id": None,
        "reactions": [],
        "forwarded_from": None,
        "views": None,
        "is_pinned": False,
    }


def test_an_own_message_carries_the_client_id_its_browser_gave_it() -> None:
    wire = to_wire(a_message(out=True), {}, client_id=ClientId("C1"))
    assert (wire["direction"], wire["sender"], wire["client_id"]) == ("out", None, "C1")


def test_offsets_stay_in_utf_16_units() -> None:
    text = "🙂 bold"
    wire = to_wire(a_message(message=text, entities=[types.MessageEntityBold(3, 4)]), {})
    assert wire["entities"] == [{"type": "bold", "offset": 3, "length": 4}]
    assert text.encode("utf-16-le")[6:14].decode("utf-16-le") == "bold"


@pytest.mark.parametrize(("url", "is_kept"), [("https://example.com", True), ("javascript:alert(1)", False)])
def test_only_web_links_can_be_followed(url: str, is_kept: bool) -> None:
    [entity] = to_wire(a_message(entities=[types.MessageEntityTextUrl(0, 5, url)]), {})["entities"]
    assert entity["type"] == "text_link"
    assert ("url" in entity) is is_kept


def test_reactions_are_counted_and_one_that_only_telegram_shows_has_no_emoji() -> None:
    counts = [
        types.ReactionCount(types.ReactionEmoji("👍"), 2, chosen_order=0),
        types.ReactionCount(types.ReactionCustomEmoji(77), 1),
        types.ReactionCount(types.ReactionPaid(), 5),
    ]
    assert to_wire(a_message(reactions=types.MessageReactions(counts)), {})["reactions"] == [
        {"emoji": "👍", "count": 2, "mine": True},
        {"emoji": "", "count": 1, "mine": False},
        {"emoji": "⭐", "count": 5, "mine": False},
    ]


def test_whose_reactions_are_is_not_known_from_the_short_form_of_large_chats() -> None:
    short = types.MessageReactions([types.ReactionCount(types.ReactionEmoji("👍"), 2)], min=True)
    assert to_wire(a_message(reactions=short), {})["reactions"] == [{"emoji": "👍", "count": 2, "mine": None}]


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (types.MessageFwdHeader(AT, from_id=types.PeerUser(7)), "Ada Byron"),
        (types.MessageFwdHeader(AT, from_name="Somebody hidden"), "Somebody hidden"),
        (types.MessageFwdHeader(AT, from_id=types.PeerUser(8)), ""),
    ],
)
def test_a_forwarded_message_names_who_wrote_it_as_far_as_telegram_tells(header: Any, name: str) -> None:
    assert to_wire(a_message(fwd_from=header), entities_of([ADA], []))["forwarded_from"] == {"name": name}


def test_an_answer_to_another_chat_s_message_names_no_message_of_this_one() -> None:
    reply = types.MessageReplyHeader(reply_to_msg_id=3, reply_to_peer_id=types.PeerChannel(9))
    assert to_wire(a_message(reply_to=reply), {})["reply_to_id"] is None


def test_a_scheduled_message_says_so() -> None:
    assert scheduled_to_wire(a_message(out=True), {})["is_scheduled"]


def test_a_reply_and_an_edit_are_told() -> None:
    reply = types.MessageReplyHeader(reply_to_msg_id=3)
    wire = to_wire(a_message(reply_to=reply, edit_date=AT), {})
    assert (wire["reply_to_id"], wire["edited_at"]) == (3, "2026-11-21T09:30:00.000Z")


@pytest.mark.parametrize(
    "different",
    [
        {"peer_id": types.PeerUser(777000)},
        {"peer_id": types.PeerChannel(9), "from_id": types.PeerUser(777000)},
        {"fwd_from": types.MessageFwdHeader(date=AT, from_id=types.PeerUser(777000))},
        {"fwd_from": types.MessageFwdHeader(date=AT, saved_from_peer=types.PeerUser(777000))},
    ],
    ids=["from Telegram", "in a group", "forwarded", "saved"],
)
def test_what_telegrams_own_account_says_is_withheld(different: dict[str, Any]) -> None:
    marks = [types.MessageEntityCode(12, 5)]
    wire = to_wire(a_message(message="Login code: 12345", entities=marks, **different), {})
    assert wire["text"] == WITHHELD
    assert (wire["entities"], wire["media"]) == ([], None)


def test_a_channels_own_post_has_no_sender() -> None:
    assert to_wire(a_message(peer_id=types.PeerChannel(9), post=True), {})["sender"] is None


def document(*attributes: Any, mime: str = "application/pdf") -> Any:
    made = types.Document(1, 2, b"", AT, mime, 1234, 2, list(attributes))
    return types.MessageMediaDocument(document=made)


@pytest.mark.parametrize(
    ("media", "kind", "name", "size"),
    [
        (document(types.DocumentAttributeFilename("offer.pdf")), "document", "offer.pdf", 1234),
        (document(types.DocumentAttributeAudio(3, voice=True), mime="audio/ogg"), "voice", "voice-5.ogg", 1234),
        (document(types.DocumentAttributeVideo(3, 10, 10), mime="video/mp4"), "video", "video-5.mp4", 1234),
        (
            types.MessageMediaPhoto(photo=types.Photo(1, 2, b"", AT, [types.PhotoSize("x", 10, 10, 99)], 2)),
            "photo",
            "photo-5.jpg",
            99,
        ),
        (types.MessageMediaGeo(types.GeoPoint(1.0, 2.0, 3)), "other", "Location", 0),
    ],
)
def test_what_is_attached_is_described_and_not_fetched(media: Any, kind: str, name: str, size: int) -> None:
    wire = to_wire(a_message(media=media), {})["media"]
    assert wire is not None
    assert (wire["kind"], wire["name"], wire["size"]) == (kind, name, size)


def test_a_link_preview_is_no_attachment() -> None:
    assert to_wire(a_message(media=types.MessageMediaWebPage(types.WebPageEmpty(1))), {})["media"] is None


def test_a_service_message_is_a_sentence() -> None:
    joined = types.MessageService(id=5, peer_id=types.PeerChat(3), date=AT, action=types.MessageActionChatAddUser([7]))
    assert to_wire(joined, entities_of([ADA], []))["text"] == "Ada joined."
