"""What nobody caught and what libraries log is told without its text."""

import json
import subprocess
import sys

import pytest

from tests.local_aws import ROOT

MARKER = "marker-packet-4720"
BEGINNING = f"""
import asyncio, gc, logging, sys
from session_worker import last_words
last_words.keep_texts_out()
MARKER = {MARKER!r}

async def lost():
    raise ValueError(MARKER)

class Careless:
    def __del__(self):
        raise ValueError(MARKER)

async def forget():
    asyncio.get_running_loop().set_exception_handler(last_words.of_loop)
    task = asyncio.create_task(lost())
    await asyncio.sleep(0.01)
    del task
    gc.collect()

def stumble(text):
    raise ValueError(text)

async def call_back():
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(last_words.of_loop)
    loop.call_soon(stumble, MARKER)
    await asyncio.sleep(0.01)

def quote(name, level):
    try:
        raise ValueError(MARKER)
    except ValueError:
        logging.getLogger(name).log(level, "got %s", MARKER, exc_info=True)
"""
CASES = {
    "a task nobody awaited": ("asyncio.run(forget())", "crash.in_loop"),
    "a callback of the loop": ("asyncio.run(call_back())", "crash.in_loop"),
    "a finalizer": ("Careless()", "crash.unraisable"),
    "the end of the process": ("raise ValueError(MARKER)", "crash.uncaught"),
    "aiohttp's log": ("quote('aiohttp.server', logging.ERROR)", "library.said"),
    "asyncio's log": ("quote('asyncio', logging.WARNING)", "library.said"),
    "Telethon's log": ("quote('telethon.helpers', logging.CRITICAL)", None),
    "the log of a Telethon client": (
        """from session_worker.telegram.client import _silent_logger as made
quote(made().name + '.sender', logging.CRITICAL)""",
        None,
    ),
    "a log line that can't be put together": ("logging.getLogger('x').error('%d', MARKER)", "library.said"),
}


@pytest.mark.parametrize("case", list(CASES))
def test_no_text_comes_out(case: str) -> None:
    script, event = CASES[case]
    ended = subprocess.run(
        [sys.executable, "-c", BEGINNING + script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert MARKER not in ended.stdout + ended.stderr
    assert ended.stderr == ""
    told = [json.loads(line)["message"] for line in ended.stdout.splitlines()]
    assert told == ([] if event is None else [event])
