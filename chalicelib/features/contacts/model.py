"""A contact or group of the workspace: one party, however many of its accounts have a chat with it. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from chalicelib.features.chats.model import ChatMetadata
from chalicelib.kernel.chat_kinds import ChatKind
from chalicelib.kernel.ids import AccountId, ChatId, PartyId
from chalicelib.kernel.records import record

CONTACTS: Final = frozenset({ChatKind.PRIVATE, ChatKind.BOT})
GROUPS: Final = frozenset({ChatKind.GROUP, ChatKind.CHANNEL})


@record
class Acquaintance:
    """An account that has a chat with a party, and which chat."""

    account_id: AccountId
    chat_id: ChatId


@record
class Party:
    """Somebody, or a group or channel, as one member may see it.

    `is_connected`: the member is connected to an account that knows it; only then there are the fields behind it.
    """

    id: PartyId
    name: str
    kind: ChatKind
    known_by: tuple[Acquaintance, ...]
    is_connected: bool
    username: str | None
    member_count: int | None
    invite_link: str | None
    last_message_at: datetime | None


def party(
    party_id: PartyId, chats: Sequence[ChatMetadata], names: Mapping[ChatId, str], mine: frozenset[AccountId]
) -> Party:
    """The party behind these chats, of one account each; `mine` are the accounts the viewer is connected to.

    It is called what the workspace calls its first chat; what only connected people see is their own chats'.
    """
    seen = [chat for chat in chats if chat.account_id in mine]
    times = [chat.last_message_at for chat in seen if chat.last_message_at is not None]
    return Party(
        id=party_id,
        name=names.get(chats[0].id, chats[0].title),
        kind=chats[0].kind,
        known_by=tuple(Acquaintance(account_id=chat.account_id, chat_id=chat.id) for chat in chats),
        is_connected=bool(seen),
        username=_first(chat.username for chat in seen),
        member_count=max((chat.member_count for chat in seen if chat.member_count is not None), default=None),
        invite_link=_first(chat.invite_link for chat in seen),
        last_message_at=max(times, default=None),
    )


def _first(texts: Iterable[str | None]) -> str | None:
    return next((text for text in texts if text), None)
