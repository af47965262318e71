"""Who lost a phone, and who helps."""

from collections.abc import Iterator

import pytest

from tests import authenticator
from tests.api_client import ApiClient
from tests.authenticator import Phone
from tests.hand_clock import HandClock
from tests.people import People, Person
from tests.staff import named_as_staff


@pytest.fixture
def anna(people: People) -> Person:
    """Who will have lost their phone."""
    return people.new("Anna")


@pytest.fixture
def phone(api: ApiClient, anna: Person, clock: HandClock) -> Phone:
    """What she will have lost."""
    return authenticator.turn_on(api, anna, clock)


@pytest.fixture
def maya(api: ApiClient, people: People, clock: HandClock) -> Iterator[Person]:
    """Somebody of the staff, whose session showed a second factor."""
    somebody = people.new("Maya Lindqvist")
    authenticator.turn_on(api, somebody, clock)
    with named_as_staff(somebody):
        yield somebody
