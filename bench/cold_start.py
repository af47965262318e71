"""Importing the HTTP app and making its table client, against the lean stack every such app has; bytecode present.

The lean stack: chalice, a botocore DynamoDB client, msgspec and Powertools' Logger. What ours imports later is not
measured, and is paid by the first request that needs it: cryptography (8 ms) where a secret is sealed or a gateway pass
issued, argon2 (3 ms) where a password is checked, the clients of KMS, S3, SQS and SES, and the second client of the
table, for writes (3 ms), and schemas and use cases of most slices (3 to 7 ms each). What each request needs (services,
proof, every slice's routes) is measured. The app holds the garbage collector during its import, as it does on Lambda;
the lean stack has it as Python does.
"""

import os
import subprocess
import sys
from tempfile import TemporaryDirectory
from typing import Final

from bench import stand_in
from bench.measure import Figure, compared, report

ROUNDS: Final = 31
_TIMED: Final = """
import time
begun = time.process_time()
{work}
print((time.process_time() - begun) * 1e3)
"""
_OURS: Final = """
import app
from chalicelib.table import connection
connection.client()
"""
_LEAN: Final = """
import chalice
app = chalice.Chalice(app_name="lean")
import botocore.session
botocore.session.get_session().create_client("dynamodb")
import msgspec
from aws_lambda_powertools import Logger
Logger(service="lean")
"""


def measure(*, rounds: int = ROUNDS) -> Figure:
    """Processor time in fresh processes, in turns; the first of each writes the bytecode and is left out."""
    spent: dict[str, list[float]] = {_OURS: [], _LEAN: []}
    with TemporaryDirectory() as bytecode:
        environment = {**os.environ, **stand_in.pretended_environment(), "PYTHONPYCACHEPREFIX": bytecode}
        environment["AWS_LAMBDA_FUNCTION_NAME"] = "APIHandler"  # as on Lambda, where use cases and schemas wait
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for _ in range(rounds + 1):
            for work, times in spent.items():
                times.append(_timed(work, environment))
    return compared("cold_start", spent[_OURS][1:], spent[_LEAN][1:], unit="ms", most=1.25)


def _timed(work: str, environment: dict[str, str]) -> float:
    command = [sys.executable, "-c", _TIMED.format(work=work)]
    answer = subprocess.run(command, env=environment, check=True, capture_output=True, text=True, timeout=60)
    return float(answer.stdout.splitlines()[-1])


if __name__ == "__main__":
    report(measure())
