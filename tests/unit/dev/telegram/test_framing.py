"""Transports: packets come out as they went in, however the bytes are cut up."""

import random

import pytest

from dev.telegram.wire.framing import (
    Abridged,
    Codec,
    Framing,
    Full,
    Intermediate,
    PaddedIntermediate,
    TransportBroken,
)

SEALED = b"\x01" * 24 + bytes(range(256)) * 4
"""As Telegram has them: a head of 24 bytes, then blocks of 16. Padding can only be told apart from such packets."""
PLAIN = bytes(16) + b"\x28\x00\x00\x00" + b"\x02" * 40
PACKETS = [SEALED, PLAIN, b"\x03" * (24 + 0x7F * 16), SEALED[:40]]


@pytest.mark.parametrize(
    ("greeting", "codec"),
    [(b"\xef", Abridged), (b"\xee" * 4, Intermediate), (b"\xdd" * 4, PaddedIntermediate), (b"", Full)],
)
@pytest.mark.parametrize("step", [1, 7, 4096])
def test_packets_survive_any_cutting_of_the_stream(greeting: bytes, codec: type[Codec], step: int) -> None:
    client, framing = codec(), Framing()
    stream = greeting + b"".join(client.frame(packet) for packet in PACKETS)
    arrived = [packet for at in range(0, len(stream), step) for packet in framing.feed(stream[at : at + step])]
    assert arrived == PACKETS
    answer = framing.frame(SEALED)
    assert codec().take(bytearray(answer)) == SEALED


@pytest.mark.parametrize("packet", [SEALED, PLAIN])
@pytest.mark.parametrize("noise", [b"", b"noi", b"n" * 15])
def test_padding_of_the_padded_transport_is_cut_off(packet: bytes, noise: bytes) -> None:
    padded = Intermediate().frame(packet + noise)
    assert Framing().feed(b"\xdd" * 4 + padded) == [packet]


def test_a_recorded_full_packet_is_understood() -> None:
    """Written down, so that a mistake made in both directions would not go unseen."""
    recorded = bytes.fromhex("14000000 00000000 0102030405060708 e06e4584")
    assert Framing().feed(recorded) == [bytes(range(1, 9))]


@pytest.mark.parametrize(
    "broken",
    [
        bytes.fromhex("14000000 00000000 0102030405060708 00000000"),
        bytes.fromhex("04000000 00000000"),
        bytes.fromhex("ffffff7f 00000000"),
        b"\xee" * 4 + bytes.fromhex("ffffff7f"),
        b"GET / HTTP/1.1\r\nHost: localhost\r\nUser-Agent: somebody who got lost in here\r\n\r\n",
    ],
)
def test_what_fits_no_transport_breaks_the_line(broken: bytes) -> None:
    with pytest.raises(TransportBroken):
        Framing().feed(broken)


def test_noise_never_does_anything_else() -> None:
    dice = random.Random(1)
    for _ in range(2000):
        try:
            Framing().feed(dice.randbytes(dice.randrange(1, 200)))
        except TransportBroken:
            continue
