"""Standing of an account over REST: who sees it, and who may let it write first again."""

import asyncio
from datetime import timedelta

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import ConnectionState
from chalicelib.features.accounts.repository import Connections
from chalicelib.features.standing import model
from chalicelib.features.standing import use_cases as standing
from chalicelib.features.standing.model import Standing
from chalicelib.kernel.clock import utc_now
from chalicelib.table import keys
from tests.edge.test_accounts import Team
from tests.local_aws import LocalAws
from tests.scene import a_job

SEND = "messages.SendMessage"


@pytest.fixture
def team(local_aws: LocalAws) -> Team:
    return Team()


def told(team: Team, news: Standing) -> Standing:
    """What the session worker writes."""
    return standing.worsen(team.account_id, news, tenant=a_job(team.workspace_id))


def shown(team: Team) -> dict[str, object]:
    [account] = team.asks(team.ada, "GET", "/accounts").body["accounts"]
    found: dict[str, object] = account["standing"]
    return found


def events(team: Team) -> list[str]:
    rows = team.ada.handle(team.workspace_id).rows(keys.journal_partition(utc_now()))
    return [entry["event"] for entry in rows.page("0", limit=50, cursor=None).items]


def test_an_account_of_which_telegram_said_nothing_is_healthy(team: Team) -> None:
    assert shown(team) == {
        "state": "healthy",
        "sending_until": None,
        "slow_until": None,
        "limited_at": None,
        "broadcasts_an_hour": 0,
    }


def test_a_wait_is_shown_with_its_end_and_the_slower_pace(team: Team) -> None:
    told(team, model.asked_to_wait(SEND, 600, utc_now()))
    seen = shown(team)
    assert (seen["state"], seen["limited_at"]) == ("throttled", None)
    assert str(seen["sending_until"]) < str(seen["slow_until"])


def test_a_limit_is_ended_by_hand_and_both_stand_in_the_log(team: Team) -> None:
    told(team, model.peer_flood(utc_now()))
    told(team, model.peer_flood(utc_now()))
    assert shown(team)["state"] == "limited"
    answer = team.asks(team.ada, "POST", f"/accounts/{team.account_id}/resume")
    assert (answer.status, answer.body["standing"]["state"]) == (200, "healthy")
    assert team.asks(team.ada, "POST", f"/accounts/{team.account_id}/resume").status == 200
    assert [one for one in events(team) if one.startswith("account.")] == ["account.limited", "account.resumed"]


def test_resuming_ends_no_wait_that_telegram_gave_an_end(team: Team) -> None:
    told(team, model.asked_to_wait(SEND, 600, utc_now()))
    told(team, model.peer_flood(utc_now()))
    answer = team.asks(team.ada, "POST", f"/accounts/{team.account_id}/resume")
    assert answer.body["standing"]["state"] == "throttled"


def test_who_is_not_connected_may_not_resume(team: Team) -> None:
    told(team, model.peer_flood(utc_now()))
    answer = team.asks(team.max, "POST", f"/accounts/{team.account_id}/resume")
    assert (answer.status, answer.code) == (404, "connection-not-found")
    assert shown(team)["state"] == "limited"


def test_an_ended_session_is_its_members_and_a_closed_account_everybodys(team: Team) -> None:
    job = a_job(team.workspace_id)
    connection = Connections(job, team.account_id).get(team.ada.user_id)
    assert connection is not None
    lost = accounts.set_state(connection, ConnectionState.NEEDS_LOGIN, "revoked", tenant=job, epoch=1)
    assert shown(team)["state"] == "session_ended"
    [account] = team.asks(team.max, "GET", "/accounts").body["accounts"]
    assert account["standing"]["state"] == "healthy"
    accounts.set_state(lost, ConnectionState.CLOSED, "banned", tenant=job, epoch=1)
    [account] = team.asks(team.max, "GET", "/accounts").body["accounts"]
    assert account["standing"]["state"] == "closed"


async def test_news_that_come_at_once_are_all_kept(team: Team) -> None:
    at = utc_now()
    told_at_once = [model.asked_to_wait(f"messages.Method{number}", 600, at) for number in range(4)]
    await asyncio.gather(*(asyncio.to_thread(told, team, one) for one in told_at_once))
    kept = standing.standing_of(team.account_id, tenant=a_job(team.workspace_id))
    assert len(kept.waits) == 4
    assert kept.version == 4


def test_what_is_known_already_is_not_written_again(team: Team) -> None:
    until = model.asked_to_wait(SEND, 600, utc_now().replace(microsecond=0))
    first = told(team, until)
    assert told(team, until) == first
    assert told(team, model.first_connected(utc_now())).version == 2
    assert told(team, model.first_connected(utc_now() + timedelta(days=1))).version == 2
