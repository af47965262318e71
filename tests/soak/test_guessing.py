"""Ten thousand guesses of one password, from as many addresses."""

from chalicelib.features.sign_in.model import WrongCredentials
from chalicelib.kernel.errors import TooMany
from chalicelib.table.tenant import Installation
from tests.guessing import gets_in_from_a_known_device, guessed_from_everywhere
from tests.people import People
from tests.soak.conftest import Count

TRIES = 10_000


def test_10_000_tries_over_as_many_addresses_test_five_passwords_and_shut_nobody_out(
    people: People, installation: Installation, counted: Count
) -> None:
    anna = people.new()
    told = guessed_from_everywhere(anna, TRIES, installation)
    counted(f"{TRIES} tries: {told[WrongCredentials]} passwords were tested")
    assert told == {WrongCredentials: 5, TooMany: TRIES - 5}
    assert gets_in_from_a_known_device(anna, installation)
