"""A stand-in for Telegram's Bot API, over HTTP: what a bot sends is kept, what people write to it goes to its webhook.

`python -m dev.telegram_bot port token` serves it by itself. `/control/messages` shows what people got, `/control/say`
has somebody write, `/control/block` has somebody block the bot, `/control/faults` has the next calls go wrong.
Source: https://core.telegram.org/bots/api, Making requests, sendMessage, setWebhook.
"""

import asyncio
import itertools
import sys
from typing import Any

from aiohttp import ClientSession, web

LOOPBACK = "127.0.0.1"
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
        """How the next calls go wrong: {status, retry_after}; `after_effect` has the message arrive all the same."""
        self._blocked_by: set[int] = set()
        self._numbers = itertools.count(1)

    def application(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application()
        app.router.add_post("/bot{token}/sendMessage", self._send_message)
        app.router.add_post("/bot{token}/setWebhook", self._set_webhook)
        app.router.add_get("/control/messages", self._messages)
        app.router.add_post("/control/say", self._say)
        app.router.add_post("/control/block", self._block)
        app.router.add_post("/control/faults", self._add_fault)
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
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and not fault.get("after_effect"):
            return _failed(fault)
        if asked["chat_id"] in self._blocked_by:
            return _refused(*_FORBIDDEN)
        self.sent.append({"chat_id": asked["chat_id"], "text": asked["text"]})
        if fault is not None:
            return _failed(fault)
        return web.json_response({"ok": True, "result": {"message_id": len(self.sent), "text": asked["text"]}})

    async def _set_webhook(self, request: web.Request) -> web.Response:
        if request.match_info["token"] != self._token:
            return _refused(*_UNAUTHORIZED)
        self.webhook = await request.json()
        return web.json_response({"ok": True, "result": True})

    async def _messages(self, _: web.Request) -> web.Response:
        return web.json_response(self.sent)

    async def _say(self, request: web.Request) -> web.Response:
        """`{"chat_id": 7, "text": "/start …"}`; answers with the webhook's status."""
        said = await request.json()
        if self.webhook is None:
            return web.json_response({"status": None})
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        async with ClientSession() as session:
            update = self.update(said["chat_id"], said["text"])
            async with session.post(self.webhook["url"], json=update, headers=headers) as answer:
                return web.json_response({"status": answer.status})

    async def _block(self, request: web.Request) -> web.Response:
        self.block((await request.json())["chat_id"])
        return web.Response(status=204)

    async def _add_fault(self, request: web.Request) -> web.Response:
        self.faults.append(await request.json())
        return web.Response(status=204)


def _refused(status: int, description: str, **more: Any) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": description, **more}, status=status)


def _failed(fault: dict[str, Any]) -> web.Response:
    status = int(fault["status"])
    more = {"parameters": {"retry_after": fault["retry_after"]}} if "retry_after" in fault else {}
    return _refused(status, "as it was asked to go wrong", **more)


async def main(port: int, token: str) -> None:
    """Serve until the process ends."""
    runner = web.AppRunner(BotApi(token).application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, LOOPBACK, port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), sys.argv[2]))
