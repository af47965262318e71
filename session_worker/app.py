"""Composition root of the session worker: what is made, in which order it begins, in which it ends."""

import asyncio
import signal
from typing import Final

from chalicelib import due_work, settings
from chalicelib.adapters.limits import Limits
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.logs import log
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Installation
from session_worker import last_words, shutdown
from session_worker.connections.directory import Directory
from session_worker.connections.supervisor import Connections
from session_worker.door import Door
from session_worker.due import DueTicks
from session_worker.gateway.admission import Admission
from session_worker.gateway.desks.reach import Rooms
from session_worker.gateway.server import Gateway
from session_worker.hub import Hub
from session_worker.messaging.following import Following
from session_worker.messaging.founding import Founder
from session_worker.messaging.groups import GroupPace
from session_worker.messaging.media import MediaDesk
from session_worker.messaging.outbound import Outbound
from session_worker.messaging.people import People
from session_worker.messaging.pictures import Pictures
from session_worker.messaging.uploads import Uploads
from session_worker.metrics import Reporter
from session_worker.relay import Relay
from session_worker.settings import WorkerSettings

_QUEUE_READ_S: Final = 10
_FILE_THREADS: Final = 6
_FILE_S: Final = 60


class Worker:
    """One task of the session worker."""

    def __init__(self, here: WorkerSettings) -> None:
        self._here = here
        installation = Installation(utc_now)
        cipher, hub = Cipher(), Hub()
        self._door = Door(here.threads, here.intervals.table_timeout_s)
        self._queue_door = Door(1, _QUEUE_READ_S, timed=False)
        self.connections = Connections(here, door=self._door, hub=hub, cipher=cipher, installation=installation)
        self._relay = Relay(ids.mint(), self._door, hub, self.connections, threads=self._queue_door)
        self._due = DueTicks(here.intervals.due_s, due_work.poller)
        self._letters = DueTicks(here.intervals.due_s, due_work.postman)
        self._outbound = Outbound(self._door)
        people, group_pace = People(), GroupPace()
        self._files_door = Door(_FILE_THREADS, _FILE_S)
        self._media = MediaDesk(self._files_door)
        self._uploads = Uploads(self._files_door)
        self._following = Following(self.connections.find)
        rooms = Rooms(
            door=self._door,
            hub=hub,
            connections=self.connections,
            telegram=self.connections.telegram,
            cipher=cipher,
            limits=Limits(installation, factor=settings.current().limits_factor),
            outbound=self._outbound,
            media=self._media,
            uploads=self._uploads,
            pictures=Pictures(),
            people=people,
            following=self._following,
            group_pace=group_pace,
            founder=Founder(self._door, people, group_pace),
        )
        self.gateway = Gateway(
            Admission(self._door, settings.current().pass_public_key, utc_now),
            rooms,
            Directory(installation, self.connections.leases, self._door, shards=here.shards),
            is_ready=self.connections.leases.is_permitted,
            on_visits=self._relay.look,
            check_s=here.intervals.standing_s,
            place_s=here.intervals.place_s,
        )
        self._metrics = Reporter(
            settings.current().stage, [self.connections.sample, self.gateway.sample, self._following.sample]
        )

    async def start(self) -> int:
        """Begin, connections first, once other tasks can reach them; gives the gateway's port."""
        self._metrics.start()
        self.connections.leases.place = await self.gateway.open_side_door(
            self._here.gateway_host, self._here.side_door_port
        )
        self.connections.start()
        await self._relay.start(self.gateway.check_workspace)
        self._media.start()
        self._uploads.start()
        self._due.start()
        self._letters.start()
        return await self.gateway.start(self._here.gateway_host, self._here.gateway_port)

    async def stop(self) -> None:
        """Accept nobody, finish what Telegram was told of, hand the shards over. Within `shutdown.WITHIN_S`."""
        await shutdown.step(
            shutdown.VISITS_S, due=self._due.stop(), letters=self._letters.stop(), gateway=self.gateway.stop()
        )
        await shutdown.step(
            shutdown.SENDS_S,
            following=self._following.stop(),
            relay=self._relay.stop(),
            sends=self._outbound.close(shutdown.FINISH_SENDS_S),
        )
        await shutdown.step(
            shutdown.SHARDS_S,
            connections=self.connections.stop(),
            media=self._media.stop(),
            uploads=self._uploads.stop(),
        )
        await shutdown.step(shutdown.LAST_WORDS_S, metrics=self._metrics.stop())
        for door in (self._files_door, self._queue_door, self._door):
            door.close(is_patient=False)  # whoever hangs on how a call ends has waited for it


async def run(here: WorkerSettings) -> None:
    """Run one task until SIGTERM or SIGINT."""
    told_to_stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(last_words.of_loop)
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told_to_stop.set)
    worker = Worker(here)
    await worker.start()
    log.info("worker.started", shards=here.shards)
    await told_to_stop.wait()
    log.info("worker.stopping")
    await worker.stop()
    log.info("worker.stopped")
