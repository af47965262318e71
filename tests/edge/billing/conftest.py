"""An installation that sells, and an Owner who has bought nothing yet."""

from collections.abc import Iterator

import pytest

from chalicelib.features.billing.use_cases import Shop
from chalicelib.services import Services
from tests import cashier as stripe
from tests.api_client import ApiClient
from tests.cashier import Cashier, Post
from tests.edge.billing.counter import Counter
from tests.hand_clock import HandClock
from tests.local_aws import LocalAws
from tests.people import People


@pytest.fixture(scope="session")
def running_cashier(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cashier]:
    with stripe.running(tmp_path_factory.mktemp("stripe") / "log") as cashier:
        yield cashier


@pytest.fixture
def cashier(running_cashier: Cashier, clock: HandClock) -> Iterator[Cashier]:
    """The stand-in, whose time is the test's."""
    clock.set(running_cashier.now())
    yield running_cashier
    running_cashier.do_right()


@pytest.fixture
def shop(cashier: Cashier, local_aws: LocalAws) -> Iterator[Shop]:
    """What the installation sells."""
    with stripe.configured(cashier.url) as opened:
        yield opened


@pytest.fixture
def post(api: ApiClient, clock: HandClock) -> Post:
    """Brings events to the hook."""
    return Post(api=api, clock=clock)


@pytest.fixture
def counter(shop: Shop, cashier: Cashier, post: Post, people: People, on_test_clock: Services) -> Counter:
    """Where Olga, an Owner without a seat, buys."""
    olga = people.new("Olga", has_seat=False)
    return Counter(olga=olga, people=people, shop=shop, cashier=cashier, post=post, at=on_test_clock)
