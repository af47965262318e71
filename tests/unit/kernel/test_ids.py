"""Ids: of one length, sorted by time where they are minted, and derived so that nothing but the secret tells how."""

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.kernel import ids
from chalicelib.kernel.ids import WorkspaceId

MOMENTS_S = st.floats(min_value=0, max_value=2**48 / 1000 - 1)
SECRETS = st.binary(min_size=32, max_size=32)
TELEGRAM_IDS = st.integers(1, 2**53)
WORKSPACE = WorkspaceId(ids.mint())


@given(MOMENTS_S)
def test_a_minted_id_tells_its_moment_to_the_millisecond(at_s: float) -> None:
    minted = ids.mint(at_s)
    assert ids.is_minted_shape(minted)
    assert ids.minted_at(minted) == int(at_s * 1000) / 1000
    assert ids.first_minted_at(at_s) <= minted


@given(MOMENTS_S, MOMENTS_S)
def test_minted_ids_sort_by_time(one_s: float, other_s: float) -> None:
    earlier_s, later_s = sorted((one_s, other_s))
    if int(earlier_s * 1000) < int(later_s * 1000):
        assert ids.mint(earlier_s) < ids.first_minted_at(later_s) <= ids.mint(later_s)


def test_an_unguessable_id_has_the_shape_of_every_other_and_no_time_in_it() -> None:
    made = {ids.mint_unguessable() for _ in range(1_000)}
    assert len({each[:10] for each in made}) == len(made) == 1_000
    assert all(map(ids.is_minted_shape, made))


@given(SECRETS, TELEGRAM_IDS, st.sampled_from(["user", "chat", "channel"]), TELEGRAM_IDS)
def test_a_chat_s_id_leads_to_its_account(secret: bytes, person: int, kind: str, peer: int) -> None:
    account = ids.account_id(secret, WORKSPACE, person)
    chat = ids.chat_id(secret, account, kind, peer)
    assert ids.is_minted_shape(account)
    assert ids.is_chat_shape(chat)
    assert ids.account_of(chat) == account
    assert chat == ids.chat_id(secret, account, kind, peer)


@given(SECRETS, SECRETS, TELEGRAM_IDS, TELEGRAM_IDS)
def test_other_people_and_other_secrets_have_other_ids(one: bytes, other: bytes, person: int, stranger: int) -> None:
    same = (one, person) == (other, stranger)
    assert (ids.account_id(one, WORKSPACE, person) == ids.account_id(other, WORKSPACE, stranger)) == same


@given(st.text(max_size=50))
def test_only_what_could_be_an_id_is_taken_for_one(text: str) -> None:
    alphabet = set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
    assert ids.is_minted_shape(text) == (len(text) == 26 and set(text) <= alphabet)
    assert ids.is_chat_shape(text) == (len(text) == 42 and set(text) <= alphabet)
