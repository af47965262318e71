"""What Telethon alone would wait for or give up, and what it would write. Told row by row in docs/product-tests.md."""

from datetime import UTC, datetime
from typing import Any

import pytest
from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, ConnectionState
from dev.telegram import Fault
from dev.telegram.world import writing
from session_worker.connections.custody import KeptSession
from session_worker.hub import Hub
from session_worker.telegram.outcomes import TelegramAway
from tests.worker.connections.rig import Rig, eventually
from tests.worker.connections.test_parking import SOON, is_parked
from tests.worker.faults.test_outages import unread_of

NEVER_S = 3600
TELETHONS_TRIES = 5
GET_STATE = "updates.GetState"


async def test_a_telegram_that_takes_the_line_and_says_nothing_is_given_up_and_tried_again(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    rig.telegram.freeze()
    account_id = rig.connect(ada).account_id
    worker = rig.worker(connect_timeout_s=0.3)
    await eventually(lambda: rig.stored(account_id).state is ConnectionState.RECONNECTING)
    assert rig.telegram.calls.total() == 0, "not a word was read"

    rig.telegram.thaw()

    await rig.connected(worker, account_id)


async def test_a_line_is_tried_again_however_often_it_fails(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    fault = rig.telegram.fault(Fault(cut=True))
    account_id = rig.connect(ada).account_id
    worker = rig.worker()
    await eventually(lambda: rig.telegram.calls.total() > 2 * TELETHONS_TRIES)

    rig.telegram.faults.standing.remove(fault)

    await rig.connected(worker, account_id)


async def test_a_request_that_is_never_answered_is_given_up_and_its_line_goes_on(rig: Rig) -> None:
    ada = rig.telegram.world.add_user("Ada", phone="1001")
    account_id = rig.connect(ada).account_id
    live = await rig.connected(rig.worker(), account_id)
    [line] = rig.telegram.lines_of(ada)
    rig.telegram.fault(Fault(method=GET_STATE, drop=True, times=1))

    with pytest.raises(TelegramAway):
        await live.call(functions.updates.GetStateRequest(), timeout_s=0.3)

    assert (await live.call(functions.updates.GetStateRequest())).pts == ada.box.pts
    assert rig.telegram.lines_of(ada) == [line]


async def test_where_twenty_channels_stand_is_written_once_and_not_once_a_channel(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    channels = [world.add_channel(f"Channel {number}", ben, [ada], at=datetime.now(UTC)) for number in range(20)]
    hub, written = Hub(), 0
    keep = accounts.keep_update_state

    def counted(connection: Connection, state: bytes, **options: Any) -> None:
        nonlocal written
        written += 1
        keep(connection, state, **options)

    monkeypatch.setattr(accounts, "keep_update_state", counted)
    heard = rig.hear(hub)
    account_id = rig.connect(ada).account_id
    worker = rig.worker(hub, save_after_s=NEVER_S)
    await rig.connected(worker, account_id)
    for channel in channels:
        rig.telegram.post(ben, channel, f"in {channel.title}")
    await heard.reach(len(channels))
    assert written == 0, "nothing is written for an update"

    rig.workers.remove(worker)
    await worker.stop()

    session = KeptSession()
    session.load(accounts.load_custody(rig.stored(account_id), tenant=rig.tenant, cipher=rig.cipher).state)
    stands = {entity_id: state.pts for entity_id, state in session.get_update_states()}
    assert written == 1
    assert stands == {0: ada.box.pts, **{channel.id: channel.box.pts for channel in channels}}


async def test_a_restarted_worker_catches_up_with_channels_too(rig: Rig) -> None:
    """A login alone would recover nothing: positions and access hashes are kept beside it."""
    world = rig.telegram.world
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    channel = world.add_channel("News", ben, [ada], at=datetime.now(UTC))
    first_hub = Hub()
    before = rig.hear(first_hub)
    account_id = rig.connect(ada).account_id
    first = rig.worker(first_hub)
    await rig.connected(first, account_id)
    rig.telegram.post(ben, channel, "heard")
    await before.reach(1)
    rig.workers.remove(first)
    await first.stop()
    missed = [f"missed {number}" for number in range(3)]
    for text in missed:
        rig.telegram.post(ben, channel, text)

    hub = Hub()
    heard = rig.hear(hub)
    await rig.connected(rig.worker(hub), account_id)

    await eventually(lambda: heard.texts == missed)


@pytest.mark.parametrize("kind", ["private", "channel"])
async def test_what_was_edited_and_deleted_while_the_line_was_down_is_told(rig: Rig, kind: str) -> None:
    """Telethon takes these for handled already: it moves its position on before it looks at them."""
    world, telegram = rig.telegram.world, rig.telegram
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    channel = world.add_channel("Crowd", ben, [ada], at=datetime.now(UTC))
    heard, _ = await rig.browsing(ada)
    place, owner = (channel, channel) if kind == "channel" else (ada, ben)
    kept, doomed = telegram.post(ben, place, "kept"), telegram.post(ben, place, "doomed")
    await heard.reach(2)
    ids = {event["message"]["text"]: event["message"]["id"] for event in heard.of("message.new")}
    with telegram.withholding(ada):
        telegram.cut(ada)
        telegram.tell(writing.edit(world, owner, kept, writing.Draft(text="corrected"), telegram.clock()))
        telegram.tell(writing.delete(world, owner, [doomed.id], for_all=True))
        telegram.post(ben, place, "new")
    await heard.reach(3)

    await eventually(lambda: heard.of("message.edited") and heard.of("message.deleted"))
    [edited], [deleted] = heard.of("message.edited"), heard.of("message.deleted")
    assert (edited["message"]["id"], edited["message"]["text"]) == (ids["kept"], "corrected")
    assert deleted["message_ids"] == [ids["doomed"]]
    assert heard.texts == ["kept", "doomed", "new"]


async def test_what_was_read_elsewhere_while_the_line_was_down_is_not_counted(rig: Rig) -> None:
    world, telegram = rig.telegram.world, rig.telegram
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    heard, account_id = await rig.browsing(ada)
    telegram.post(ben, ada, "one")
    await eventually(lambda: unread_of(account_id, rig.tenant) == 1)
    with telegram.withholding(ada):
        telegram.cut(ada)
        telegram.post(ben, ada, "two")
        telegram.tell(writing.read(world, ada, ben, 0))
    await heard.reach(2)
    await eventually(lambda: unread_of(account_id, rig.tenant) == 0)
    assert heard.of("chat.read")[-1]["unread_count"] == 0
    telegram.post(ben, ada, "three")
    await eventually(lambda: unread_of(account_id, rig.tenant) == 1)


@pytest.mark.parametrize("is_known", [True, False], ids=["pushed before", "never pushed"])
async def test_a_post_in_a_channel_wakes_a_parked_account_and_is_counted(rig: Rig, is_known: bool) -> None:
    world, telegram = rig.telegram.world, rig.telegram
    ada, ben = world.add_user("Ada", phone="1001"), world.add_user("Ben")
    channel = world.add_channel("Crowd", ben, [ada], at=datetime.now(UTC))
    telegram.post(ben, channel, "before")
    account_id = rig.connect(ada).account_id
    worker = rig.worker(None, **SOON)
    await rig.connected(worker, account_id)
    await eventually(lambda: unread_of(account_id, rig.tenant, "Crowd") == 1)
    if is_known:
        telegram.post(ben, channel, "pushed")
        await eventually(lambda: unread_of(account_id, rig.tenant, "Crowd") == 2)
    await eventually(lambda: is_parked(worker))

    telegram.post(ben, channel, "while nobody looks")

    await eventually(lambda: unread_of(account_id, rig.tenant, "Crowd") == len(channel.box.messages))
