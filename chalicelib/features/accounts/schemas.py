"""Accounts and connections as they travel."""

from typing import Annotated

import msgspec

from chalicelib.features.accounts.model import (
    MAX_HOST_CHARACTERS,
    MAX_LABEL_CHARACTERS,
    MAX_SECRET_CHARACTERS,
    AccountCard,
    Connection,
    ConnectionState,
)
from chalicelib.features.standing.schemas import StandingOut
from chalicelib.kernel import clock
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.ids import UserId


class LabelIn(msgspec.Struct, forbid_unknown_fields=True):
    """What the workspace calls an account."""

    label: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_LABEL_CHARACTERS)]


class LeftOutIn(msgspec.Struct, forbid_unknown_fields=True):
    """Which kinds of chats stay out of the workspace when they are first seen."""

    left_out: Annotated[list[ChatKind], msgspec.Meta(max_length=len(ChatKind))]


class ProxyIn(msgspec.Struct, forbid_unknown_fields=True):
    """A proxy of one's own: an MTProxy with its `secret`, or SOCKS5 with user and password or neither.

    It is kept and never shown again.
    """

    host: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_HOST_CHARACTERS)]
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)]
    username: str | None = None
    password: str | None = None
    secret: Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_SECRET_CHARACTERS)] | None = None


class ConnectionOut(msgspec.Struct, forbid_unknown_fields=True):
    """One member's connection to an account. `since` is when it came into its state.

    `proxied`: it reaches Telegram through a proxy of its member's own; null to everybody else.
    """

    user_id: str
    full_name: str
    state: ConnectionState
    reason: str | None
    since: str
    mine: bool
    proxied: bool | None

    @classmethod
    def of(cls, connection: Connection, full_name: str, viewer: UserId | None) -> "ConnectionOut":
        """A connection as one member sees it."""
        return cls(
            user_id=connection.user_id,
            full_name=full_name,
            state=connection.state,
            reason=connection.reason,
            since=clock.to_wire(connection.since),
            mine=connection.user_id == viewer,
            proxied=connection.is_proxied if connection.user_id == viewer else None,
        )


class AccountOut(msgspec.Struct, forbid_unknown_fields=True):
    """An account. Phone and username are null for members who are not connected to it (product.md section 1.3).

    Chats of the kinds in `left_out` stay out of the workspace when they are first seen, until somebody brings them in.
    """

    id: str
    label: str
    name: str
    mine: bool
    phone: str | None
    username: str | None
    standing: StandingOut
    unknown_sessions: int
    left_out: list[ChatKind]
    connections: list[ConnectionOut]

    @classmethod
    def of(cls, card: AccountCard, viewer: UserId | None) -> "AccountOut":
        """An account as one member sees it."""
        return cls(
            id=card.account.id,
            label=card.account.label,
            name=card.account.name,
            mine=card.is_mine,
            phone=card.account.phone if card.is_mine else None,
            username=card.account.username if card.is_mine else None,
            unknown_sessions=card.unknown_sessions,
            left_out=sorted(card.account.left_out),
            standing=StandingOut.of(card.standing, card.state, card.at),
            connections=[ConnectionOut.of(one, name, viewer) for one, name in card.connections],
        )


class AccountsOut(msgspec.Struct, forbid_unknown_fields=True):
    """Every account of a workspace, by label."""

    accounts: list[AccountOut]
