"""Logging in at Telegram for a browser: by QR code or by phone, code and cloud password. All of it in memory only.

The login speaks on a line and key of its own. That line is down before the key goes into custody: two lines with one
key would end the login for good.
"""

import asyncio
import base64
import contextlib
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from telethon import TelegramClient, errors, events, password
from telethon.tl import functions, types

from chalicelib.adapters.limits import SIGNING_IN, Limits, subject_of
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import LEFT_OUT_AT_FIRST, ConnectAccount, OwnershipNotConfirmed
from chalicelib.features.seats import use_cases as seats
from chalicelib.kernel.errors import Blame, Fact
from chalicelib.kernel.ids import AccountId
from chalicelib.kernel.problems import UnexpectedFault
from chalicelib.logs import log
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Tenant
from session_worker.connections.custody import KeptSession
from session_worker.connections.farewell import hang_up
from session_worker.connections.supervisor import Connections
from session_worker.door import Door
from session_worker.login import errors as login_errors
from session_worker.login.errors import LoginExpired, LoginNotOpen, LoginNotPossible
from session_worker.refusals import problem_of
from session_worker.telegram import outcomes
from session_worker.telegram.client import Telegram
from session_worker.telegram.outcomes import TelegramAway

LIFE_S: Final = 600
CALL_S: Final = 20
CONNECT_S: Final = 30
RENEW_BEFORE_S: Final = 3
"""A new QR code is asked for this long before Telegram forgets the old one."""
_SHORTEST_S: Final = 0.5

Push = Callable[[Mapping[str, Any]], None]


class _Attempt:
    """One login under way and what it must remember until it ends."""

    def __init__(self, client: TelegramClient) -> None:
        self.client = client
        self.phone = ""
        self.code_hash = ""
        self.needs_password = False
        self.tasks: list[asyncio.Task[None]] = []


class LoginDesk:
    """The login of one socket: at most one at a time, ten minutes at most. Tries are counted by `address`."""

    def __init__(
        self,
        tenant: Tenant,
        address: str,
        push: Push,
        *,
        door: Door,
        telegram: Telegram,
        connections: Connections,
        cipher: Cipher,
        limits: Limits,
    ) -> None:
        self._tenant = tenant
        self._address = address
        self._push = push
        self._door = door
        self._telegram = telegram
        self._connections = connections
        self._cipher = cipher
        self._limits = limits
        self._attempt: _Attempt | None = None
        self._turn = asyncio.Lock()
        self._keeping: set[asyncio.Task[AccountId]] = set()

    async def by_qr(self, *, owned: bool) -> dict[str, Any]:
        """Begin to show QR codes, as events `login.qr`, until one is scanned.

        Raises:
            OwnershipNotConfirmed, SeatNeeded, TrialOver, TooMany, TelegramAway: no login is open.
        """
        async with self._turn:
            await self._admit(owned=owned)
            attempt = await self._begin()
            attempt.tasks.append(asyncio.create_task(self._show_codes(attempt), name="login by QR"))
            return {}

    async def by_phone(self, phone: str, *, owned: bool) -> dict[str, Any]:
        """Have Telegram send a code; the same number again asks for another way of sending it.

        Gives `where` it was sent (app, sms, call), its `length`, and `resend_after_s` or None.

        Raises:
            PhoneNumberInvalid, PhoneNumberBanned, LoginNotPossible, OwnershipNotConfirmed, SeatNeeded, TrialOver,
            TooMany, TelegramAway.
        """
        number = "+" + "".join(letter for letter in phone if letter.isdigit())
        async with self._turn:
            await self._admit(owned=owned)
            attempt = self._attempt
            if attempt is not None and attempt.phone == number and attempt.code_hash:
                return await self._send_code_again(attempt)
            attempt = await self._begin()
            attempt.phone = number
            return await self._send_code(attempt)

    async def enter_code(self, code: str) -> dict[str, Any]:
        """Try a code: `state` is done with `account_id`, or password_needed with `hint`.

        Raises:
            LoginCodeWrong, LoginCodeExpired, TooMany, TelegramAway: the login stays open for another try.
            LoginNotOpen: no code is waited for.
        """
        async with self._turn:
            attempt = self._attempt
            if attempt is None or not attempt.code_hash or attempt.needs_password:
                raise LoginNotOpen
            await self._count()
            request = functions.auth.SignInRequest(attempt.phone, attempt.code_hash, code.strip())
            try:
                answer = await self._call(attempt, request)
            except _PasswordNeeded:
                return {"state": "password_needed", "hint": await self._ask_password(attempt)}
            if isinstance(answer, types.auth.AuthorizationSignUpRequired):
                raise login_errors.number_unknown()
            return {"state": "done", "account_id": await self._finish(attempt, answer.user)}

    async def enter_password(self, cloud_password: str) -> dict[str, Any]:
        """Try the cloud password; the proof is computed in a thread, and the password goes nowhere (SRP).

        Raises:
            LoginPasswordWrong, TooMany, TelegramAway: the login stays open for another try.
            LoginNotOpen: no password is waited for.
        """
        async with self._turn:
            attempt = self._attempt
            if attempt is None or not attempt.needs_password:
                raise LoginNotOpen
            await self._count()
            challenge = await self._call(attempt, functions.account.GetPasswordRequest())
            proof = await self._door.call(password.compute_check, challenge, cloud_password)
            answer = await self._call(attempt, functions.auth.CheckPasswordRequest(proof))
            return {"state": "done", "account_id": await self._finish(attempt, answer.user)}

    async def cancel(self) -> dict[str, Any]:
        """Give up the login under way, if any."""
        async with self._turn:
            await self._drop()
            return {}

    async def close(self) -> None:
        """The socket is gone: end the login, after what is on its way into custody has got there."""
        await self._drop()
        if self._keeping:
            await asyncio.wait(self._keeping, timeout=CALL_S)

    async def _admit(self, *, owned: bool) -> None:
        if not owned:
            raise OwnershipNotConfirmed(blames=(Blame("/owned", "must be true"),))
        await self._count()
        await self._door.call(seats.check_may_connect, tenant=self._tenant)

    async def _count(self) -> None:
        await self._door.call(self._limits.take, SIGNING_IN, subject_of(self._address))

    async def _begin(self) -> _Attempt:
        await self._drop()
        attempt = _Attempt(self._telegram.login_client())
        self._attempt = attempt
        try:
            async with asyncio.timeout(CONNECT_S):
                await attempt.client.connect()
        except (OSError, EOFError, TimeoutError) as away:
            await self._drop()
            raise login_errors.fact_of(away) from away
        attempt.tasks.append(asyncio.create_task(self._expire(attempt), name="login expiry"))
        return attempt

    async def _expire(self, attempt: _Attempt) -> None:
        await asyncio.sleep(LIFE_S)
        if self._attempt is attempt:
            self._attempt = None
            self._fail(LoginExpired())
            await hang_up(attempt.client)

    async def _drop(self) -> None:
        attempt, self._attempt = self._attempt, None
        if attempt is None:
            return
        for task in attempt.tasks:
            task.cancel()
        await asyncio.gather(*attempt.tasks, return_exceptions=True)
        await hang_up(attempt.client)

    async def _call(self, attempt: _Attempt, request: Any) -> Any:
        try:
            async with asyncio.timeout(CALL_S):
                return await attempt.client(request)
        except errors.SessionPasswordNeededError:
            raise _PasswordNeeded from None
        except asyncio.CancelledError:
            if not outcomes.is_end_of_line():
                raise
            raise TelegramAway from None
        except (errors.RPCError, OSError, EOFError, TimeoutError, ValueError) as error:
            raise login_errors.fact_of(error) from None

    async def _send_code(self, attempt: _Attempt) -> dict[str, Any]:
        request = functions.auth.SendCodeRequest(
            attempt.phone, attempt.client.api_id, attempt.client.api_hash, types.CodeSettings()
        )
        try:
            sent = await self._call(attempt, request)
        except Fact:
            await self._drop()
            raise
        return self._sent(attempt, sent)

    async def _send_code_again(self, attempt: _Attempt) -> dict[str, Any]:
        try:
            sent = await self._call(attempt, functions.auth.ResendCodeRequest(attempt.phone, attempt.code_hash))
        except login_errors.LoginCodeExpired:
            return await self._send_code(attempt)
        return self._sent(attempt, sent)

    def _sent(self, attempt: _Attempt, sent: Any) -> dict[str, Any]:
        if not isinstance(sent, types.auth.SentCode):
            raise LoginNotPossible
        attempt.code_hash = sent.phone_code_hash
        length = getattr(sent.type, "length", None)
        return {"where": _where(sent.type), "length": length or 5, "resend_after_s": sent.timeout}

    async def _show_codes(self, attempt: _Attempt) -> None:
        try:
            await self._follow_codes(attempt)
        except Fact as refusal:
            self._fail(refusal)
        except Exception as crash:  # noqa: BLE001 - the border of a unit of work
            log.error("login.crashed", crash=crash)
            self._fail(UnexpectedFault())

    async def _follow_codes(self, attempt: _Attempt) -> None:
        try:
            user = await self._scanned(attempt)
        except _PasswordNeeded:
            self._push({"type": "login.password_needed", "hint": await self._ask_password(attempt)})
        else:
            await self._finish(attempt, user)

    async def _scanned(self, attempt: _Attempt) -> types.User:
        """Show codes, each replaced before it ends, until one was scanned; gives whose account it is."""
        scanned = asyncio.Event()

        async def notice(_: object) -> None:
            scanned.set()

        attempt.client.add_event_handler(notice, events.Raw(types.UpdateLoginToken))
        export = functions.auth.ExportLoginTokenRequest(attempt.client.api_id, attempt.client.api_hash, [])
        shown = b""
        while True:
            scanned.clear()
            answer = await self._call(attempt, export)
            if isinstance(answer, types.auth.LoginTokenMigrateTo):
                answer = await self._move(attempt, answer)
            if isinstance(answer, types.auth.LoginTokenSuccess):
                return answer.authorization.user
            is_new, shown = answer.token != shown, answer.token
            if is_new:
                self._show(answer)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_wait_s(answer, is_new=is_new)):
                    await scanned.wait()

    async def _move(self, attempt: _Attempt, elsewhere: types.auth.LoginTokenMigrateTo) -> Any:
        """The account lives in another data centre: go there, with a new key, and bring the scanned token."""
        async with asyncio.timeout(CONNECT_S):
            await attempt.client._switch_dc(elsewhere.dc_id)
        return await self._call(attempt, functions.auth.ImportLoginTokenRequest(elsewhere.token))

    def _show(self, token: types.auth.LoginToken) -> None:
        shown = base64.urlsafe_b64encode(token.token).decode().rstrip("=")
        expires_at = token.expires.astimezone(UTC).isoformat().replace("+00:00", "Z")
        self._push({"type": "login.qr", "url": f"tg://login?token={shown}", "expires_at": expires_at})

    async def _ask_password(self, attempt: _Attempt) -> str | None:
        challenge = await self._call(attempt, functions.account.GetPasswordRequest())
        attempt.needs_password = True
        hint: str | None = challenge.hint
        return hint

    async def _finish(self, attempt: _Attempt, user: types.User) -> AccountId:
        """Take the login into custody. A browser that leaves now does not stop it: the login exists by now."""
        if self._attempt is attempt:
            self._attempt = None
        keeping = asyncio.create_task(self._keep(attempt, user), name="login into custody")
        self._keeping.add(keeping)
        keeping.add_done_callback(self._keeping.discard)
        account_id = await asyncio.shield(keeping)
        self._push({"type": "login.done", "account_id": account_id})
        return account_id

    async def _keep(self, attempt: _Attempt, user: types.User) -> AccountId:
        session_string = attempt.client.session.to_string()
        await hang_up(attempt.client)
        command = ConnectAccount(
            telegram_user_id=user.id,
            name=_name_of(user),
            username=user.username,
            phone=user.phone,
            session_string=session_string,
            owned=True,
            left_out=LEFT_OUT_AT_FIRST,
        )
        try:
            connection = await self._door.call(
                accounts.connect_account, command, tenant=self._tenant, cipher=self._cipher
            )
        except Exception:  # whatever it was is raised on; first the login is ended
            await self._log_out(session_string)
            raise
        await self._door.call(seats.renew_coverage, tenant=self._tenant)
        self._connections.wake()
        log.info("login.done", account_id=connection.account_id)
        return connection.account_id

    async def _log_out(self, session_string: str) -> None:
        """A login we could not keep must not stay behind at Telegram."""
        attempt = _Attempt(self._telegram.client(KeptSession(session_string)))
        try:
            async with asyncio.timeout(CONNECT_S):
                await attempt.client.connect()
                await attempt.client(functions.auth.LogOutRequest())
        except (errors.RPCError, OSError, EOFError, TimeoutError):
            log.warning("login.left_behind")
        finally:
            await hang_up(attempt.client)

    def _fail(self, refusal: Fact) -> None:
        self._push({"type": "login.failed", "problem": problem_of(refusal)})


class _PasswordNeeded(Exception):
    """The account has a cloud password."""


def _wait_s(token: types.auth.LoginToken, *, is_new: bool) -> float:
    """Until the next code is asked for: shortly before this one ends, or at its end when it is the same again."""
    left_s: float = (token.expires - datetime.now(UTC)).total_seconds()
    return max(_SHORTEST_S, left_s - RENEW_BEFORE_S if is_new else left_s)


def _where(kind: object) -> str:
    match kind:
        case types.auth.SentCodeTypeApp():
            return "app"
        case types.auth.SentCodeTypeCall() | types.auth.SentCodeTypeFlashCall() | types.auth.SentCodeTypeMissedCall():
            return "call"
        case _:
            return "sms"


def _name_of(user: types.User) -> str:
    parts = [part for part in (user.first_name, user.last_name) if part]
    return " ".join(parts) or user.username or f"+{user.phone}"
