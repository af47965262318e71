"""A Telegram in a process of its own: mints logins, and writes to the accounts when told to.

Says {"port", "logins": [[user id, session string]]} once; then for each line {"first", "last", "count"} writes `count`
messages to the accounts first..last in turn and says {"sent"}.
"""

import asyncio
import json
import sys

from dev.telegram import Emulator

_AT_ONCE = 20


async def main(accounts: int) -> None:
    """Serve until standard input ends."""
    async with Emulator(dcs=(2,)) as telegram:
        sender = telegram.world.add_user("Ben", last_name="Writer", username="ben_writer")
        people = [telegram.world.add_user(f"Account {number}", phone=f"1555{number:06d}") for number in range(accounts)]
        logins = [[user.id, telegram.session(user).save()] for user in people]
        _say({"port": telegram.ports[2], "logins": logins})
        loop = asyncio.get_running_loop()
        while line := await loop.run_in_executor(None, sys.stdin.readline):
            wish = json.loads(line)
            span = wish["last"] - wish["first"]
            for number in range(wish["count"]):
                telegram.post(sender, people[wish["first"] + number % span], f"Message {number} of a working day")
                if number % _AT_ONCE == 0:
                    await asyncio.sleep(0)
            _say({"sent": wish["count"]})


def _say(said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
