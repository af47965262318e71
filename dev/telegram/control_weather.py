"""The part of the back door that makes bad weather: rules, cut lines, forgotten keys, other salts, lost pushes."""

from collections.abc import Callable
from typing import Any

import msgspec
from aiohttp import web

from dev.telegram.emulator import Emulator
from dev.telegram.refusals import Refused
from dev.telegram.rules import DuplicateKeys, RepeatedSends
from dev.telegram.world.people import User

_JSON = "application/json"


class NewRules(msgspec.Struct, forbid_unknown_fields=True):
    """As `Rules`; what is left out stays as it is."""

    duplicate_keys: DuplicateKeys | msgspec.UnsetType = msgspec.UNSET
    repeated_sends: RepeatedSends | msgspec.UnsetType = msgspec.UNSET
    short_answers: bool | msgspec.UnsetType = msgspec.UNSET
    strict_salts: bool | msgspec.UnsetType = msgspec.UNSET
    limits: bool | msgspec.UnsetType = msgspec.UNSET
    min_users: bool | msgspec.UnsetType = msgspec.UNSET
    difference_reach: int | msgspec.UnsetType = msgspec.UNSET
    channel_difference_reach: int | msgspec.UnsetType = msgspec.UNSET
    poll_after_s: int | msgspec.UnsetType = msgspec.UNSET
    takeout_delay_s: int | msgspec.UnsetType = msgspec.UNSET


class Withhold(msgspec.Struct, forbid_unknown_fields=True):
    """Whether an account's pushes get lost, or nothing of a channel is pushed to its members."""

    withheld: bool


class Weather:
    """`account_of` gives the account that a path names; raises Refused."""

    def __init__(self, telegram: Emulator, account_of: Callable[[web.Request], User]) -> None:
        self._telegram = telegram
        self._account_of = account_of

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        account = "/accounts/{user_id:\\d+}"
        return [
            web.get("/rules", self.rules),
            web.patch("/rules", self.set_rules),
            web.post("/salt", self.change_salt),
            web.post(f"{account}/cut", self.cut),
            web.post(f"{account}/forget-keys", self.forget_keys),
            web.post(f"{account}/pushes", self.withhold),
            web.post("/channels/{channel_id:\\d+}/pushes", self.withhold_channel),
        ]

    async def rules(self, _: web.Request) -> web.Response:
        """How strict and how forgetful this Telegram is."""
        return _json(self._telegram.rules)

    async def set_rules(self, request: web.Request) -> web.Response:
        """Make it otherwise."""
        chosen = _read(await request.read(), request.content_type, NewRules)
        for name in chosen.__struct_fields__:
            value = getattr(chosen, name)
            if value is not msgspec.UNSET:
                setattr(self._telegram.rules, name, value)
        return _json(self._telegram.rules)

    async def change_salt(self, _: web.Request) -> web.Response:
        """Take another salt."""
        self._telegram.change_salt()
        return web.Response(status=204)

    async def cut(self, request: web.Request) -> web.Response:
        """Break every line of an account."""
        self._telegram.cut(self._account_of(request))
        return web.Response(status=204)

    async def forget_keys(self, request: web.Request) -> web.Response:
        """Forget the keys of an account: its clients get -404."""
        return _json({"forgotten": self._telegram.forget_keys(self._account_of(request))})

    async def withhold(self, request: web.Request) -> web.Response:
        """Lose what is pushed to an account from now on, or push again."""
        account, body = self._account_of(request), _read(await request.read(), request.content_type, Withhold)
        (self._telegram.withheld.add if body.withheld else self._telegram.withheld.discard)(account.id)
        return web.Response(status=204)

    async def withhold_channel(self, request: web.Request) -> web.Response:
        """Push nothing of a channel from now on, so that its members have to ask, or push again."""
        channel = self._telegram.world.channels.get(int(request.match_info["channel_id"]))
        if channel is None:
            raise Refused("NO_SUCH_CHANNEL", 404)
        channel.withheld = _read(await request.read(), request.content_type, Withhold).withheld
        return web.Response(status=204)


def _read(body: bytes, content_type: str, shape: type[Any]) -> Any:
    if content_type != _JSON:
        raise Refused("NOT_JSON", 415)
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as misfit:
        raise Refused(f"BODY_INVALID: {misfit}", 422) from misfit


def _json(value: Any) -> web.Response:
    return web.Response(body=msgspec.json.encode(value), content_type=_JSON)
