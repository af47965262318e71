"""A Telegram in a process of its own: mints logins, and writes to the accounts when told to.

Says {"port", "logins": [[user id, session string]]} once; then for each line {"first", "last", "count"} writes `count`
messages to the accounts first..last in turn and says {"sent"}. With "per_s" they come so fast, and each says when it
was written, on the clock that all processes of a machine share (time.monotonic, seconds).
"""

import asyncio
import json
import sys
import time

from dev.telegram import Emulator
from dev.telegram.world.people import User

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
            if "per_s" in wish:
                await _write_evenly(telegram, sender, people[wish["first"] : wish["last"]], wish)
                continue
            span = wish["last"] - wish["first"]
            for number in range(wish["count"]):
                telegram.post(sender, people[wish["first"] + number % span], f"Message {number} of a working day")
                if number % _AT_ONCE == 0:
                    await asyncio.sleep(0)
            _say({"sent": wish["count"]})


async def _write_evenly(telegram: Emulator, sender: User, people: list[User], wish: dict[str, int]) -> None:
    begun = time.monotonic()
    for number in range(wish["count"]):
        due_at = begun + number / wish["per_s"]
        if due_at > time.monotonic():
            await asyncio.sleep(due_at - time.monotonic())
        telegram.post(sender, people[number % len(people)], str(time.monotonic()))
    _say({"sent": wish["count"]})


def _say(said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
