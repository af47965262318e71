"""A stand-in for Telegram's Bot API, over HTTP: what a bot sends is kept, what people write to it goes to its webhook.

The emulator's control door has it below BELOW, with a page in the place of the chat with the bot that Telegram opens.
Source: https://core.telegram.org/bots/api, Making requests, sendMessage, setWebhook; bots/features, Deep linking.
"""

import itertools
from html import escape
from typing import Any

from aiohttp import ClientError, ClientSession, web

from chalicelib.adapters.telegram_bot import secret_of
from chalicelib.settings import ReminderBot
from dev.stand_in_page import stand_in_page

LOOPBACK = "127.0.0.1"
BELOW = "/bot-api"
LOCAL_TOKEN, LOCAL_NAME = "1:local", "wireroom_local_bot"
"""What the local product's bot is asked with, and called."""
_VISITOR = 4711
"""Whoever opens the page: the chat with the bot is theirs."""
_FORBIDDEN = (403, "Forbidden: bot was blocked by the user")
_UNAUTHORIZED = (401, "Unauthorized")


class BotApi:
    """One bot, and the people it chats with."""

    def __init__(self, token: str) -> None:
        self._token = token
        self.sent: list[dict[str, Any]] = []
        """Messages that arrived, oldest first: {chat_id, text}."""
        self.webhook: dict[str, Any] | None = None
        self.faults: list[dict[str, Any]] = []
        """How the next calls go wrong: {status, retry_after}."""
        self._blocked_by: set[int] = set()
        self._numbers = itertools.count(1)

    def application(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application()
        app.router.add_post("/bot{token}/sendMessage", self._send_message)
        app.router.add_post("/bot{token}/setWebhook", self._set_webhook)
        app.router.add_get("/t.me/{name}", self._show_chat)
        app.router.add_post("/t.me/{name}", self._start)
        return app

    def update(self, chat_id: int, text: str, chat_type: str = "private") -> dict[str, Any]:
        """What the webhook is told when somebody writes."""
        number = next(self._numbers)
        person = {"id": chat_id, "is_bot": False, "first_name": "Ada"}
        message = {"message_id": number, "date": 0, "chat": {"id": chat_id, "type": chat_type}, "text": text}
        return {"update_id": number, "message": {**message, "from": person}}

    def block(self, chat_id: int) -> None:
        """Somebody blocks the bot."""
        self._blocked_by.add(chat_id)

    async def _send_message(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return _refused(*_UNAUTHORIZED)
        asked = await request.json()
        if self.faults:
            return _failed(self.faults.pop(0))
        if asked["chat_id"] in self._blocked_by:
            return _refused(*_FORBIDDEN)
        self.sent.append({"chat_id": asked["chat_id"], "text": asked["text"]})
        return web.json_response({"ok": True, "result": {"message_id": len(self.sent), "text": asked["text"]}})

    async def _set_webhook(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return _refused(*_UNAUTHORIZED)
        self.webhook = await request.json()
        return web.json_response({"ok": True, "result": True})

    async def _show_chat(self, request: web.Request) -> web.Response:
        """The chat with the bot, with what it said; `?start=` is what the button below sends it."""
        said = "".join(f"<p>{escape(each['text'])}</p>" for each in self.sent if each["chat_id"] == _VISITOR)
        code = escape(request.query.get("start", ""))
        button = f'<form method="post"><input type="hidden" name="code" value="{code}"><button>Start</button></form>'
        page = stand_in_page(
            f"@{request.match_info['name']}", f"<section>{said or 'Nothing was said yet.'}</section>{button}"
        )
        return web.Response(text=page, content_type="text/html")

    async def _start(self, request: web.Request) -> web.Response:
        code = str((await request.post()).get("code", ""))
        await self._tell(self.update(_VISITOR, f"/start {code}".strip()))
        raise web.HTTPSeeOther(request.path)

    async def _tell(self, update: dict[str, Any]) -> None:
        """Tell the webhook, once; Telegram would go on until it is taken."""
        if self.webhook is None:
            return
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook["secret_token"]}
        try:
            async with ClientSession() as session, session.post(self.webhook["url"], json=update, headers=headers):
                return
        except ClientError:
            return


def local_bot(hook: str) -> BotApi:
    """The local product's bot, which tells an address what it hears."""
    bot = BotApi(LOCAL_TOKEN)
    bot.webhook = {"url": hook, "secret_token": secret_of(ReminderBot(token=LOCAL_TOKEN, name=LOCAL_NAME))}
    return bot


def _refused(status: int, description: str, **more: Any) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": description, **more}, status=status)


def _failed(fault: dict[str, Any]) -> web.Response:
    status = int(fault["status"])
    more = {"parameters": {"retry_after": fault["retry_after"]}} if "retry_after" in fault else {}
    return _refused(status, "as it was asked to go wrong", **more)
