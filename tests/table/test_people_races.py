"""People who do things at the same moment: one wins, the other is told, nothing is half done."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import SignUp, UsernameTaken
from chalicelib.features.identity.repository import Users
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.workspaces import use_cases as workspaces
from chalicelib.features.workspaces.model import AlreadyMember, CreateInvite, InviteUsed, Person
from chalicelib.features.workspaces.repository import workspaces_of
from chalicelib.kernel import ids
from chalicelib.kernel.actors import Actor, ActorKind
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.ids import UserId
from chalicelib.kernel.permissions import Grants, PermissionMissing
from chalicelib.kernel.roles import Role
from chalicelib.table import keys, people_keys, proof
from chalicelib.table.journal import JournalRow
from chalicelib.table.proof import Caller, SessionRow
from chalicelib.table.tenant import Installation, Member, Tenant, for_job
from tests.api_client import ApiClient
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People

HERE = Caller(address="192.0.2.9", device="Test Browser")


def at_once(acts: Sequence[Callable[[], object]]) -> list[object]:
    """What each act gives or raises, all of them started together."""

    def outcome(act: Callable[[], object]) -> object:
        try:
            return act()
        except Fact as refusal:
            return type(refusal)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(outcome, acts))


def somebody(name: str = "Anna") -> Person:
    """A person outside every workspace."""
    user_id = UserId(ids.mint())
    return Person(user_id=user_id, full_name=name, username=name.lower(), email="a@example.com", is_email_verified=True)


def accept(link: str, person: Person, installation: Installation) -> Callable[[], object]:
    """The act of following an invitation's link."""
    token = link.rpartition("#")[2]
    actor = Actor(kind=ActorKind.USER, id=person.user_id, name=person.full_name)
    return lambda: workspaces.accept_invite(token, person=person, actor=actor, installation=installation)


def a_link(tenant: Tenant) -> str:
    """An open invitation."""
    return workspaces.create_invite(CreateInvite(role=Role.MEMBER), tenant=tenant, mail=Mail()).link


def sign_up(installation: Installation, *, email: str, username: str) -> Callable[[], object]:
    """The act of signing up."""
    wish = SignUp(
        email=email,
        full_name="Anna",
        username=username,
        password=PASSWORD,
        accepts_terms=True,
        is_16_or_older=True,
    )
    visit, limits = Visit(caller=HERE), Limits(installation)
    return lambda: identity.sign_up(wish, visit=visit, installation=installation, limits=limits, mail=Mail()).email


def events(tenant: Tenant) -> list[str]:
    """The kinds of the journal's entries, oldest first."""
    rows = tenant.rows(keys.journal_partition(tenant.now())).query(JournalRow, "0")
    return [row.event for row in rows]


def test_one_invitation_lets_one_of_two_in(tenant: Tenant, installation: Installation) -> None:
    link = a_link(tenant)
    people = [somebody("Anna"), somebody("Boris"), somebody("Clara")]
    outcomes = at_once([accept(link, person, installation) for person in people])
    assert outcomes.count(InviteUsed) == 2
    assert len(workspaces.list_members(tenant=tenant)) == 2
    assert sum(bool(workspaces_of(installation, person.user_id)) for person in people) == 1
    assert events(tenant).count("member.joined") == 1


def test_one_person_with_two_links_joins_once(tenant: Tenant, installation: Installation) -> None:
    anna = somebody()
    outcomes = at_once([accept(a_link(tenant), anna, installation) for _ in range(2)])
    assert outcomes.count(AlreadyMember) == 1
    assert [member.full_name for member in workspaces.list_members(tenant=tenant)] == ["Olga Ownerova", "Anna"]


def test_two_who_sign_up_with_one_address_make_one_account(installation: Installation, mailbox: Mailbox) -> None:
    email, name = f"{ids.mint().lower()}@example.com", f"u_{ids.mint()[10:].lower()}"
    outcomes = at_once([sign_up(installation, email=email, username=f"{name}{n}") for n in range(3)])
    assert outcomes == [email] * 3
    user = Users(installation).by_email(email)
    assert user is not None
    assert len(workspaces_of(installation, user.id)) == 1
    assert len(mailbox.of(email)) == 3


@pytest.mark.parametrize("spelled", [("look_out", "look_out", "look_out"), ("tim_look", "t1m_l00k", "tlrn_look")])
def test_two_who_want_one_username_or_look_alikes_make_one_account(
    installation: Installation, spelled: Sequence[str]
) -> None:
    name = ids.mint()[10:].lower()
    emails = [f"{name}{n}@example.com" for n in range(3)]
    wanted = zip(emails, spelled, strict=True)
    outcomes = at_once([sign_up(installation, email=email, username=f"{like}_{name}") for email, like in wanted])
    assert outcomes.count(UsernameTaken) == 2
    assert sum(Users(installation).by_email(email) is not None for email in emails) == 1


def test_the_journal_tells_a_workspace_s_story(tenant: Tenant, installation: Installation, clock: HandClock) -> None:
    def later() -> Tenant:
        clock.advance(timedelta(milliseconds=1))
        return tenant

    link = a_link(later())
    later()
    accept(link, somebody(), installation)()
    other = workspaces.create_invite(CreateInvite(role=Role.ADMIN), tenant=later(), mail=Mail())
    workspaces.revoke_invite(other.invite.id, tenant=later())
    workspaces.rename_workspace("Nord", tenant=later())
    assert events(tenant) == [
        "workspace.created",
        "invite.created",
        "member.joined",
        "invite.created",
        "invite.revoked",
        "workspace.renamed",
    ]


def test_no_token_stands_in_the_table(tenant: Tenant, installation: Installation) -> None:
    token = a_link(tenant).rpartition("#")[2]
    kept = [*tenant.rows(keys.WORKSPACE).plain("I"), *tenant.rows(keys.journal_partition(tenant.now())).plain("0")]
    assert token not in str(kept)


@pytest.mark.parametrize("least", ["rename", "invite", "list", "revoke"])
def test_the_use_case_checks_the_role_again(tenant: Tenant, least: str) -> None:
    member = Member(user_id=UserId(ids.mint()), grants=Grants(role=Role.MEMBER, toggles={}), version=1)
    acts: dict[str, Callable[[Tenant], object]] = {
        "rename": lambda handle: workspaces.rename_workspace("x", tenant=handle),
        "invite": lambda handle: workspaces.create_invite(CreateInvite(role=Role.MEMBER), tenant=handle, mail=Mail()),
        "list": lambda handle: workspaces.list_invites(tenant=handle),
        "revoke": lambda handle: workspaces.revoke_invite("x", tenant=handle),
    }
    for handle in (
        Tenant(tenant.workspace_id, tenant.actor, member, tenant.now),
        for_job(tenant.workspace_id, tenant.actor, now=tenant.now),
    ):
        with pytest.raises(PermissionMissing):
            acts[least](handle)


def test_the_name_it_has_already_changes_nothing(tenant: Tenant) -> None:
    workspaces.rename_workspace(" Acme ", tenant=tenant)
    assert events(tenant) == ["workspace.created"]


def test_use_of_a_session_is_written_every_ten_minutes(
    api: ApiClient, people: People, installation: Installation, clock: HandClock
) -> None:
    anna = people.new()
    rows = installation.rows(people_keys.user(anna.user_id))

    def seen_at() -> object:
        api.get("/me", anna.browser)
        return rows.query(SessionRow, people_keys.SESSIONS)[0].seen_at

    began = clock()
    clock.advance(timedelta(minutes=9, seconds=59))
    assert seen_at() == began
    clock.advance(timedelta(seconds=1))
    assert seen_at() == clock()


def test_noting_the_use_of_a_session_does_not_bring_it_back(
    api: ApiClient, people: People, installation: Installation, clock: HandClock
) -> None:
    anna = people.new()
    session = proof.prove_session(anna.browser.token or "", now=clock)
    api.post("/sign-out", None, anna.browser)
    clock.advance(timedelta(minutes=11))
    proof.note_use(replace(session), now=clock)
    assert installation.rows(people_keys.user(anna.user_id)).query(SessionRow, people_keys.SESSIONS) == []


def test_neither_password_nor_session_token_stands_in_the_table(people: People, installation: Installation) -> None:
    anna = people.new()
    kept = str(installation.rows(people_keys.user(anna.user_id)).plain(people_keys.USER_PROFILE))
    kept += str(installation.rows(people_keys.user(anna.user_id)).plain(people_keys.SESSIONS))
    secret = (anna.browser.token or "").partition(".")[2]
    assert PASSWORD not in kept
    assert secret not in kept
    assert "$argon2id$" in kept
