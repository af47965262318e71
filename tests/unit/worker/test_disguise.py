"""What lines to an MTProxy look like: noise that is taken off again, greetings of one length, records cut anywhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.features.accounts.model import MAX_DOMAIN_CHARACTERS, ProxySecret
from session_worker.telegram.disguise import with_noise, without_noise
from session_worker.telegram.masquerade import HELLO_BYTES, Records, greeting

KEY = bytes(range(16))
SEALED = st.integers(min_value=1, max_value=40).map(lambda blocks: b"k" * 24 + b"s" * 16 * blocks)
PLAIN = st.binary(min_size=1, max_size=60).map(lambda said: bytes(16) + len(said).to_bytes(4, "little") + said)


@given(packet=SEALED | PLAIN | st.just(b"\x6c\xfe\xff\xff"))
def test_noise_is_taken_off_whatever_packet_it_came_after(packet: bytes) -> None:
    assert without_noise(with_noise(packet)) == packet


@pytest.mark.parametrize("length", [1, 15, MAX_DOMAIN_CHARACTERS])
def test_a_greeting_is_as_long_whichever_site_it_names_and_says_when_it_was_made(length: int) -> None:
    secret = ProxySecret(key=KEY, is_padded=True, domain="s" * length)
    hello = greeting(secret, 1_800_000_000)
    assert len(hello) == HELLO_BYTES
    assert b"s" * length in hello
    assert hello[:11] == bytes.fromhex("1603010200010001fc0303")
    assert hello[11:43] != greeting(secret, 1_800_000_000)[11:43], "each has a key and a session of its own"


@given(parts=st.lists(st.binary(max_size=50), max_size=6), cuts=st.lists(st.integers(min_value=1, max_value=30)))
def test_records_are_taken_apart_wherever_the_line_cuts_them(parts: list[bytes], cuts: list[int]) -> None:
    stream, records, heard = b"".join(map(Records.of, parts)), Records(), b""
    for cut in [*cuts, len(stream)]:
        heard += records.take(stream[:cut])
        stream = stream[cut:]
    assert heard + records.take(stream) == b"".join(parts)


@pytest.mark.parametrize("odd", [b"\x15\x03\x03\x00\x02\x02\x28", b"HTTP/1.1 400", b"\x17\x03\x03\xff\xff"])
def test_what_is_no_record_of_data_ends_the_line(odd: bytes) -> None:
    with pytest.raises(ValueError, match="no record"):
        Records().take(odd)


def test_a_secret_shows_in_no_log_line() -> None:
    assert repr(ProxySecret.of("dd" + KEY.hex())) == "ProxySecret()"
