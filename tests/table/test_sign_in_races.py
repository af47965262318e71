"""Ways in, used or changed at the same moment or cut short: one wins, the other is told, nothing is half done."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pyotp
import pytest

from chalicelib.adapters.limits import Limits
from chalicelib.adapters.mail import Mail
from chalicelib.features.identity import use_cases as identity
from chalicelib.features.identity.model import (
    ChangeEmail,
    ChangePassword,
    FinishReset,
    LinkNotValid,
    Proof,
    UpdateProfile,
    User,
    UsernameTaken,
)
from chalicelib.features.second_factor.model import CodeWrong, SecondFactorOn, SetupOver
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.sign_in import use_cases as sign_in
from chalicelib.features.sign_in.model import Challenged, ChallengeOver, SignIn
from chalicelib.features.sign_in.use_cases import SignedIn, refusals, second_factor
from chalicelib.kernel import ids
from chalicelib.kernel.ids import UserId
from chalicelib.table import people_keys, proof
from chalicelib.table.journal import JournalRow
from chalicelib.table.proof import Caller, Session, SessionRow
from chalicelib.table.rows import Rows
from chalicelib.table.tenant import Installation
from chalicelib.table.transaction import ChangedMeanwhile
from tests.api_client import ApiClient, Browser
from tests.authenticator import turn_on
from tests.deleting import delete_me
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, Person, deliver
from tests.races import Killed, at_once, in_between, killed_after

HERE = Caller(address="192.0.2.9", device="Test Browser")
NEW = "rowing past the old pier"
OTHER = "ferry bells before breakfast"


class Desk:
    """Somebody's wishes as use cases take them."""

    def __init__(self, person: Person, installation: Installation) -> None:
        self.person = person
        self._installation = installation
        self._limits = Limits(installation)

    @property
    def user(self) -> User:
        """The person as the table has them now."""
        found = identity.get_person(self.person.user_id, installation=self._installation)
        assert found is not None
        return found

    def session(self) -> Session:
        """Their first session."""
        return proof.prove_session(self.person.browser.token or "", now=self._installation.now)

    def sessions(self) -> list[SessionRow]:
        """What the table has of their sessions."""
        return self._installation.rows(people_keys.user(self.person.user_id)).query(SessionRow, people_keys.SESSIONS)

    def events(self) -> list[str]:
        """The kinds of this month's entries in their own log."""
        month = people_keys.personal_journal(self.person.user_id, self._installation.now())
        return [row.event for row in self._installation.rows(month).query(JournalRow, "0")]

    def sign_in(self, password: str = PASSWORD, address: str = "192.0.2.1") -> SignedIn | Challenged:
        """Sign in from somewhere."""
        visit = Visit(caller=Caller(address=address, device="Test Browser"))
        wish = SignIn(email=self.person.email, password=password)
        return sign_in.sign_in(wish, visit=visit, installation=self._installation, limits=self._limits)

    def challenge(self) -> str:
        """The token of a sign-in that waits for a code."""
        entered = self.sign_in()
        assert isinstance(entered, Challenged)
        return entered.token

    def finish(self, challenge_token: str, code: str) -> Callable[[], object]:
        """The act of showing a code; gives whether a session was opened."""
        visit = Visit(caller=HERE)
        return lambda: isinstance(
            sign_in.finish_sign_in(
                code,
                challenge_token=challenge_token,
                visit=visit,
                installation=self._installation,
                limits=self._limits,
            ),
            SignedIn,
        )

    def change_password(self, new: str) -> Callable[[], object]:
        """The act of having another password."""
        wish, session = ChangePassword(proof=Proof(password=PASSWORD), new_password=new), self.session()
        return lambda: identity.change_password(
            wish, session=session, caller=HERE, installation=self._installation, limits=self._limits
        )

    def reset_link(self, mailbox: Mailbox) -> str:
        """The token of the newest mailed link."""
        identity.mail_reset_link(self.person.email, installation=self._installation, mail=Mail())
        return mailbox.last_token(self.person.email)

    def finish_reset(self, token: str, new: str) -> Callable[[], object]:
        """The act of using a link."""
        wish = FinishReset(token=token, password=new)
        return lambda: identity.finish_reset(wish, caller=HERE, installation=self._installation)

    def move_link(self, email: str, mailbox: Mailbox) -> str:
        """The token of a link that moves the account to an address."""
        wish = ChangeEmail(email=email, proof=Proof(password=PASSWORD))
        identity.change_email(
            wish, session=self.session(), caller=HERE, installation=self._installation, limits=self._limits
        )
        user = self.user
        identity.mail_move_link(user.id, email, user.version, installation=self._installation, mail=Mail())
        return mailbox.last_token(email)

    def open_link(self, token: str) -> Callable[[], object]:
        """The act of opening a link that moves the account."""
        session = self.session()
        return lambda: identity.confirm_email_change(
            token, session=session, caller=HERE, installation=self._installation
        )

    def rename(self, username: str) -> Callable[[], object]:
        """The act of taking another username; gives it."""
        session = self.session()
        return lambda: (
            identity.update_profile(
                UpdateProfile(username=username), session=session, caller=HERE, installation=self._installation
            ).user.username
        )


@pytest.fixture
def anna(people: People, installation: Installation) -> Desk:
    """Somebody."""
    return Desk(people.new(), installation)


@pytest.fixture
def boris(people: People, installation: Installation) -> Desk:
    """Somebody else."""
    return Desk(people.new("Boris"), installation)


def opens(desk: Desk, password: str) -> bool:
    """Whether a password is the account's."""
    try:
        desk.sign_in(password)
    except Exception:  # noqa: BLE001 - which refusal it is does not matter here
        return False
    return True


def test_one_reset_link_used_twice_at_once_sets_one_password(
    anna: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = anna.reset_link(mailbox)
    outcomes = at_once([anna.finish_reset(token, NEW), anna.finish_reset(token, OTHER)], monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, [None, LinkNotValid]))
    assert [opens(anna, each) for each in (PASSWORD, NEW, OTHER)].count(True) == 1
    assert anna.events().count("password.reset") == 1


def test_one_code_shown_to_two_sign_ins_at_once_opens_one_session(
    api: ApiClient, anna: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = turn_on(api, anna.person, clock)
    code = phone.next_code()
    outcomes = at_once([anna.finish(anna.challenge(), code) for _ in range(2)], monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, [True, CodeWrong]))
    assert len(anna.sessions()) == 2, "the one that turned it on, and the winner's"


def test_one_backup_code_shown_twice_at_once_opens_one_session(
    api: ApiClient, anna: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = turn_on(api, anna.person, clock).backup_codes[0]
    outcomes = at_once([anna.finish(anna.challenge(), code) for _ in range(2)], monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, [True, CodeWrong]))
    assert api.get("/me", anna.person.browser).body["user"]["backup_codes_left"] == 9


def test_one_challenge_answered_twice_at_once_opens_one_session(
    api: ApiClient, anna: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone, challenge = turn_on(api, anna.person, clock), anna.challenge()
    codes = (phone.backup_codes[0], phone.backup_codes[1])
    outcomes = at_once([anna.finish(challenge, code) for code in codes], monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, [True, ChallengeOver]))
    assert api.get("/me", anna.person.browser).body["user"]["backup_codes_left"] == 9, "the loser's code is not used up"


def test_one_set_up_finished_twice_at_once_turns_it_on_once(
    api: ApiClient, anna: Desk, clock: HandClock, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = anna.session()
    shown, limits = Proof(password=PASSWORD), Limits(installation)
    setup = sign_in.set_up(shown, session=session, caller=HERE, installation=installation, limits=limits)
    code = pyotp.TOTP(setup.secret).at(clock())
    act = lambda: len(sign_in.turn_on(code, session=session, caller=HERE, installation=installation))  # noqa: E731
    outcomes = at_once([act, act], monkeypatch)
    assert outcomes.count(10) == 1
    assert {SecondFactorOn, SetupOver, 10} >= set(outcomes)
    assert anna.events().count("second_factor.enabled") == 1


def test_two_passwords_chosen_at_once_leave_one(anna: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = at_once([anna.change_password(NEW), anna.change_password(OTHER)], monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, [None, ChangedMeanwhile]))
    assert [opens(anna, each) for each in (PASSWORD, NEW, OTHER)].count(True) == 1
    assert anna.events().count("password.changed") == 1


def test_two_accounts_that_move_to_one_address_at_once_leave_it_to_one(
    anna: Desk, boris: Desk, mailbox: Mailbox, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = f"wanted.{anna.person.email}"
    before = {desk.person.user_id: desk.user.email for desk in (anna, boris)}
    tokens = [desk.move_link(wanted, mailbox) for desk in (anna, boris)]
    outcomes = at_once([anna.open_link(tokens[0]), boris.open_link(tokens[1])], monkeypatch)
    assert sorted(map(str, outcomes)) == sorted(map(str, [wanted, LinkNotValid]))
    winner, loser = (anna, boris) if outcomes[0] == wanted else (boris, anna)
    assert (winner.user.email, loser.user.email) == (wanted, before[loser.person.user_id])
    found = {email: identity.find_person(email, installation=installation) for email in (wanted, *before.values())}
    assert found[wanted] == winner.user
    assert found[before[loser.person.user_id]] == loser.user
    assert found[before[winner.person.user_id]] is None, "the winner's old address is free"


def test_an_account_that_moves_while_somebody_signs_up_with_the_address_leaves_it_to_one(
    api: ApiClient, anna: Desk, mailbox: Mailbox, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = f"wanted.{anna.person.email}"
    token = anna.move_link(wanted, mailbox)
    wish = {"email": wanted, "full_name": "Eve", "username": f"e{anna.person.username}"[:32], "password": NEW}

    def sign_up() -> int:
        return api.post("/sign-up", wish | {"accept_terms": True, "is_16_or_older": True}).status

    assert in_between(anna.open_link(token), sign_up, monkeypatch) is LinkNotValid
    assert anna.user.email == anna.person.email
    holder = identity.find_person(wanted, installation=installation)
    assert holder is not None
    assert holder.id != anna.person.user_id


def test_an_account_that_is_closed_while_it_moves_keeps_its_address(
    api: ApiClient, anna: Desk, mailbox: Mailbox, installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Erasing looks for the address that was read when it began; another claim would be lost for ever."""
    wanted = f"wanted.{anna.person.email}"
    token = anna.move_link(wanted, mailbox)
    close = lambda: delete_me(api, anna.person)  # noqa: E731
    assert in_between(anna.open_link(token), close, monkeypatch) is LinkNotValid
    assert anna.user.email == anna.person.email
    assert identity.find_person(wanted, installation=installation) is None


def test_an_account_whose_password_is_reset_while_it_moves_keeps_its_address(
    anna: Desk, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    reset = anna.finish_reset(anna.reset_link(mailbox), NEW)
    token = anna.move_link(f"wanted.{anna.person.email}", mailbox)
    assert in_between(anna.open_link(token), reset, monkeypatch) is LinkNotValid
    assert anna.user.email == anna.person.email


def test_a_sign_in_that_a_new_password_overtakes_opens_nothing(anna: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    change = anna.change_password(NEW)
    assert in_between(anna.sign_in, change, monkeypatch) is ChangedMeanwhile
    assert [row.opened_under for row in anna.sessions()] == [1], "the session the password was changed in"


def test_a_sign_in_that_a_new_second_factor_overtakes_opens_nothing(
    api: ApiClient, anna: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcome = in_between(anna.sign_in, lambda: turn_on(api, anna.person, clock), monkeypatch)
    assert outcome is ChangedMeanwhile
    assert isinstance(anna.sign_in(), Challenged)


@pytest.mark.parametrize("deleted", [0, 1, 2])
def test_sessions_that_were_to_end_when_the_process_died_are_ended_a_minute_later(
    api: ApiClient, anna: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch, deleted: int
) -> None:
    for number in range(3):
        anna.sign_in(address=f"198.51.100.{number}")
    change, delete, left = anna.change_password(NEW), Rows.delete, [deleted]

    def delete_or_die(rows: Rows, row: object, condition: object = None) -> bool:
        if not isinstance(row, SessionRow):
            return delete(rows, row, condition)  # type: ignore[arg-type]
        if left[0] == 0:
            raise Killed
        left[0] -= 1
        return delete(rows, row, condition)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Rows, "delete", delete_or_die)
        with pytest.raises(Killed):
            change()
    assert len(anna.sessions()) == 4 - deleted
    assert not opens(anna, PASSWORD), "the password is the new one"
    clock.advance(timedelta(minutes=1))
    deliver()
    assert len(anna.sessions()) == 1
    assert api.get("/me", anna.person.browser).status == 200


def test_a_second_factor_whose_workspaces_were_not_told_is_carried_over_a_minute_later(
    api: ApiClient, anna: Desk, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(second_factor, "tell_workspaces", die)
        with pytest.raises(Killed):
            turn_on(api, anna.person, clock)
    path = f"/workspaces/{anna.person.workspace_id}/members"
    assert [each["has_second_factor"] for each in api.get(path, anna.person.browser).body["members"]] == [False]
    clock.advance(timedelta(minutes=1))
    deliver()
    assert [each["has_second_factor"] for each in api.get(path, anna.person.browser).body["members"]] == [True]


@pytest.mark.parametrize("committed", [0, 1])
def test_a_sign_in_cut_short_leaves_no_session_nobody_holds(
    anna: Desk, installation: Installation, monkeypatch: pytest.MonkeyPatch, committed: int
) -> None:
    """The old session of a browser ends first, the new one is opened whole or not at all."""
    visit = Visit(caller=HERE, session_token=anna.person.browser.token or "")
    act = lambda: sign_in.admit(anna.user, visit=visit, installation=installation)  # noqa: E731
    assert killed_after(committed, act, monkeypatch)
    assert len(anna.sessions()) == 1 - committed


def test_a_link_whose_letter_was_lost_is_replaced_by_the_repetition(
    anna: Desk,
    api: ApiClient,
    mailbox: Mailbox,
    clock: HandClock,
    mail_away: Callable[[], AbstractContextManager[None]],
) -> None:
    with mail_away():
        api.post("/password-resets", {"email": anna.person.email}, Browser())
        deliver()
    before = len(mailbox.of(anna.person.email))
    clock.advance(timedelta(seconds=10))
    deliver()
    assert len(mailbox.of(anna.person.email)) == before + 1
    assert anna.finish_reset(mailbox.last_token(anna.person.email), NEW)() is None


def test_a_refusal_noted_twice_stands_in_the_log_once(anna: Desk, installation: Installation) -> None:
    facts = {"id": "1", "user_id": anna.person.user_id, "what": "password", "at": "x", "address": "a", "device": "d"}
    for _ in range(2):
        refusals.note(facts, installation=installation)
    assert anna.events().count("session.refused") == 1


def test_a_refusal_at_an_account_that_is_gone_is_dropped(installation: Installation) -> None:
    nobody = UserId(ids.mint())
    facts = {"id": "1", "user_id": nobody, "what": "password", "at": "x", "address": "a", "device": "d"}
    refusals.note(facts, installation=installation)
    assert installation.rows(people_keys.personal_journal(nobody, installation.now())).query(JournalRow, "0") == []


def test_two_who_take_look_alikes_at_once_leave_one(anna: Desk, boris: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = anna.person.username[4:]
    outcomes = at_once([anna.rename(f"lo0k_{mark}"), boris.rename(f"1ook_{mark}")], monkeypatch)
    assert outcomes.count(UsernameTaken) == 1
    names = {desk.user.username for desk in (anna, boris)}
    assert len(names & {f"lo0k_{mark}", f"1ook_{mark}"}) == 1
