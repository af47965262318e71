"""A proxy of one's own for one's own connection: who may, what is kept, what is shown, what can't be one."""

from typing import Any

import pytest

from chalicelib.features.accounts import use_cases as accounts
from chalicelib.features.accounts.model import Connection, ConnectionTaken, Proxy
from chalicelib.features.accounts.repository import Connections
from chalicelib.features.privacy.model import OwnConnection
from chalicelib.features.privacy.repository.people import drop_connection
from chalicelib.table import keys
from chalicelib.table.cipher import Cipher
from chalicelib.table.items import Row
from chalicelib.table.tenant import Tenant
from tests.edge.test_accounts import Team, connect
from tests.local_aws import LocalAws
from tests.scene import Person

GIVEN = Proxy(host="planted-host.example", port=1080, username="planted-user", password="planted-password")
PROXY = {"host": GIVEN.host, "port": GIVEN.port, "username": GIVEN.username, "password": GIVEN.password}

MT = {"host": GIVEN.host, "port": 443, "username": None, "password": None}
NO_SECRETS = [
    *("x", "00" * 15, "00" * 17, "dd" + "00" * 17, "ab" + "00" * 16, "zz" * 16, "ü" * 32),
    "ee" + "00" * 16,
    "ee" + "00" * 16 + b"no site".hex(),
    "ee" + "00" * 16 + (b"a" * 63 + b".").hex() * 3,
    "ee" + "00" * 16 + "ff" * 4,
]


@pytest.fixture
def team(local_aws: LocalAws) -> Team:
    return Team()


def path(team: Team) -> str:
    return f"/accounts/{team.account_id}/connection/proxy"


def connection_of(team: Team, person: Person) -> Connection:
    found = Connections(handle(team, person), team.account_id).get(person.user_id)
    assert found is not None
    return found


def handle(team: Team, person: Person) -> Tenant:
    return person.handle(team.workspace_id)


def kept(team: Team) -> dict[str, Any]:
    """Every row of the account, by its sort key."""
    rows = handle(team, team.ada).rows(keys.account_partition(team.account_id))
    return {row["sk"]["S"]: row for row in rows.stretch("!", "~", limit=1000)[0]}


def proxy_in_custody(team: Team) -> Proxy | None:
    connection = connection_of(team, team.ada)
    return accounts.load_custody(connection, tenant=handle(team, team.ada), cipher=Cipher()).proxy


def events(team: Team) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = team.asks(team.max, "GET", "/activity").body["entries"]
    return [entry for entry in entries if entry["kind"].startswith("connection.proxy")]


def test_a_member_gives_their_own_connection_a_proxy_and_only_they_see_that_there_is_one(team: Team) -> None:
    connect(team.max, team.workspace_id)
    answer = team.asks(team.ada, "PUT", path(team), PROXY)
    assert answer.status == 200

    [account] = team.asks(team.ada, "GET", "/accounts").body["accounts"]
    assert {one["full_name"]: one["proxied"] for one in account["connections"]} == {"Ada": True, "Max": None}
    [account] = team.asks(team.max, "GET", "/accounts").body["accounts"]
    assert {one["full_name"]: one["proxied"] for one in account["connections"]} == {"Ada": None, "Max": False}
    assert proxy_in_custody(team) == GIVEN


def test_nothing_of_a_proxy_is_told_again_logged_or_readable_in_the_table(
    team: Team, capsys: pytest.CaptureFixture[str]
) -> None:
    given = team.asks(team.ada, "PUT", path(team), PROXY).body
    shown = [given, team.asks(team.ada, "GET", "/accounts").body, team.asks(team.max, "GET", "/activity").body]
    [entry] = events(team)

    output = capsys.readouterr()
    everywhere = str([shown, kept(team), repr(GIVEN), output.out, output.err])
    assert not [planted for planted in ("planted-host", "planted-user", "planted-password") if planted in everywhere]
    assert (entry["old"], entry["new"]) == (None, None)


def test_a_proxy_is_removed_and_then_there_is_nothing_to_remove(team: Team) -> None:
    team.asks(team.ada, "PUT", path(team), PROXY)
    for _ in range(2):
        assert team.asks(team.ada, "DELETE", path(team)).status == 200

    assert proxy_in_custody(team) is None
    assert not [sk for sk in kept(team) if sk.startswith("PROXY#")]
    assert [entry["kind"] for entry in events(team)] == ["connection.proxy_removed", "connection.proxy_changed"]


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_who_has_no_connection_to_the_account_has_no_proxy_to_give_it(method: str, team: Team) -> None:
    answer = team.asks(team.max, method, path(team), PROXY if method == "PUT" else None)
    assert (answer.status, answer.body["code"]) == (404, "connection-not-found")
    assert not connection_of(team, team.ada).is_proxied


def test_a_connection_that_was_ended_takes_no_proxy(team: Team) -> None:
    team.asks(team.ada, "DELETE", f"/accounts/{team.account_id}/connection")
    assert team.asks(team.ada, "PUT", path(team), PROXY).body["code"] == "connection-not-found"


@pytest.mark.parametrize(
    ("different", "field"),
    [
        ({"host": "no host"}, "host"),
        ({"host": "::1"}, "host"),
        ({"host": "http://proxy.example"}, "host"),
        ({"host": "-proxy.example"}, "host"),
        ({"host": f"{'a' * 64}.example"}, "host"),
        ({"port": 0}, "port"),
        ({"port": 65536}, "port"),
        ({"username": None}, "username"),
        ({"password": None}, "password"),
        ({"username": ""}, "username"),
        ({"password": "x" * 256}, "password"),
        ({"password": "pässword"}, "password"),
        ({"secret": "dd" + "00" * 16}, "username"),
        *((MT | {"secret": text}, "secret") for text in NO_SECRETS),
    ],
)
def test_what_can_be_no_proxy_is_refused_at_its_field(different: dict[str, Any], field: str, team: Team) -> None:
    answer = team.asks(team.ada, "PUT", path(team), PROXY | different)
    assert answer.status == 422
    assert [blame["pointer"] for blame in answer.body["errors"]] == [f"/{field}"]
    assert not connection_of(team, team.ada).is_proxied


@pytest.mark.parametrize(
    "secret",
    [
        "00" * 16,
        "DD" + "0f" * 16,
        "ee" + "00" * 16 + b"www.example.com".hex(),
        "7gAAAAAAAAAAAAAAAAAAAAB3d3cuZXhhbXBsZS5jb20",
    ],
)
def test_an_mtproxy_s_secret_is_taken_in_every_form_it_is_passed_on_in(secret: str, team: Team) -> None:
    assert team.asks(team.ada, "PUT", path(team), MT | {"secret": secret}).status == 200
    assert proxy_in_custody(team) == Proxy(host="planted-host.example", port=443, secret=secret)
    assert secret not in str([kept(team), team.asks(team.max, "GET", "/activity").body])


def test_connecting_anew_keeps_the_proxy_and_ending_forgets_it(team: Team) -> None:
    team.asks(team.ada, "PUT", path(team), PROXY)
    connect(team.ada, team.workspace_id)
    assert proxy_in_custody(team) == GIVEN

    tenant = handle(team, team.ada)
    accounts.request_disconnect(team.account_id, tenant=tenant)
    accounts.finish_disconnect(connection_of(team, team.ada), tenant=tenant)
    assert not [sk for sk in kept(team) if sk.startswith("PROXY#")]
    connect(team.ada, team.workspace_id)
    assert proxy_in_custody(team) is None


def test_a_proxy_goes_with_the_connection_of_who_is_erased(team: Team) -> None:
    team.asks(team.ada, "PUT", path(team), PROXY)
    connection = connection_of(team, team.ada)
    own = OwnConnection(
        workspace_id=team.workspace_id,
        account_id=team.account_id,
        connection_id=connection.id,
        shard=connection.shard,
    )
    drop_connection(own, team.ada.user_id, handle(team, team.ada))
    assert not [sk for sk in kept(team) if connection.id in sk]


def test_a_login_is_not_opened_without_the_proxy_its_connection_says_it_has(team: Team) -> None:
    before = connection_of(team, team.ada)
    team.asks(team.ada, "PUT", path(team), PROXY)
    tenant = handle(team, team.ada)
    rows = tenant.rows(keys.account_partition(team.account_id))
    rows.delete(rows.new(Row, keys.sealed_proxy(before.id)))
    with pytest.raises(ConnectionTaken):
        accounts.load_custody(before, tenant=tenant, cipher=Cipher())
