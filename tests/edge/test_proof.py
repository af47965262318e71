"""Proving once more who one is, before what can't be taken back (product.md section 2, OWASP ASVS 5.0, 7.5.1)."""

from datetime import timedelta

import pytest

from chalicelib.adapters.limits import Limits
from chalicelib.features.identity import use_cases
from chalicelib.features.identity.model import FRESH, Proof, ProofWrong, SignUpWithLogin
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.sign_in import use_cases as sign_in
from chalicelib.features.sign_in.use_cases import SignedIn
from chalicelib.kernel import ids
from chalicelib.kernel.errors import TooMany
from chalicelib.table import proof
from chalicelib.table.proof import Caller
from chalicelib.table.tenant import Installation
from tests.api_client import ApiClient, Browser
from tests.authenticator import Phone, proof_of, turn_on
from tests.hand_clock import HandClock
from tests.people import PASSWORD, Mailbox, People, Person, deliver

HERE = Visit(caller=Caller(address="192.0.2.9", device="Test Browser"))


@pytest.fixture
def ingrid(installation: Installation) -> Person:
    """Somebody who came from a provider: no password, no second factor."""
    name = f"u_{ids.mint()[10:].lower()}"
    wish = SignUpWithLogin(
        email=f"{name}@example.com", full_name="Ingrid", username=name, accepts_terms=True, is_16_or_older=True
    )
    user = use_cases.sign_up_with_login(wish, also=lambda _change, _id: None, visit=HERE, installation=installation)
    entered = sign_in.admit(user, visit=HERE, installation=installation)
    assert isinstance(entered, SignedIn)
    return Person(
        user_id=user.id,
        email=user.email,
        full_name=user.full_name,
        username=user.username,
        password="",
        workspace_id="",  # type: ignore[arg-type]
        browser=Browser(token=entered.token),
    )


def end_others(api: ApiClient, person: Person, proof: dict[str, object]) -> tuple[int, str]:
    """Do something that takes a proof; status and code."""
    answer = api.post("/me/sessions/end", {"proof": proof}, person.browser)
    return answer.status, "" if answer.body is None else answer.code


def test_whoever_guesses_in_a_session_they_took_keeps_the_person_from_nothing_in_theirs(
    api: ApiClient, people: People
) -> None:
    anna, thief = people.new(), Browser()
    people.sign_in(anna.email, thief)
    for _ in range(6):
        last = api.post("/me/sessions/end", {"proof": {"password": "not it not it"}}, thief)
    assert last.status == 429
    assert api.post("/me/sessions/end", proof_of(anna), anna.browser).status == 204
    assert api.get("/me", thief).status == 401


def test_wrong_proofs_are_slowed_down_and_nobody_is_locked_out(
    api: ApiClient, people: People, clock: HandClock
) -> None:
    anna = people.new()
    for _ in range(5):
        assert end_others(api, anna, {"password": "not it not it"}) == (422, "proof-wrong")
    waiting = api.post("/me/sessions/end", proof_of(anna), anna.browser)
    assert (waiting.status, waiting.headers["Retry-After"]) == (429, "1")
    clock.advance(timedelta(seconds=1))
    assert end_others(api, anna, {"password": PASSWORD}) == (204, "")


def test_a_code_proves_once(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    phone = turn_on(api, anna, clock)
    shown: dict[str, object] = {"password": PASSWORD, "code": phone.next_code()}
    assert end_others(api, anna, shown) == (204, "")
    assert end_others(api, anna, shown) == (422, "proof-wrong")


def test_a_backup_code_proves_too(api: ApiClient, people: People, clock: HandClock) -> None:
    anna = people.new()
    phone = turn_on(api, anna, clock)
    assert end_others(api, anna, {"password": PASSWORD, "code": phone.backup_codes[0]}) == (204, "")


@pytest.mark.parametrize("part", ["password", "code"])
def test_one_of_two_is_not_enough(api: ApiClient, people: People, clock: HandClock, part: str) -> None:
    anna = people.new()
    phone = turn_on(api, anna, clock)
    both: dict[str, object] = {"password": PASSWORD, "code": phone.next_code()}
    both[part] = "000000 000000"
    assert end_others(api, anna, both) == (422, "proof-wrong")
    del both[part]
    assert end_others(api, anna, both) == (422, "proof-wrong")


def test_who_has_neither_signs_in_again_after_15_minutes(api: ApiClient, ingrid: Person, clock: HandClock) -> None:
    assert end_others(api, ingrid, {}) == (204, "")
    clock.advance(FRESH - timedelta(seconds=1))
    assert end_others(api, ingrid, {}) == (204, "")
    clock.advance(timedelta(seconds=1))
    assert end_others(api, ingrid, {}) == (403, "sign-in-again")
    assert end_others(api, ingrid, {"password": "anything at all"}) == (403, "sign-in-again")


def test_a_first_password_is_asked_for_from_then_on(api: ApiClient, ingrid: Person, clock: HandClock) -> None:
    assert api.get("/me", ingrid.browser).body["user"]["has_password"] is False
    first = {"proof": {}, "new_password": PASSWORD}
    assert api.post("/me/password", first, ingrid.browser).status == 204
    assert api.get("/me", ingrid.browser).body["user"]["has_password"] is True
    assert end_others(api, ingrid, {}) == (422, "proof-wrong")
    clock.advance(timedelta(days=1))
    assert end_others(api, ingrid, {"password": PASSWORD}) == (204, "")
    assert api.post("/sign-in", {"email": ingrid.email, "password": PASSWORD}).status == 200


def test_without_a_password_none_opens_the_account(api: ApiClient, ingrid: Person) -> None:
    for password in ("None", "null", "x"):
        refused = api.post("/sign-in", {"email": ingrid.email, "password": password})
        assert (refused.status, refused.code) == (401, "wrong-credentials")


def test_without_a_password_the_second_factor_alone_is_asked_for(
    api: ApiClient, ingrid: Person, clock: HandClock
) -> None:
    setup = api.post("/me/second-factor/setup", {"proof": {}}, ingrid.browser)
    phone = Phone(secret=setup.body["secret"], clock=clock)
    assert api.post("/me/second-factor", {"code": phone.code()}, ingrid.browser).status == 201
    clock.advance(timedelta(days=1))
    assert end_others(api, ingrid, {}) == (422, "proof-wrong")
    assert end_others(api, ingrid, {"code": phone.next_code()}) == (204, "")


def test_a_mailed_link_gives_a_first_password_too(api: ApiClient, ingrid: Person, mailbox: Mailbox) -> None:
    api.post("/password-resets", {"email": ingrid.email})
    deliver()
    token = mailbox.last_token(ingrid.email)
    assert api.post("/password-resets/finish", {"token": token, "password": PASSWORD}).status == 204
    assert api.post("/sign-in", {"email": ingrid.email, "password": PASSWORD}).status == 200


def test_200_guesses_with_a_stolen_session_test_five_passwords(
    people: People, installation: Installation, clock: HandClock, verified_hashes: list[str]
) -> None:
    anna = people.new()
    session = proof.prove_session(anna.browser.token or "", now=clock)
    verified_hashes.clear()
    for n in range(200):
        with pytest.raises((ProofWrong, TooMany)):
            use_cases.reauthenticate(
                Proof(password=f"guess {n}"), session=session, installation=installation, limits=Limits(installation)
            )
    assert len(verified_hashes) == 5


def test_what_was_shown_is_never_shown_again() -> None:
    assert "secret" not in repr(Proof(password="secret", code="secret"))
