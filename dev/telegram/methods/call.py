"""What an API method is given, and the register of them all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dev.telegram.keyring import Key
from dev.telegram.refusals import Refused
from dev.telegram.service import Line, Service
from dev.telegram.tl import Tl
from dev.telegram.world.people import User
from dev.telegram.world.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One request, on the line and with the key it came with, and the takeout it is part of."""

    service: Service
    line: Line
    key: Key
    request: Tl
    takeout_id: int | None = None

    @property
    def world(self) -> World:
        """Everybody and everything."""
        return self.service.world

    @property
    def now(self) -> datetime:
        """This moment, in whole seconds as TL has them."""
        return self.service.clock().replace(microsecond=0)

    @property
    def me(self) -> User:
        """Who is logged in. Raises Refused when nobody is."""
        if self.key.user_id is None:
            raise Refused("AUTH_KEY_UNREGISTERED")
        return self.world.users[self.key.user_id]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """An API method. `login`: whether it is only for those logged in."""

    run: Callable[[Call], Any]
    login: bool


METHODS: dict[str, Method] = {}


def method(*names: str, login: bool = True) -> Callable[[Callable[[Call], Any]], Callable[[Call], Any]]:
    """Register a function under one or more names such as `messages.SendMessage`."""

    def register(run: Callable[[Call], Any]) -> Callable[[Call], Any]:
        for name in names:
            METHODS[name] = Method(run=run, login=login)
        return run

    return register


def date_given(date: datetime | None) -> datetime | None:
    """A date argument. A required one of 0 arrives as 1970-01-01, which is truthy and means none."""
    return date if date is not None and date.timestamp() > 0 else None
