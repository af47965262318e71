"""Who else is signed in to an account: found when new, told to its owner alone, kept or ended by them."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.features.session_watch.model import CHECK_EVERY
from chalicelib.features.session_watch.repository import Watches, WatchRow
from chalicelib.kernel.clock import utc_now
from chalicelib.table import keys
from chalicelib.table.journal import JournalRow, opened
from dev.telegram import Fault
from dev.telegram.keyring import Key
from session_worker.door import Door
from session_worker.messaging.sessions import SessionWatch
from tests.scene import a_job
from tests.worker.faults.talk import Talk, a_talk
from tests.worker.gateway.browser import Refused
from tests.worker.gateway.stage import Stage


@pytest.fixture
async def talk(stage: Stage) -> Talk:
    """Anna is connected, and the sessions of her account were looked at once."""
    made = await a_talk(stage)
    await look(made)
    return made


async def look(talk: Talk) -> None:
    """What a check-up does; the connection was not asked since it began."""
    door = Door(1, 10)
    try:
        await SessionWatch(door).look(talk.live, None)
    finally:
        door.close()


async def six_hours_later(talk: Talk) -> None:
    """Move the last look back, and look."""
    key, watches = talk.live.key, Watches(a_job(talk.workspace_id))
    before = watches.get(key.account_id, key.connection_id)
    earlier = replace(before, looked_at=utc_now() - CHECK_EVERY, version=before.version + 1)
    assert await asyncio.to_thread(watches.put, key.account_id, key.connection_id, earlier, before=before)
    await look(talk)


def somebody_signs_in(talk: Talk) -> Key:
    """A login from a device that was not there before."""
    telegram = talk.stage.telegram
    telegram.session(talk.anna)
    key = telegram.keyring.of(talk.anna.id)[-1]
    key.device, key.app_version = "Pixel 9", "11.2"
    return key


async def listed(talk: Talk) -> list[dict[str, Any]]:
    """The list on the account's card."""
    found: list[dict[str, Any]] = (await talk.browser.ask("sessions.list", account_id=talk.account_id))["sessions"]
    return found


async def test_a_new_session_is_told_on_the_card_and_the_socket_and_kept_as_a_hash_alone(talk: Talk) -> None:
    assert (await asyncio.to_thread(talk.card))["unknown_sessions"] == 0
    key = somebody_signs_in(talk)
    await six_hours_later(talk)
    event = await talk.browser.hear("sessions.changed")
    assert (event["account_id"], event["unknown"]) == (talk.account_id, 1)
    assert (await asyncio.to_thread(talk.card))["unknown_sessions"] == 1
    ours, new = await listed(talk)
    assert (ours["device"], ours["is_ours"], ours["is_new"]) == ("Wireroom", True, False)
    assert (new["id"], new["device"], new["is_ours"], new["is_new"]) == (str(key.hash), "Pixel 9", False, True)
    rows = a_job(talk.workspace_id).rows(keys.account_partition(talk.account_id))
    kept = rows.plain(keys.SESSION_WATCHES)
    assert len(kept) == 1
    assert "Pixel" not in str(kept)


async def test_it_is_not_asked_for_again_within_six_hours(talk: Talk) -> None:
    asked = talk.stage.telegram.calls["account.GetAuthorizations"]
    somebody_signs_in(talk)
    await look(talk)
    assert talk.stage.telegram.calls["account.GetAuthorizations"] == asked
    assert talk.browser.heard("sessions.changed") == []


async def test_what_was_there_at_the_first_look_is_known_and_so_is_our_own(talk: Talk) -> None:
    await six_hours_later(talk)
    assert talk.browser.heard("sessions.changed") == []
    assert [one["is_new"] for one in await listed(talk)] == [False]


async def test_a_session_that_is_kept_is_known_from_then_on(talk: Talk) -> None:
    key = somebody_signs_in(talk)
    await six_hours_later(talk)
    await talk.browser.hear("sessions.changed")
    await talk.browser.ask("sessions.keep", account_id=talk.account_id, session=str(key.hash))
    assert (await talk.browser.hear("sessions.changed"))["unknown"] == 0
    await six_hours_later(talk)
    assert (await asyncio.to_thread(talk.card))["unknown_sessions"] == 0
    assert key in talk.stage.telegram.keyring.of(talk.anna.id)


def entries(talk: Talk) -> list[tuple[str, str | None]]:
    """What the activity log says of sessions, and who did it."""
    job = a_job(talk.workspace_id)
    rows = job.rows(keys.journal_partition(job.now())).query(JournalRow, "0")
    told = [opened(row, talk.workspace_id) for row in rows]
    judged = ("account.session_kept", "account.session_ended")
    return [(entry.event, entry.actor.id) for entry in told if entry.event in judged]


async def test_who_kept_or_ended_a_session_stands_in_the_activity_log(talk: Talk) -> None:
    kept, ended = somebody_signs_in(talk), somebody_signs_in(talk)
    await six_hours_later(talk)
    await talk.browser.ask("sessions.keep", account_id=talk.account_id, session=str(kept.hash))
    await talk.browser.ask("sessions.end", account_id=talk.account_id, session=str(ended.hash))
    who = talk.person.user_id
    assert entries(talk) == [("account.session_kept", who), ("account.session_ended", who)]


async def test_a_session_that_nobody_saw_is_not_approved_in_advance(talk: Talk) -> None:
    key, watches = talk.live.key, Watches(a_job(talk.workspace_id))
    before = watches.get(key.account_id, key.connection_id)
    await talk.browser.ask("sessions.keep", account_id=talk.account_id, session="12345")
    assert watches.get(key.account_id, key.connection_id) == before
    assert entries(talk) == []


async def test_a_number_that_no_session_can_have_is_refused(talk: Talk) -> None:
    with pytest.raises(Refused) as refused:
        await talk.browser.ask("sessions.end", account_id=talk.account_id, session="9" * 19)
    assert refused.value.problem["status"] == 422


async def test_a_session_that_is_ended_is_gone_at_telegram(talk: Talk) -> None:
    key = somebody_signs_in(talk)
    await six_hours_later(talk)
    await talk.browser.hear("sessions.changed")
    await talk.browser.ask("sessions.end", account_id=talk.account_id, session=str(key.hash))
    assert (await talk.browser.hear("sessions.changed"))["unknown"] == 0
    assert len(await listed(talk)) == 1
    assert key not in talk.stage.telegram.keyring.of(talk.anna.id)
    assert talk.live.is_connected


async def test_what_telegram_refuses_to_end_is_said_in_words(talk: Talk) -> None:
    """FRESH_RESET_AUTHORISATION_FORBIDDEN: a session younger than a day may not end others."""
    key = somebody_signs_in(talk)
    refusal = "FRESH_RESET_AUTHORISATION_FORBIDDEN"
    talk.stage.telegram.fault(Fault(method="account.ResetAuthorization", error=refusal, times=1))
    body = {"account_id": talk.account_id, "session": str(key.hash)}
    with pytest.raises(Refused) as refused:
        await talk.browser.ask("sessions.end", **body)
    assert refused.value.code == "telegram-session-too-fresh"
    await talk.browser.ask("sessions.end", **body)
    with pytest.raises(Refused) as gone:
        await talk.browser.ask("sessions.end", **body)
    assert gone.value.code == "telegram-session-not-listed"


async def test_the_row_ends_by_itself_when_nobody_looks_any_more(talk: Talk) -> None:
    row = a_job(talk.workspace_id).rows(keys.account_partition(talk.account_id))
    [kept] = row.query(WatchRow, keys.SESSION_WATCHES)
    assert kept.expires_at is not None
