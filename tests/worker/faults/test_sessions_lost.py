"""Losing a session, by what the server says: each is seen, told with its reason, and nothing is asked afterwards."""

import logging

import pytest
from telethon import errors
from telethon.tl import functions

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState, SessionNotKept
from chalicelib.kernel.ids import AccountId
from dev.telegram import DuplicateKeys, Fault
from dev.telegram.world.people import User
from session_worker.connections.supervisor import Connections
from session_worker.hub import Hub
from session_worker.telegram.outcomes import AccountClosed
from tests.worker.connections.rig import Heard, Rig, eventually

NEEDS_LOGIN, CLOSED = ConnectionState.NEEDS_LOGIN, ConnectionState.CLOSED
ENDINGS = [
    ("AUTH_KEY_UNREGISTERED", NEEDS_LOGIN, "signed-out"),
    ("SESSION_REVOKED", NEEDS_LOGIN, "revoked"),
    ("SESSION_EXPIRED", NEEDS_LOGIN, "expired"),
    ("USER_DEACTIVATED", CLOSED, "deactivated"),
    ("USER_DEACTIVATED_BAN", CLOSED, "banned"),
    ("AUTH_KEY_DUPLICATED", NEEDS_LOGIN, "duplicated"),
]


class Ada:
    """An account in custody, a worker that finds it, and what her browser hears. `why`: its session ended before."""

    def __init__(self, rig: Rig, why: str | None = None) -> None:
        self.rig = rig
        self.user: User = rig.telegram.world.add_user("Ada", phone="1001")
        self.account_id: AccountId = rig.connect(self.user).account_id
        if why is not None:
            [key] = rig.telegram.keyring.of(self.user.id)
            rig.telegram.keyring.end(key, why)
        hub = Hub()
        self.heard: Heard = rig.hear(hub)
        self.worker: Connections = rig.worker(hub)

    async def is_over(self, state: ConnectionState, reason: str) -> None:
        """Wait until it is said, then look at it again and again: nothing is asked of Telegram any more."""
        rig, account_id = self.rig, self.account_id
        await eventually(lambda: rig.stored(account_id).state is state)
        await eventually(lambda: self.heard.states[-1:] == [state])
        assert rig.stored(account_id).reason == self.heard.of("connection.changed")[-1]["reason"] == reason
        await eventually(lambda: rig.live(self.worker, account_id) is None)
        asked = rig.telegram.calls.total()
        for _ in range(3):
            await self.worker.sweep()
        assert rig.telegram.calls.total() == asked
        assert rig.live(self.worker, account_id) is None

    def has_login(self) -> bool:
        """Whether its seal is still kept."""
        try:
            accounts.load_custody(self.rig.stored(self.account_id), tenant=self.rig.tenant, cipher=self.rig.cipher)
        except SessionNotKept:
            return False
        return True


@pytest.mark.parametrize(("why", "state", "reason"), ENDINGS)
async def test_while_connected_it_is_told_and_the_seal_is_destroyed(
    rig: Rig, why: str, state: ConnectionState, reason: str
) -> None:
    ada = Ada(rig)
    await rig.connected(ada.worker, ada.account_id)
    [key] = rig.telegram.keyring.of(ada.user.id)
    rig.telegram.revoke(key, why)
    await ada.is_over(state, reason)
    assert not ada.has_login()


@pytest.mark.parametrize(("why", "state", "reason"), ENDINGS)
async def test_at_the_next_connect_it_is_told_too(rig: Rig, why: str, state: ConnectionState, reason: str) -> None:
    ada = Ada(rig, why)
    await ada.is_over(state, reason)
    assert not ada.has_login()


async def test_auth_key_duplicated_by_two_lines_is_an_alarm_and_no_retry(
    rig: Rig, caplog: pytest.LogCaptureFixture
) -> None:
    ada = Ada(rig)
    live = await rig.connected(ada.worker, ada.account_id)
    rig.telegram.rules.duplicate_keys = DuplicateKeys.ALWAYS
    login = live.client.session.to_string()
    other = ada.worker.telegram.login_client(login)
    with caplog.at_level(logging.ERROR):
        try:
            with pytest.raises(errors.AuthKeyDuplicatedError):
                await other.connect()
            await ada.is_over(NEEDS_LOGIN, "duplicated")
        finally:
            await other.disconnect()
    assert "connection.duplicated" in caplog.text


async def test_a_key_the_server_forgot_is_tried_once_more_and_then_needs_a_login(rig: Rig) -> None:
    """-404 at the transport."""
    ada = Ada(rig)
    await rig.connected(ada.worker, ada.account_id)
    rig.telegram.forget_keys(ada.user)
    rig.telegram.cut(ada.user)
    await ada.is_over(NEEDS_LOGIN, "key-unknown")
    assert "reconnecting" in ada.heard.states
    assert not ada.has_login()


async def test_a_frozen_account_is_closed_and_keeps_its_login(rig: Rig) -> None:
    """FROZEN_METHOD_INVALID comes on methods; the session is alive, for when Telegram lifts it."""
    ada = Ada(rig)
    live = await rig.connected(ada.worker, ada.account_id)
    rig.telegram.fault(Fault(method="messages.SendMessage", error="FROZEN_METHOD_INVALID"))
    request = functions.messages.SendMessageRequest(peer="me", message="hello", random_id=1)
    with pytest.raises(AccountClosed):
        await live.call(request)
    await ada.is_over(CLOSED, "frozen")
    assert ada.has_login()
    assert ada.user.box.messages == {}


async def test_a_session_revoked_while_idle_is_found_by_asking(rig: Rig) -> None:
    """Telegram says nothing: the check-up (`updates.getState`) finds out, every 5 minutes."""
    ada = Ada(rig)
    await rig.connected(ada.worker, ada.account_id)
    [key] = rig.telegram.keyring.of(ada.user.id)
    rig.telegram.keyring.end(key, "SESSION_REVOKED")
    await ada.is_over(NEEDS_LOGIN, "revoked")
