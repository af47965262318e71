"""Periods, shares and forms: what is reckoned without a line to anybody."""

import calendar
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dev.stripe.objects.periods import period_end, share
from dev.stripe.wire.params import Params, decoded
from dev.stripe.wire.refusals import Refused

MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda moment: int(moment.timestamp())
)


def at(text: str) -> int:
    return int(datetime.fromisoformat(f"{text}T10:30:15+00:00").timestamp())


@pytest.mark.parametrize(
    ("anchor", "interval", "start", "end"),
    [
        ("2026-01-15", "month", "2026-01-15", "2026-02-15"),
        ("2026-01-31", "month", "2026-01-31", "2026-02-28"),
        ("2026-01-31", "month", "2026-02-28", "2026-03-31"),
        ("2026-12-31", "month", "2026-12-31", "2027-01-31"),
        ("2024-02-29", "year", "2024-02-29", "2025-02-28"),
        ("2024-02-29", "year", "2027-02-28", "2028-02-29"),
    ],
)
def test_a_period_ends_on_the_anchor_s_day_or_the_month_s_last(
    anchor: str, interval: str, start: str, end: str
) -> None:
    assert period_end(at(anchor), interval, 1, at(start)) == at(end)


@given(anchor=MOMENTS, interval=st.sampled_from(["month", "year"]), count=st.integers(1, 6))
def test_periods_follow_one_another_without_a_gap_and_never_drift(anchor: int, interval: str, count: int) -> None:
    boundary, begun = anchor, datetime.fromtimestamp(anchor, UTC)
    for _ in range(30):
        following = period_end(anchor, interval, count, boundary)
        assert period_end(anchor, interval, count, following - 1) == following > boundary
        ending = datetime.fromtimestamp(following, UTC)
        assert ending.day == min(begun.day, calendar.monthrange(ending.year, ending.month)[1])
        assert ending.timetz() == begun.replace(microsecond=0).timetz()
        boundary = following


@given(amount=st.integers(-10_000_000, 10_000_000), whole=st.integers(1, 40_000_000), part=st.floats(0, 1))
def test_two_shares_make_the_whole_to_a_cent(amount: int, whole: int, part: float) -> None:
    left = int(whole * part)
    assert abs(share(amount, left, whole) + share(amount, whole - left, whole) - amount) <= 1
    assert share(amount, whole, whole) == amount
    assert share(-amount, left, whole) == -share(amount, left, whole)


def test_a_form_becomes_hashes_and_lists() -> None:
    form = "items[0][price]=a&items[1][price]=b&items[1][quantity]=2&expand[]=c&expand[]=d&metadata[k]=v%20w&empty="
    assert decoded(form) == {
        "items": [{"price": "a"}, {"price": "b", "quantity": "2"}],
        "expand": ["c", "d"],
        "metadata": {"k": "v w"},
        "empty": "",
    }


@pytest.mark.parametrize("form", ["a=1&a[b]=2", "items[0]=x&items[0][price]=y"])
def test_a_form_that_says_two_things_at_once_is_refused(form: str) -> None:
    with pytest.raises(Refused, match="both a value and a hash"):
        decoded(form)


def test_what_nobody_read_is_named_as_the_request_named_it() -> None:
    params = Params(decoded("items[0][price]=a&items[0][colour]=b&customer=c&mood=d"))
    params.text("customer")
    [item] = params.parts("items")
    item.required("price")
    assert params.unread() == ["mood", "items[0][colour]"]


@pytest.mark.parametrize(
    ("form", "read"),
    [
        ("quantity=many", lambda params: params.whole("quantity")),
        ("quantity=-1", lambda params: params.amount("quantity", 1)),
        ("enabled=perhaps", lambda params: params.flag("enabled")),
        ("items=none", lambda params: params.parts("items")),
        ("address=here", lambda params: params.part("address")),
        ("name[first]=Ada", lambda params: params.text("name")),
        ("", lambda params: params.required("name")),
    ],
)
def test_a_value_of_another_kind_is_refused_by_name(form: str, read: object) -> None:
    with pytest.raises(Refused) as refusal:
        read(Params(decoded(form)))  # type: ignore[operator]
    assert refusal.value.details["param"]
