"""The reminder bot at Telegram, through the Bot API's one call that is needed here and the updates it sends.

The session worker's Telegram is another one: there people's own accounts speak, here the operator's bot does.
Source: https://core.telegram.org/bots/api, sendMessage, setWebhook and Update.
"""

import hashlib
import hmac
import http.client
import json
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

import msgspec

from chalicelib.adapters import shapes
from chalicelib.kernel.errors import Conflict, TooMany, Unavailable
from chalicelib.kernel.records import record
from chalicelib.logs import log
from chalicelib.settings import ReminderBot

API: Final = "https://api.telegram.org"
MAX_UPDATE_BYTES: Final = 64 * 1024
SECRET_HEADER: Final = "x-telegram-bot-api-secret-token"
_TIMEOUT_S: Final = 5
_MAX_ANSWER_BYTES: Final = 64 * 1024
_TOO_MANY: Final = 429
_RETRY_S: Final = 5
_GONE: Final = {400, 403}
"""The person blocked the bot, or the chat is no more: the same message will never arrive."""


class BotBlocked(Conflict):
    """The person blocked the bot, or their chat with it is gone."""

    code = "telegram-bot-blocked"
    title = "The reminder bot can't write to this person."


@record
class Greeting:
    """Somebody began a chat with the bot. `code` is what the link they came by carried."""

    chat_id: int
    code: str


class Bot:
    """One bot. Every method is one call; the token is in the address of each, so that no address is ever logged."""

    def __init__(self, account: ReminderBot) -> None:
        self._account = account

    def send(self, chat_id: int, text: str) -> None:
        """Write to somebody, as plain text without a preview of its links.

        Raises:
            BotBlocked: it will never arrive.
            TooMany: Telegram wants a pause; says how long.
            Unavailable: Telegram did not answer, or refused.
        """
        self._call("sendMessage", {"chat_id": chat_id, "text": text, "link_preview_options": {"is_disabled": True}})

    def set_webhook(self, url: str) -> None:
        """Have Telegram tell of messages at an address, with our secret in each. Raises as `send`."""
        asked = {"url": url, "secret_token": secret_of(self._account), "allowed_updates": ["message"]}
        self._call("setWebhook", asked)

    def _call(self, method: str, asked: dict[str, Any]) -> None:
        status, answer = self._ask(method, json.dumps(asked).encode())
        if answer.get("ok") is True:
            return
        if status in _GONE:
            raise BotBlocked
        if status == _TOO_MANY:
            raise TooMany("The reminder bot is asked to slow down.", retry_after_s=_pause(answer))
        log.error("bot.refused", method=method, status=status)
        raise Unavailable("The reminder bot was refused.")

    def _ask(self, method: str, body: bytes) -> tuple[int, dict[str, Any]]:
        target = urlsplit(self._account.api or API)
        kind = http.client.HTTPSConnection if target.scheme == "https" else http.client.HTTPConnection
        line = kind(target.hostname or "", target.port, timeout=_TIMEOUT_S)
        try:
            address = f"{target.path}/bot{self._account.token}/{method}"
            line.request("POST", address, body, {"Content-Type": "application/json"})
            answer = line.getresponse()
            found = json.loads(answer.read(_MAX_ANSWER_BYTES))
        except (OSError, http.client.HTTPException, ValueError):
            # None of the cause: what it says of the request may hold the token.
            raise Unavailable("Telegram did not answer.") from None
        finally:
            line.close()
        return answer.status, found if isinstance(found, dict) else {}


def _pause(answer: dict[str, Any]) -> int:
    parameters = answer.get("parameters")
    wanted = parameters.get("retry_after") if isinstance(parameters, dict) else None
    return wanted if isinstance(wanted, int) and wanted > 0 else _RETRY_S


def secret_of(account: ReminderBot) -> str:
    """What Telegram says with each update, so that nobody else can make one up."""
    return hmac.digest(account.token.encode(), b"webhook", hashlib.sha256).hex()


def link_to(account: ReminderBot, code: str) -> str:
    """What opens the chat with the bot and has it greeted with a code. Source: bots/features, Deep linking."""
    return f"{'https://t.me' if account.api is None else f'{account.api}/t.me'}/{account.name}?start={code}"


def is_from_telegram(account: ReminderBot, shown: str) -> bool:
    """Whether an update came with our secret."""
    return hmac.compare_digest(shown.encode("utf-8", "replace"), secret_of(account).encode())


class _Chat(msgspec.Struct):
    id: Annotated[int, msgspec.Meta(ge=-(2**53), le=2**53)]
    type: str


class _Message(msgspec.Struct):
    chat: _Chat
    text: str = ""


class _Update(msgspec.Struct):
    """Fields that are not named here are skipped."""

    message: _Message | None = None


_START: Final = "/start "


def greeting_in(raw: bytes) -> Greeting | None:
    """Somebody's greeting, where an update is one: `/start` and a code, in a chat of one person with the bot.

    Raises:
        Invalid: it is no update at all.
    """
    message = shapes.decoded(raw, _Update).message
    if message is None or message.chat.type != "private" or not message.text.startswith(_START):
        return None
    return Greeting(chat_id=message.chat.id, code=message.text.removeprefix(_START).strip())
