"""Routes of accounts: who sees what of them, labels, ending one's own connection, refusals."""

from datetime import timedelta

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import (
    ConnectAccount,
    ConnectionState,
    ConnectionTaken,
    OwnershipNotConfirmed,
    SessionNotKept,
)
from chalicelib.features.accounts.repository import Connections
from chalicelib.features.accounts.use_cases import LOGGING_OUT
from chalicelib.kernel import ids
from chalicelib.kernel.clock import utc_now
from chalicelib.kernel.ids import AccountId, WorkspaceId
from chalicelib.kernel.roles import Role
from chalicelib.table import keys
from chalicelib.table.cipher import Cipher
from chalicelib.table.tenant import Installation
from tests.api_client import Answer
from tests.local_aws import LocalAws
from tests.scene import Desk, Person, a_person, a_workspace

LOGIN = "1PlantedSessionString"


def connect(person: Person, workspace_id: WorkspaceId, *, owned: bool = True) -> AccountId:
    """Take a login of Ada's Telegram account into this person's custody."""
    command = ConnectAccount(
        telegram_user_id=4711,
        name="Ada Byron",
        username="ada",
        phone="15550001",
        session_string=LOGIN,
        owned=owned,
    )
    return accounts.connect_account(command, tenant=person.handle(workspace_id), cipher=Cipher()).account_id


class Team:
    """A workspace whose Ada has connected an account and whose Max, its Owner, has not."""

    def __init__(self) -> None:
        self.ada, self.max = a_person("Ada"), a_person("Max")
        self.workspace_id = a_workspace((self.ada, Role.MEMBER), (self.max, Role.OWNER))
        self.account_id = connect(self.ada, self.workspace_id)

    def asks(self, person: Person, method: str, path: str, body: object = None) -> Answer:
        """A request below the workspace as this person."""
        return Desk(person=person, workspace_id=self.workspace_id).send(method, path, body)


@pytest.fixture
def team(local_aws: LocalAws) -> Team:
    return Team()


def test_the_connected_member_sees_phone_and_username(team: Team) -> None:
    [account] = team.asks(team.ada, "GET", "/accounts").body["accounts"]
    [connection] = account.pop("connections")
    assert account.pop("standing")["state"] == "healthy"
    assert account.pop("unknown_sessions") == 0
    assert account == {
        "id": team.account_id,
        "label": "Ada Byron",
        "name": "Ada Byron",
        "mine": True,
        "phone": "15550001",
        "username": "ada",
        "left_out": [],
    }
    assert connection.pop("since").endswith("Z")
    assert connection == {
        "user_id": team.ada.user_id,
        "full_name": "Ada",
        "state": "connecting",
        "reason": None,
        "mine": True,
        "proxied": False,
    }


def test_others_see_that_it_is_connected_and_nothing_private(team: Team) -> None:
    [account] = team.asks(team.max, "GET", "/accounts").body["accounts"]
    assert (account["mine"], account["phone"], account["username"]) == (False, None, None)
    assert [(one["full_name"], one["mine"]) for one in account["connections"]] == [("Ada", False)]


def test_two_members_on_one_account_each_have_a_connection(team: Team) -> None:
    assert connect(team.max, team.workspace_id) == team.account_id
    [account] = team.asks(team.max, "GET", "/accounts").body["accounts"]
    assert account["mine"]
    assert {one["full_name"]: one["mine"] for one in account["connections"]} == {"Ada": False, "Max": True}


def test_connecting_again_keeps_the_connection_and_replaces_the_login(team: Team) -> None:
    tenant = team.ada.handle(team.workspace_id)
    first = Connections(tenant, team.account_id).get(team.ada.user_id)
    connect(team.ada, team.workspace_id)
    second = Connections(tenant, team.account_id).get(team.ada.user_id)
    assert first is not None
    assert second is not None
    assert (second.id, second.revision) == (first.id, first.revision + 1)
    assert accounts.load_custody(second, tenant=tenant, cipher=Cipher()).session_string == LOGIN


def test_the_keeper_of_a_login_that_was_replaced_writes_nothing_over_its_heir(team: Team) -> None:
    tenant = team.ada.handle(team.workspace_id)
    first = Connections(tenant, team.account_id).get(team.ada.user_id)
    assert first is not None
    connect(team.ada, team.workspace_id)
    with pytest.raises(ConnectionTaken):
        accounts.keep_session(first, "1Old", tenant=tenant, cipher=Cipher(), epoch=first.epoch)
    with pytest.raises(ConnectionTaken):
        accounts.keep_update_state(first, b"old", tenant=tenant, cipher=Cipher(), epoch=first.epoch)
    second = Connections(tenant, team.account_id).get(team.ada.user_id)
    assert second is not None
    assert accounts.load_custody(second, tenant=tenant, cipher=Cipher()).session_string == LOGIN


def test_an_account_nobody_confirmed_as_theirs_is_not_taken(team: Team) -> None:
    with pytest.raises(OwnershipNotConfirmed):
        connect(team.max, team.workspace_id, owned=False)
    [account] = team.asks(team.max, "GET", "/accounts").body["accounts"]
    assert len(account["connections"]) == 1


def test_a_label_is_changed_and_stands_in_the_journal(team: Team) -> None:
    answer = team.asks(team.max, "PATCH", f"/accounts/{team.account_id}", {"label": "  Sales  "})
    assert (answer.status, answer.body["label"], answer.body["name"]) == (200, "Sales", "Ada Byron")
    entries = team.ada.handle(team.workspace_id).rows(keys.journal_partition(utc_now())).page("0", limit=9, cursor=None)
    assert entries.items[-1]["event"] == "account.labelled"


@pytest.mark.parametrize("label", ["", "   ", "x" * 65, "two\nlines", "\u202edrow", 7, None])
def test_a_label_that_is_none_is_refused(team: Team, label: object) -> None:
    answer = team.asks(team.ada, "PATCH", f"/accounts/{team.account_id}", {"label": label})
    assert answer.status == 422
    assert answer.pointers == ["/label"]


def test_ending_a_connection_closes_it_at_once_and_leaves_the_log_out_to_the_worker(team: Team) -> None:
    answer = team.asks(team.ada, "DELETE", f"/accounts/{team.account_id}/connection")
    assert answer.status == 202
    [connection] = answer.body["connections"]
    assert (connection["state"], connection["reason"]) == ("disconnected", LOGGING_OUT)
    assert not answer.body["mine"]
    tenant = team.ada.handle(team.workspace_id)
    assert not accounts.is_connected(tenant, team.account_id)
    assert accounts.connected_accounts(tenant) == []
    stored = Connections(tenant, team.account_id).get(team.ada.user_id)
    assert stored is not None
    assert accounts.load_custody(stored, tenant=tenant, cipher=Cipher()).session_string == LOGIN
    [member] = [one for one in accounts.shard_members(stored.shard, Installation()) if one.connection_id == stored.id]
    assert member.wish == "disconnect"


def test_ending_it_twice_is_as_good_as_once(team: Team) -> None:
    first = team.asks(team.ada, "DELETE", f"/accounts/{team.account_id}/connection")
    second = team.asks(team.ada, "DELETE", f"/accounts/{team.account_id}/connection")
    assert (second.status, second.body) == (202, first.body)


def test_the_worker_finishes_and_nothing_sealed_is_left(team: Team) -> None:
    team.asks(team.ada, "DELETE", f"/accounts/{team.account_id}/connection")
    tenant = team.ada.handle(team.workspace_id)
    stored = Connections(tenant, team.account_id).get(team.ada.user_id)
    assert stored is not None
    accounts.finish_disconnect(stored, tenant=tenant)
    with pytest.raises(SessionNotKept):
        accounts.load_custody(stored, tenant=tenant, cipher=Cipher())
    assert stored.id not in [one.connection_id for one in accounts.shard_members(stored.shard, Installation())]


def test_only_ones_own_connection_can_be_ended(team: Team) -> None:
    answer = team.asks(team.max, "DELETE", f"/accounts/{team.account_id}/connection")
    assert (answer.status, answer.code) == (404, "connection-not-found")
    assert accounts.is_connected(team.ada.handle(team.workspace_id), team.account_id)


@pytest.mark.parametrize("account_id", ["nonsense", ids.mint()])
@pytest.mark.parametrize(("method", "path", "body"), [("PATCH", "", {"label": "x"}), ("DELETE", "/connection", None)])
def test_an_account_that_is_not_there_is_missing(
    team: Team, account_id: str, method: str, path: str, body: object
) -> None:
    answer = team.asks(team.ada, method, f"/accounts/{account_id}{path}", body)
    assert (answer.status, answer.code) == (404, "account-not-found")


def test_a_state_the_worker_wrote_is_seen(team: Team) -> None:
    tenant = team.ada.handle(team.workspace_id, lambda: utc_now() + timedelta(seconds=1))
    stored = Connections(tenant, team.account_id).get(team.ada.user_id)
    assert stored is not None
    accounts.set_state(stored, ConnectionState.NEEDS_LOGIN, "revoked", tenant=tenant, epoch=1, forget_session=True)
    [account] = team.asks(team.max, "GET", "/accounts").body["accounts"]
    [connection] = account["connections"]
    assert (connection["state"], connection["reason"]) == ("needs_login", "revoked")
    with pytest.raises(SessionNotKept):
        accounts.load_custody(stored, tenant=tenant, cipher=Cipher())
