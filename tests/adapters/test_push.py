"""Push services: what is sealed for a browser, who says so, where it may go, and what the answers mean."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from chalicelib.adapters.push import PushGone, PushServices, is_of_push_service
from chalicelib.adapters.push_cipher import MAX_PAYLOAD_BYTES, decoded, encoded, opens, sealed, sealed_with
from chalicelib.kernel.errors import TooMany, Unavailable
from chalicelib.settings import PushKeys
from dev.push_service import PushService, Unsealable
from infra import push_keys
from tests import pushing
from tests.local_aws import free_port
from tests.pushing import Running

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
KEYS = PushKeys(public=pushing.PUBLIC, private=pushing.PRIVATE)

# The example of RFC 8291, 5 and appendix A.
WATERMELON = b"When I grow up, I want to be a watermelon"
KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
SEALED = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def test_what_is_sealed_is_what_the_standard_s_example_says() -> None:
    sender = ec.derive_private_key(int.from_bytes(decoded(SENDER), "big"), ec.SECP256R1())
    found = sealed_with(WATERMELON, decoded(KEY), decoded(SECRET), sender=sender, salt=decoded(SALT))
    assert encoded(found) == SEALED


def test_only_the_browser_it_was_sealed_for_opens_it_and_no_two_are_alike() -> None:
    service = PushService()
    token, keys = service.subscribe(pushing.PUBLIC)
    other, _ = service.subscribe(pushing.PUBLIC)
    first, second = (sealed(WATERMELON, keys["p256dh"], keys["auth"]) for _ in range(2))
    assert first != second
    assert service.browsers[token].opened(first) == service.browsers[token].opened(second) == WATERMELON
    with pytest.raises(Unsealable):
        service.browsers[other].opened(first)


def test_more_than_a_service_carries_is_not_sealed() -> None:
    assert len(sealed(b"x" * MAX_PAYLOAD_BYTES, KEY, SECRET)) == 4_096
    with pytest.raises(ValueError, match="more than"):
        sealed(b"x" * (MAX_PAYLOAD_BYTES + 1), KEY, SECRET)


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        (KEY[:-2], SECRET),
        (KEY, SECRET[:-2]),
        (encoded(b"\x04" + b"\x01" * 64), SECRET),
        (encoded(b"\x02" + decoded(KEY)[1:]), SECRET),
        ("not base64url!", SECRET),
        (KEY, "a"),
    ],
)
def test_nothing_is_sealed_for_what_is_no_key_of_a_browser(key: str, secret: str) -> None:
    assert opens(KEY, SECRET)
    assert not opens(key, secret)


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://fcm.googleapis.com/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/v2/x",
        "https://web.push.apple.com/x",
        "https://wns2-par02p.notify.windows.com/w/?token=x",
        "https://fcm.googleapis.com:443/x",
    ],
)
def test_the_push_services_of_the_browsers_are_spoken_to(endpoint: str) -> None:
    assert is_of_push_service(endpoint, None)


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evil.example/fcm.googleapis.com",
        "https://evilpush.apple.com/x",
        "https://somebody@fcm.googleapis.com/x",
        "https://fcm.googleapis.com\\@evil.example/x",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/x",
        "https://[broken/x",
        "https://fcm.googleapis.com:x/",
        "ftp://fcm.googleapis.com/x",
        "/relative",
        "",
    ],
)
def test_nowhere_else_is_gone_to_whatever_a_browser_says(endpoint: str) -> None:
    """An endpoint of our own network would have us ask it."""
    assert not is_of_push_service(endpoint, None)


def test_where_a_stand_in_answers_no_other_is_spoken_to() -> None:
    assert is_of_push_service("http://127.0.0.1:9/push/to/x", "http://127.0.0.1:9/push")
    assert not is_of_push_service("http://127.0.0.1:9/pushed", "http://127.0.0.1:9/push")
    assert not is_of_push_service("https://fcm.googleapis.com/x", "http://127.0.0.1:9/push")


@pytest.fixture
def push() -> Iterator[Running]:
    with pushing.running() as running:
        yield running


def send(address: dict[str, Any], known_as: PushKeys = KEYS) -> None:
    """Have a browser be told of a watermelon."""
    body = sealed(b'{"notice": "watermelon"}', address["keys"]["p256dh"], address["keys"]["auth"])
    services = PushServices(known_as, "https://crm.example")
    services.send(address["endpoint"], body, topic="watermelon", kept_for=timedelta(hours=1), now=NOW)


def test_a_service_takes_it_from_whom_the_browser_subscribed_to_and_from_nobody_else(push: Running) -> None:
    address, browser = push.subscribe()
    send(address)
    assert browser.arrived == [{"notice": "watermelon"}]
    stranger = b"another-private-key-of-32-bytes!"
    with pytest.raises(Unavailable):
        send(address, PushKeys(public=push_keys.public_of(stranger), private=stranger))
    with pytest.raises(Unavailable):
        send(address, PushKeys(public=pushing.PUBLIC, private=stranger))
    with pytest.raises(Unavailable):
        send(address, PushKeys(public=pushing.PUBLIC, private=None))
    assert len(browser.arrived) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_over_is_said_to_be(push: Running, status: int) -> None:
    address, _ = push.subscribe()
    push.service.faults.append({"status": status})
    with pytest.raises(PushGone):
        send(address)


@pytest.mark.parametrize(("said", "waits_s"), [("90", 90), ("0", 1), ("999999", 3_600), ("Thu, 26 Nov", 60)])
def test_a_pause_is_kept_within_reason(push: Running, said: str, waits_s: int) -> None:
    address, _ = push.subscribe()
    push.service.faults.append({"status": 429, "retry_after": said})
    with pytest.raises(TooMany) as refusal:
        send(address)
    assert refusal.value.retry_after_s == waits_s


@pytest.mark.parametrize("status", [307, 400, 403, 413, 500])
def test_what_else_it_answers_is_tried_again_and_a_redirect_not_followed(push: Running, status: int) -> None:
    address, browser = push.subscribe()
    push.service.faults.append({"status": status})
    with pytest.raises(Unavailable):
        send(address)
    assert browser.arrived == []


def test_a_service_that_does_not_answer_is_away_and_the_endpoint_is_not_told() -> None:
    with pytest.raises(Unavailable) as refusal:
        send({"endpoint": f"http://127.0.0.1:{free_port()}/planted", "keys": {"p256dh": KEY, "auth": SECRET}})
    assert "planted" not in str(refusal.value)
    assert refusal.value.__suppress_context__


def test_the_operator_makes_a_pair_of_keys_that_the_settings_take(capsys: pytest.CaptureFixture[str]) -> None:
    push_keys.main()
    named = dict(line.split("=", 1) for line in capsys.readouterr().out.splitlines())
    private = decoded(named["WIREROOM_PUSH_PRIVATE_KEY"])
    assert push_keys.public_of(private) == named["WIREROOM_PUSH_PUBLIC_KEY"]
    assert len(decoded(named["WIREROOM_PUSH_PUBLIC_KEY"])) == 65
