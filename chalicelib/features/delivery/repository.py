"""Whose chat with the reminder bot is which, and the codes that link one."""

from pynamodb.attributes import BooleanAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.features.delivery.model import CODE_LIFE, BotLink
from chalicelib.kernel import tokens
from chalicelib.kernel.ids import UserId
from chalicelib.table import keys, notices_keys, people_keys
from chalicelib.table.items import MomentAttribute, Row
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile, Transaction


class BotLinkRow(Row, discriminator="bot_link"):
    """A person's chat with the reminder bot."""

    chat_id = NumberAttribute()
    linked_at = MomentAttribute()
    is_blocked = BooleanAttribute(default=False)


class BotCodeRow(Row, discriminator="bot_code"):
    """Whose chat it will be that shows a code."""

    user_id = UnicodeAttribute()


class BotLinks:
    """People's chats with the bot."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def get(self, user_id: UserId) -> BotLink | None:
        """Somebody's chat with it: one read unit."""
        row = self._rows(user_id).get(BotLinkRow, notices_keys.BOT_LINK)
        if row is None:
            return None
        return BotLink(chat_id=int(row.chat_id), linked_at=row.linked_at, is_blocked=bool(row.is_blocked))

    def put(self, change: Transaction, user_id: UserId, link: BotLink) -> None:
        """Link a chat, in the place of any other."""
        change.put(
            self._rows(user_id).new(
                BotLinkRow, notices_keys.BOT_LINK, chat_id=link.chat_id, linked_at=link.linked_at, is_blocked=False
            )
        )

    def block(self, user_id: UserId, chat_id: int) -> None:
        """Note that this chat takes nothing any more: one write unit."""
        row = self._rows(user_id).new(BotLinkRow, notices_keys.BOT_LINK)
        self._rows(user_id).update(row, [BotLinkRow.is_blocked.set(True)], BotLinkRow.chat_id == chat_id)

    def remove(self, change: Transaction, user_id: UserId) -> None:
        """Unlink it."""
        change.delete(self._rows(user_id).new(BotLinkRow, notices_keys.BOT_LINK))

    def _rows(self, user_id: UserId) -> Rows:
        return self._installation.rows(people_keys.user(user_id))


class BotCodes:
    """Codes that link a chat, each once and for ten minutes; kept by their hashes."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation

    def make(self, user_id: UserId) -> str:
        """A fresh code for somebody, which nobody else will ever see: one write unit."""
        code = tokens.new()
        rows = self._installation.rows(notices_keys.bot_code(tokens.hashed(code)))
        ends_s = int((self._installation.now() + CODE_LIFE).timestamp())
        rows.put(rows.new(BotCodeRow, keys.ONLY, user_id=user_id, expires_at=ends_s))
        return code

    def holder_of(self, code: str) -> UserId | None:
        """Whose a code is, while it is good: one read unit."""
        row = self._installation.rows(notices_keys.bot_code(tokens.hashed(code))).get(BotCodeRow, keys.ONLY)
        return None if row is None or row.is_over(self._installation.now()) else UserId(row.user_id)

    def use_up(self, change: Transaction, code: str) -> None:
        """A code links once."""
        rows = self._installation.rows(notices_keys.bot_code(tokens.hashed(code)))
        change.delete(rows.new(BotCodeRow, keys.ONLY), Row.pk.exists(), refusal=ChangedMeanwhile())
