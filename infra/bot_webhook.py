"""`python -m infra.bot_webhook --origin https://crm.example`: has Telegram tell the installation what its bot hears.

Run once by the operator, with WIREROOM_BOT_TOKEN and WIREROOM_BOT_NAME in the shell, and again when the token or the
origin has changed. It asks for messages alone, each with a secret that follows from the token.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from chalicelib.adapters.telegram_bot import Bot
from chalicelib.settings import ReminderBot

PATH = "/api/hooks/telegram-bot"


def main(arguments: Sequence[str] | None = None) -> None:
    """Set the bot's webhook."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--origin", required=True, help="the installation's public origin")
    origin: str = parser.parse_args(arguments).origin
    named = (os.environ.get("WIREROOM_BOT_TOKEN", ""), os.environ.get("WIREROOM_BOT_NAME", ""))
    if not all(named):
        sys.exit("WIREROOM_BOT_TOKEN and WIREROOM_BOT_NAME are to be set")
    account = ReminderBot(token=named[0], name=named[1], api=os.environ.get("WIREROOM_BOT_API"))
    Bot(account).set_webhook(f"{origin.rstrip('/')}{PATH}")
    sys.stdout.write(f"@{account.name} tells {origin} what it hears\n")


if __name__ == "__main__":
    main()
