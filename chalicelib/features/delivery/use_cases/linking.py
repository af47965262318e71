"""The reminder bot at Telegram: linked by a code that is shown to it, and unlinked."""

from chalicelib.adapters import telegram_bot
from chalicelib.adapters.telegram_bot import Bot, BotBlocked
from chalicelib.features.delivery.model import (
    CODE_LIFE,
    BotCode,
    BotHookRefused,
    BotLink,
    BotNotConfigured,
    BotStanding,
    BotState,
)
from chalicelib.features.delivery.repository import BotCodes, BotLinks
from chalicelib.kernel.actors import Actor, system
from chalicelib.kernel.errors import TooMany, Unavailable
from chalicelib.kernel.ids import UserId
from chalicelib.settings import ReminderBot
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile

_LINKED = "You are linked. From now on Wireroom tells you here what you wanted to be told on Telegram."
_NOT_GOOD = "This link is no good any more. Get another one in Wireroom, under Settings, Notifications."


def bot_standing(user_id: UserId, *, account: ReminderBot | None, installation: Installation) -> BotStanding:
    """How somebody stands with the bot: one read unit."""
    if account is None:
        return BotStanding(state=BotState.NOT_CONFIGURED, name=None, linked_at=None)
    link = BotLinks(installation).get(user_id)
    if link is None:
        return BotStanding(state=BotState.NOT_LINKED, name=account.name, linked_at=None)
    state = BotState.BLOCKED if link.is_blocked else BotState.LINKED
    return BotStanding(state=state, name=account.name, linked_at=link.linked_at)


def make_bot_code(user_id: UserId, *, account: ReminderBot | None, installation: Installation) -> BotCode:
    """A code that links the chat which shows it to the bot within ten minutes. One write unit.

    Raises:
        BotNotConfigured: there is no bot.
    """
    if account is None:
        raise BotNotConfigured
    code = BotCodes(installation).make(user_id)
    link = telegram_bot.link_to(account, code)
    return BotCode(code=code, link=link, ends_at=installation.now() + CODE_LIFE)


def unlink_bot(user_id: UserId, *, actor: Actor, installation: Installation) -> None:
    """Have the bot write to somebody no more. Repeating it changes nothing. A read, a transaction of 2 rows."""
    if BotLinks(installation).get(user_id) is None:
        return
    with installation.journalled(user_id, actor) as change:
        BotLinks(installation).remove(change, user_id)
        change.record("telegram_bot.unlinked", target=user_id)


def take_update(raw: bytes, shown_secret: str, *, account: ReminderBot | None, installation: Installation) -> None:
    """Take what Telegram tells of the bot; whatever is not a greeting with a code is nothing to us.

    Repeating an update links once: its code is used up. Up to two reads, a transaction of 3 rows and a call.

    Raises:
        BotNotConfigured: there is no bot.
        BotHookRefused: it did not come from Telegram.
        Invalid: it is no update.
    """
    if account is None:
        raise BotNotConfigured
    if not telegram_bot.is_from_telegram(account, shown_secret):
        raise BotHookRefused
    greeting = telegram_bot.greeting_in(raw)
    if greeting is None:
        return
    is_linked = _link(greeting.chat_id, greeting.code, installation)
    _answer(Bot(account), greeting.chat_id, _LINKED if is_linked else _NOT_GOOD)


def _link(chat_id: int, code: str, installation: Installation) -> bool:
    user_id = BotCodes(installation).holder_of(code)
    if user_id is None:
        return False
    try:
        with installation.journalled(user_id, system("telegram-bot")) as change:
            BotCodes(installation).use_up(change, code)
            BotLinks(installation).put(change, user_id, BotLink(chat_id=chat_id, linked_at=installation.now()))
            change.record("telegram_bot.linked", target=user_id)
    except ChangedMeanwhile:
        return False  # somebody used the same code at the same moment
    return True


def _answer(bot: Bot, chat_id: int, text: str) -> None:
    """A courtesy: whether it arrives changes nothing."""
    try:
        bot.send(chat_id, text)
    except (BotBlocked, TooMany, Unavailable):
        return
