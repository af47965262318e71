"""What the worker counts of itself, as CloudWatch reads it."""

import logging
import re
from collections.abc import Iterator

import pytest

from session_worker import metrics
from session_worker.metrics import MOST_VALUES, Counter, Distribution, Gauge, Reporter, Unit
from tests.architecture.tree import python_files


@pytest.fixture(autouse=True)
def nothing_counted() -> Iterator[None]:
    """Whatever other tests made the worker count is forgotten."""
    for metric in metrics.registered():
        metric.drain()
    yield
    for metric in metrics.registered():
        metric.drain()


def test_a_counter_is_written_once_and_begins_anew() -> None:
    counter = Counter("Things", "things")
    counter.add()
    counter.add(2)
    assert (counter.drain(), counter.drain()) == (3, None)


def test_a_gauge_stands_until_another_value_is_set() -> None:
    gauge = Gauge("Level", "a level")
    assert gauge.drain() is None
    gauge.set(0)
    assert (gauge.drain(), gauge.drain()) == (0, 0)


def test_a_distribution_keeps_a_sample_of_no_more_values_than_a_line_may_carry() -> None:
    times = Distribution("Time", "a time", Unit.MILLISECONDS)
    for number in range(50 * MOST_VALUES):
        times.observe(number)
    sample = times.drain()
    assert sample is not None
    assert len(sample) == MOST_VALUES
    assert min(sample) < 25 * MOST_VALUES < max(sample), "early and late ones are in it"
    assert times.drain() is None


def test_a_line_says_what_each_of_its_fields_is_and_names_nothing_but_the_service() -> None:
    metrics.SOCKETS_OPENED.add(3)
    metrics.REQUEST_TIME.observe(12.5)
    told = metrics.line("prod", 1_000)
    assert told is not None
    [directive] = told["_aws"]["CloudWatchMetrics"]
    assert (directive["Namespace"], directive["Dimensions"]) == ("Wireroom/prod", [["service"]])
    counted = {"Name": "SocketsOpened", "Unit": "Count"}
    assert counted in directive["Metrics"]
    assert (told["service"], told["SocketsOpened"], told["RequestTime"]) == ("session-worker", 3, [12.5])
    declared = {metric.name for metric in metrics.registered()}
    assert set(told) - declared == {"_aws", "service"}


async def test_what_was_counted_is_written_as_one_line_of_the_log_with_the_gauges_of_that_moment(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    metrics.REQUESTS.add(2)
    reporter = Reporter("prod", [lambda: metrics.SOCKETS.set(7)])
    reporter.start()
    await reporter.stop()
    [line] = [vars(record) for record in caplog.records if record.getMessage() == "metrics"]
    assert (line["Requests"], line["Sockets"], line["service"]) == (2, 7, "session-worker")
    assert line["Memory"] > 1_000_000


def test_names_are_said_once_and_every_metric_has_a_meaning() -> None:
    names = [metric.name for metric in metrics.registered()]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"([A-Z][a-z]+)+", name) for name in names)
    assert all(metric.meaning for metric in metrics.registered())


def test_every_metric_that_is_declared_is_emitted_somewhere() -> None:
    """One that nobody emits would be watched in vain."""
    emitted = "".join(path.read_text() for path in python_files("session_worker"))
    declared = [name for name, value in vars(metrics).items() if isinstance(value, Counter | Gauge | Distribution)]
    unused = [name for name in declared if not re.search(rf"\b{name}\.(add|set|observe)\(", emitted)]
    assert unused == []
