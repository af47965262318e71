"""The operator's command that has everybody written to about changed legal documents."""

import pytest

from chalicelib.features.legal import use_cases as legal
from chalicelib.features.staff.use_cases import announcing
from chalicelib.kernel import ids
from chalicelib.table import keys, people_keys
from chalicelib.table.keys import InstallationKey
from chalicelib.table.tenant import Installation
from infra import announce_legal
from tests.local_aws import LocalAws


@pytest.fixture(autouse=True)
def _own_installation(local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that has no people and announced nothing."""
    part = ids.mint()
    monkeypatch.setattr(keys, "LEGAL", InstallationKey(f"LEGAL#{part}"))
    monkeypatch.setattr(people_keys, "users", lambda shard: InstallationKey(f"USERS#{part}#{shard}"))


def write_to_everybody() -> None:
    """Do what an announcement that is under way has due."""
    begun = announcing.announce(installation=Installation())
    while announcing.write_to_people(begun.id, installation=Installation()) is not None:
        continue


def test_it_begins_and_says_how_far_that_is(capsys: pytest.CaptureFixture[str]) -> None:
    announce_legal.main([])
    first = capsys.readouterr().out
    assert first.startswith("Terms of use (2026-11-21), Privacy notice (2026-11-21), ")
    assert "under way, part 1 of 8; 0 letters so far" in first
    write_to_everybody()
    announce_legal.main([])
    assert "ended at " in capsys.readouterr().out


def test_where_nothing_changed_it_says_so_and_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    announce_legal.main([])
    write_to_everybody()
    fewer = legal.current()
    monkeypatch.setattr(legal, "current", lambda: type(fewer)(documents=fewer.documents[:-1]))
    with pytest.raises(SystemExit) as ended:
        announce_legal.main([])
    assert ended.value.code == "No document changed since the last announcement."


def test_it_takes_the_settings_of_the_deployed_api(
    local_aws: LocalAws, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def deployed(function: str) -> dict[str, str]:
        asked.append(function)
        return {"WIREROOM_STAGE": "elsewhere"}

    monkeypatch.setattr(announce_legal, "environment_of", deployed)
    monkeypatch.setenv("WIREROOM_STAGE", local_aws.environment["WIREROOM_STAGE"])
    announce_legal.main(["--function", "wireroom-api"])
    assert asked == ["wireroom-api"]
    assert "under way" in capsys.readouterr().out
