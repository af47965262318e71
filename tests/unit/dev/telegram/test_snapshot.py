"""Snapshots: a whole world to a file and back, or not at all."""

import random
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from dev.telegram import Emulator, snapshot
from dev.telegram.demo import Diary, furnish
from dev.telegram.demo.residents import Intent
from dev.telegram.keyring import LoginCode

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


def a_lived_in_emulator() -> Emulator:
    emulator = Emulator((2, 4), rng=random.Random(1), clock=lambda: AT)
    furnish(emulator.world, AT)
    sent = LoginCode(code="12345", hash="h", sent_at=AT, expires_at=AT + timedelta(minutes=5))
    emulator.keyring.add_code("12025550101", sent)
    emulator.session(emulator.world.by_phone("12025550102"))
    return emulator


def test_everything_comes_back_as_it_was(tmp_path: Path) -> None:
    emulator = a_lived_in_emulator()
    diary = Diary(acted=4, next_post_at=AT)
    diary.intents.append(Intent(due_at=AT, sender_id=1004, to=emulator.world.users[1001].peer, text="…", answers=True))
    taken = snapshot.taken(emulator, diary)
    assert snapshot.write(taken, tmp_path / "state") == (tmp_path / "state").stat().st_size
    assert asdict(snapshot.read(tmp_path / "state")) == asdict(taken)


def test_only_its_owner_may_read_the_file(tmp_path: Path) -> None:
    snapshot.write(snapshot.taken(Emulator(), Diary()), tmp_path / "state")
    assert (tmp_path / "state").stat().st_mode & 0o077 == 0


def test_a_failed_write_leaves_the_last_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot.write(snapshot.taken(Emulator(salt=7), Diary()), tmp_path / "state")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        snapshot.write(snapshot.taken(Emulator(salt=8), Diary()), tmp_path / "state")
    assert snapshot.read(tmp_path / "state").salt == 7
    assert [file.name for file in tmp_path.iterdir()] == ["state"]


@pytest.mark.parametrize("content", [b"", b"{}", msgspec.msgpack.encode({"salt": 1}), b"\xff" * 40])
def test_what_is_no_snapshot_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "state").write_bytes(content)
    with pytest.raises(snapshot.SnapshotUnreadable):
        snapshot.read(tmp_path / "state")


def test_a_snapshot_of_another_version_is_refused(tmp_path: Path) -> None:
    taken = snapshot.taken(Emulator(), Diary())
    taken.version += 1
    snapshot.write(taken, tmp_path / "state")
    with pytest.raises(snapshot.SnapshotUnreadable, match="version"):
        snapshot.read(tmp_path / "state")
