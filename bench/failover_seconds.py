"""How long accounts are without a task when theirs is killed: two tasks of 200 accounts, until all are live again.

The baseline is what it may take: the taker's wait, ten seconds, and one for every twenty accounts. Each account is
written to while nobody listens, and counts once the taker's client knows of that. Leases run at a fifth of their
intervals, which the baseline counts with; connecting is paced as in production.
"""

import asyncio
import os
import time

from bench import stand_in
from bench.measure import Figure, compared, report
from bench.population import Population
from bench.worker_pair import Process, start_process
from chalicelib import settings
from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectAccount, shard_of
from chalicelib.table.cipher import Cipher
from dev.telegram.wire.rsa_key import PUBLIC_PEM

ACCOUNTS = 200
_SHARDS = 2
_SCALE = 5
_PATIENCE_S = 180
_ENVIRONMENT = {
    "WIREROOM_TELEGRAM_PUBLIC_KEY": str(PUBLIC_PEM),
    "WIREROOM_GATEWAY_PORT": "0",
    "WIREROOM_SHARDS": str(_SHARDS),
    "WIREROOM_CONNECTS_PER_S": "20",
    "WIREROOM_PARK_AFTER_S": "3600",
    "POWERTOOLS_LOG_LEVEL": "ERROR",
}


def measure(*, accounts: int = ACCOUNTS, scale: float = _SCALE) -> Figure:
    """Seconds from the kill until the last account is live and caught up; leases run `scale` times as fast."""
    return asyncio.run(_measure(accounts, scale))


async def _measure(each: int, scale: float) -> Figure:
    wait_s = 40 / scale
    with stand_in.writing() as stock:
        telegram = await start_process("telegram_process", str(2 * each))
        world = await telegram.hear()
        os.environ |= {
            **_ENVIRONMENT,
            "WIREROOM_TELEGRAM_DCS": f"2=127.0.0.1:{world['port']}",
            "WIREROOM_BEAT_S": str(10 / scale),
            "WIREROOM_ABORT_AFTER_S": str(20 / scale),
            "WIREROOM_FENCE_AFTER_S": str(wait_s),
        }
        settings.current.cache_clear()
        tasks = [await start_process("worker_process", "ours") for _ in range(2)]
        for task in tasks:
            await task.hear()
        _take_in(stock, world["logins"], each)
        try:
            for task in tasks:  # the shards are dealt out evenly by then
                await _until(each, 1, [task])
            victim, taker = tasks
            victim.kill()
            begun = time.monotonic()
            await telegram.ask(first=0, last=2 * each, count=2 * each)
            await _until(2 * each, 2, [taker])
            taken_s = time.monotonic() - begun
        finally:
            for process in (*tasks, telegram):
                await process.close()
    return compared("failover_seconds", [taken_s], [wait_s + 10 + each / 20], unit="s", most=1.0)


def _take_in(stock: object, logins: list[tuple[int, str]], each: int) -> None:
    """Two members of as many accounts, who live in different shards."""
    members: dict[int, Population] = {}
    while len(members) < _SHARDS:
        one = Population(stock, chats=0)
        members[shard_of(one.user_id, _SHARDS)] = one
    cipher = Cipher()
    for place, (user_id, login) in enumerate(logins[: 2 * each]):
        command = ConnectAccount(
            telegram_user_id=user_id, name="Account", username=None, phone=None, session_string=login, owned=True
        )
        accounts.connect_account(command, tenant=members[place // each].tenant(), cipher=cipher)


async def _until(count: int, pts: int, tasks: list[Process]) -> None:
    async with asyncio.timeout(_PATIENCE_S):
        while sum([await task.ask(do="standing_at", pts=pts) for task in tasks]) < count:  # noqa: ASYNC110
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    report(measure())
