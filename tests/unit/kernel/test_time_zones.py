"""Wall clocks: which names are time zones, and when a clock that is changed twice a year shows a time."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from chalicelib.kernel import time_zones
from chalicelib.kernel.time_zones import TimeZoneUnknown

BERLIN, NEW_YORK, LORD_HOWE = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")


def wall(text: str) -> datetime:
    """What a wall clock shows."""
    return datetime.fromisoformat(text)


@pytest.mark.parametrize("name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5"])
def test_a_name_of_the_database_is_kept_as_it_is(name: str) -> None:
    assert time_zones.parse(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Berlin",
        "Europe",
        "Europe/",
        "../../etc/passwd",
        "/etc/localtime",
        "Europe/Berlin\n",
        "x" * 65,
        "Мск",
        "\x00",
    ],
)
def test_anything_else_is_no_time_zone(name: str) -> None:
    with pytest.raises(TimeZoneUnknown) as refusal:
        time_zones.parse(name)
    assert [blame.pointer for blame in refusal.value.blames] == ["/time_zone"]


@pytest.mark.parametrize("kept", [None, "", "Gone/Forever"])
def test_who_never_said_lives_in_utc(kept: str | None) -> None:
    assert time_zones.zone_of(kept).key == "UTC"


@pytest.mark.parametrize(
    ("zone", "shown", "moment"),
    [
        (BERLIN, wall("2026-01-15 09:00"), datetime(2026, 1, 15, 8, tzinfo=UTC)),
        (BERLIN, wall("2026-07-15 09:00"), datetime(2026, 7, 15, 7, tzinfo=UTC)),
        # Skipped: clocks go from 02:00 to 03:00, so that 02:30 is half an hour past three.
        (BERLIN, wall("2026-03-29 02:30"), datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        (NEW_YORK, wall("2026-03-08 02:30"), datetime(2026, 3, 8, 7, 30, tzinfo=UTC)),
        # Comes twice: the first is meant.
        (BERLIN, wall("2026-10-25 02:30"), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (NEW_YORK, wall("2026-11-01 01:30"), datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        # Half an hour is skipped on Lord Howe Island.
        (LORD_HOWE, wall("2026-10-04 02:15"), datetime(2026, 10, 3, 15, 45, tzinfo=UTC)),
    ],
)
def test_a_time_is_when_the_wall_clock_shows_it(zone: ZoneInfo, shown: datetime, moment: datetime) -> None:
    """The hour that daylight saving skips or doubles (RFC 5545, 3.3.5)."""
    assert time_zones.moment_of(shown, zone) == moment


def test_a_skipped_time_is_shown_as_the_one_it_became() -> None:
    moment = time_zones.moment_of(wall("2026-03-29 02:30"), BERLIN)
    assert time_zones.wall_of(moment, BERLIN) == wall("2026-03-29 03:30")
