"""What a connection keeps, and that it stays small."""

from datetime import UTC, datetime

import pytest
from telethon.crypto import AuthKey
from telethon.sessions import StringSession
from telethon.tl import types

from chalicelib.kernel.ids import AccountId, ChatId
from session_worker.connections.custody import KeptSession, Sweep
from session_worker.telegram.peers import MAX_PEERS, PeerBook, mark, unmark

ACCOUNT = AccountId("0" * 26)
SECRET = b"secret"


def a_book() -> PeerBook:
    return PeerBook(ACCOUNT, SECRET)


def a_state(pts: int) -> types.updates.State:
    return types.updates.State(pts=pts, qts=1, date=datetime(2026, 11, 21, tzinfo=UTC), seq=2, unread_count=0)


def test_a_login_survives_as_text() -> None:
    stock = StringSession()
    stock.set_dc(4, "127.0.0.1", 8485)
    stock.auth_key = AuthKey(bytes(range(256)))
    kept = KeptSession(stock.save())
    assert (kept.dc_id, kept.server_address, kept.port) == (4, "127.0.0.1", 8485)
    assert kept.to_string() == stock.save()


def test_update_state_who_we_are_and_the_sweep_survive() -> None:
    book = a_book()
    session = KeptSession(peers=book)
    book.learn(mark("channel", 99), 123)
    session.process_entities(types.contacts.ResolvedPeer(types.PeerUser(1), [], [types.InputPeerUser(0, 7)]))
    session.set_update_state(0, a_state(10))
    session.set_update_state(99, a_state(20))
    session.sweep = Sweep(date=5, message_id=6, marked=-7, is_done=True)

    other = KeptSession(peers=book)
    other.load(session.dump())

    assert [(one, state.pts) for one, state in other.get_update_states()] == [(0, 10), (99, 20)]
    assert other.get_input_entity(99) == types.InputPeerChannel(99, 123)
    assert (other.sweep.date, other.sweep.message_id, other.sweep.marked, other.sweep.is_done) == (5, 6, -7, True)


def test_channels_that_are_left_do_not_pile_up() -> None:
    session = KeptSession(peers=a_book())
    for channel in range(1, 200):
        session.set_update_state(0, a_state(channel))
        session.set_update_state(channel, a_state(1))
    assert len(session.dump()) < 100


@pytest.mark.parametrize("damaged", [b"", b"\x00", b"\x07" * 60])
def test_what_cannot_be_read_is_a_fresh_start(damaged: bytes) -> None:
    session = KeptSession()
    session.load(damaged)
    assert list(session.get_update_states()) == []


def test_an_unknown_peer_is_a_value_error_as_telethon_expects() -> None:
    session = KeptSession(peers=a_book())
    for key in (5, 0, types.PeerUser(5), "somebody"):
        with pytest.raises(ValueError, match="not known"):
            session.get_input_entity(key)


@pytest.mark.parametrize("kind", ["user", "chat", "channel"])
def test_a_chat_is_found_by_its_id(kind: str) -> None:
    book = a_book()
    marked = mark(kind, 4242)  # type: ignore[arg-type]
    chat_id = book.add_chat(marked)
    assert book.marked(chat_id) == marked
    assert unmark(marked) == (kind, 4242)
    assert book.marked(ChatId("Z" * len(chat_id))) is None
    assert PeerBook(AccountId("1" * 26), SECRET).marked(chat_id) is None
    assert book.marked(ChatId("nonsense")) is None


def test_a_book_of_peers_survives() -> None:
    book = a_book()
    for number in range(1, 200):
        book.learn(mark("user", number), -number)
        book.add_chat(mark("user", number))
    other = a_book()
    other.load(book.dump())
    assert other.access_hash(mark("user", 77)) == -77
    assert other.marked(book.chat_id(mark("user", 77))) == 77
    assert len(book.dump()) == 8 + 199 * 24


def test_a_book_never_grows_past_its_bound() -> None:
    book = a_book()
    for number in range(1, MAX_PEERS + 500):
        book.learn(number * 7 % 1_000_003, number)
    assert len(book.dump()) <= 8 + MAX_PEERS * 16
    assert book.access_hash((MAX_PEERS + 499) * 7 % 1_000_003) == MAX_PEERS + 499


def test_renaming_somebody_keeps_one_entry() -> None:
    book = a_book()
    session = KeptSession(peers=book)
    for number in range(1000):
        user = types.User(id=7, first_name=f"Name {number}", access_hash=5)
        session.process_entities(types.contacts.ResolvedPeer(types.PeerUser(7), [], [user]))
    assert len(book.dump()) == 8 + 16
