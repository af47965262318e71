"""Sealing: for one owner, one purpose and one item; unreadable for good once the key is destroyed."""

from collections.abc import Iterator

import pytest
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError

from chalicelib import settings
from chalicelib.kernel import ids
from chalicelib.kernel.errors import Unavailable
from chalicelib.table import aws
from chalicelib.table.cipher import Cipher, Purpose, SealBroken
from tests.local_aws import LocalAws

SECRET = b"a session string"


@pytest.fixture
def owner(local_aws: LocalAws) -> str:
    """A tenant with no keys yet."""
    return ids.mint()


def test_what_is_sealed_opens_here_and_in_another_process(owner: str) -> None:
    sealed = Cipher().seal(owner, Purpose.SESSION, "item", SECRET)
    assert SECRET not in sealed
    assert Cipher().open(owner, Purpose.SESSION, "item", sealed) == SECRET


def test_two_seals_of_one_thing_differ(owner: str) -> None:
    cipher = Cipher()
    assert cipher.seal(owner, Purpose.SECRET, "item", SECRET) != cipher.seal(owner, Purpose.SECRET, "item", SECRET)


def test_a_seal_is_good_for_its_item_purpose_and_owner_alone(owner: str) -> None:
    cipher, other = Cipher(), ids.mint()
    sealed = cipher.seal(owner, Purpose.SECRET, "item", SECRET)
    for each in (owner, other):
        cipher.seal(each, Purpose.JOURNAL, "item", b"")
        cipher.seal(each, Purpose.SECRET, "item", b"")
    for place in ((owner, Purpose.SECRET, "other"), (owner, Purpose.JOURNAL, "item"), (other, Purpose.SECRET, "item")):
        with pytest.raises(SealBroken):
            cipher.open(*place, sealed)


@pytest.mark.parametrize("place", [0, 1, 12, 13, -1])
def test_a_changed_byte_breaks_the_seal(owner: str, place: int) -> None:
    cipher = Cipher()
    sealed = bytearray(cipher.seal(owner, Purpose.SECRET, "item", SECRET))
    sealed[place] ^= 1
    with pytest.raises(SealBroken):
        cipher.open(owner, Purpose.SECRET, "item", bytes(sealed))


@pytest.mark.parametrize("sealed", [b"", b"\x01", b"\x01" + b"0" * 11, b"\x01" + b"0" * 12])
def test_a_stump_is_no_seal(owner: str, sealed: bytes) -> None:
    cipher = Cipher()
    cipher.seal(owner, Purpose.SECRET, "item", SECRET)
    with pytest.raises(SealBroken):
        cipher.open(owner, Purpose.SECRET, "item", sealed)


def test_a_destroyed_key_opens_nothing_any_more(owner: str) -> None:
    cipher = Cipher()
    sealed = cipher.seal(owner, Purpose.SESSION, "item", SECRET)
    cipher.destroy(owner, Purpose.SESSION)
    for each in (cipher, Cipher()):
        with pytest.raises(SealBroken):
            each.open(owner, Purpose.SESSION, "item", sealed)


def test_no_other_key_is_made_in_the_place_of_a_destroyed_one(owner: str) -> None:
    late = Cipher()
    Cipher().destroy(owner, Purpose.JOURNAL)
    with pytest.raises(SealBroken):
        late.seal(owner, Purpose.JOURNAL, "item", SECRET)
    with pytest.raises(SealBroken):
        late._make_key(owner, Purpose.JOURNAL)


def test_a_key_destroyed_while_it_was_made_is_used_by_nobody(owner: str, monkeypatch: pytest.MonkeyPatch) -> None:
    maker = Cipher()
    read = maker._wrapped

    def read_too_late(of: str, purpose: Purpose) -> bytes | None:
        Cipher().destroy(of, purpose)
        return read(of, purpose)

    monkeypatch.setattr(maker, "_wrapped", read_too_late)
    with pytest.raises(SealBroken):
        maker._make_key(owner, Purpose.JOURNAL)


@pytest.fixture
def key_service(local_aws: LocalAws) -> Iterator[list[Exception]]:
    """What the key service answers each call with, the last of these."""
    trouble: list[Exception] = []

    def fail(**_: object) -> None:
        raise trouble[-1]

    events = aws.client("kms").meta.events
    calls = ("before-call.kms.Decrypt", "before-call.kms.GenerateDataKey")
    for call in calls:
        events.register(call, fail)
    yield trouble
    for call in calls:
        events.unregister(call, fail)


def refusal(code: str, status: int) -> ClientError:
    """A refusal of KMS."""
    answer = {"Error": {"Code": code, "Message": "no"}, "ResponseMetadata": {"HTTPStatusCode": status}}
    return ClientError(answer, "Decrypt")


@pytest.mark.parametrize(
    "trouble",
    [
        ReadTimeoutError(endpoint_url="http://kms"),
        EndpointConnectionError(endpoint_url="http://kms"),
        refusal("ThrottlingException", 400),
        refusal("KMSInternalException", 500),
        refusal("DependencyTimeoutException", 503),
    ],
    ids=["slow", "unreachable", "throttled", "failed", "timed out"],
)
def test_while_the_key_service_is_away_nothing_is_sealed_or_opened_and_it_is_worth_another_try(
    owner: str, key_service: list[Exception], trouble: Exception
) -> None:
    key_service.append(trouble)
    with pytest.raises(Unavailable):
        Cipher()._make_key(owner, Purpose.SECRET)
    with pytest.raises(Unavailable):
        Cipher().seal(owner, Purpose.SECRET, "item", SECRET)


def test_a_refusal_of_the_key_service_that_no_repetition_mends_stays_a_crash(
    owner: str, key_service: list[Exception]
) -> None:
    key_service.append(refusal("AccessDeniedException", 400))
    with pytest.raises(ClientError):
        Cipher().seal(owner, Purpose.SECRET, "item", SECRET)


def test_processes_that_make_the_key_at_once_use_the_same(owner: str) -> None:
    one, other = Cipher(), Cipher()
    other._make_key(owner, Purpose.SECRET)
    one._make_key(owner, Purpose.SECRET)
    assert other.open(owner, Purpose.SECRET, "i", one.seal(owner, Purpose.SECRET, "i", SECRET)) == SECRET


def test_the_keys_table_holds_no_plain_key(owner: str, local_aws: LocalAws) -> None:
    cipher = Cipher()
    cipher.seal(owner, Purpose.SECRET, "item", SECRET)
    [item] = local_aws.client("dynamodb").query(
        TableName=settings.current().keys_table,
        KeyConditionExpression="pk = :p",
        ExpressionAttributeValues={":p": {"S": f"KEY#{owner}"}},
    )["Items"]
    assert set(item) == {"pk", "sk", "wrapped"}
    assert len(item["wrapped"]["B"]) > 32
