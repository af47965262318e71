"""Everything this Telegram knows, to one file and back, so that a restart continues where the last run stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dev.telegram.demo.residents import Diary
from dev.telegram.emulator import Emulator
from dev.telegram.keyring import Keyring
from dev.telegram.world.world import World
from dev.whole_file import write_whole

_VERSION = 2


class SnapshotUnreadable(ValueError):
    """The file is not a snapshot of this version; nothing was restored."""


@dataclass(slots=True, kw_only=True)
class Snapshot:
    """One moment. Holds keys that are logins to the emulated accounts, so the file is for its owner only."""

    version: int = _VERSION
    salt: int
    world: World
    keyring: Keyring
    uploads: dict[int, dict[int, bytes]] = field(default_factory=dict)
    diary: Diary = field(default_factory=Diary)


def taken(emulator: Emulator, diary: Diary) -> Snapshot:
    """This moment of a running emulator, by reference: write it before anything else happens."""
    return Snapshot(
        salt=emulator.salt,
        world=emulator.world,
        keyring=emulator.keyring,
        uploads=emulator.uploads,
        diary=diary,
    )


def revived(snapshot: Snapshot, dcs: Sequence[int], ports: dict[int, int]) -> Emulator:
    """An emulator that goes on from that moment: clients connect with the keys they had."""
    emulator = Emulator(dcs, ports=ports, world=snapshot.world, keyring=snapshot.keyring, salt=snapshot.salt)
    emulator.uploads = snapshot.uploads
    return emulator


def write(snapshot: Snapshot, path: Path) -> int:
    """Write the file as a whole or not at all, also when the machine stops half-way. Answers its size in bytes."""
    return write_whole(path, msgspec.msgpack.encode(snapshot))


def read(path: Path) -> Snapshot:
    """The moment in that file. Raises SnapshotUnreadable, or FileNotFoundError."""
    try:
        snapshot = msgspec.msgpack.decode(path.read_bytes(), type=Snapshot)
    except msgspec.DecodeError as unreadable:
        raise SnapshotUnreadable(f"{path}: {unreadable}") from unreadable
    if snapshot.version != _VERSION:
        raise SnapshotUnreadable(f"{path}: version {snapshot.version}, this is {_VERSION}")
    return snapshot
