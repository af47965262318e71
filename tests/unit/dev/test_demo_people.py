"""The people one signs in as on a laptop."""

from dev import stack
from dev.demo.people import PEOPLE


def test_one_of_them_runs_the_local_installation() -> None:
    assert [person.email for person in PEOPLE].count(stack.STAFF) == 1
