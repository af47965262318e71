"""`python -m infra.announce_legal`: has everybody written to who knows an older version of the legal documents.

It is run where the documents in force lie (WIREROOM_LEGAL, as when they were packaged), with the settings of the API:
those of the shell or, with --function, those of the deployed API's Lambda, read with the operator's own rights. It only
begins: the installation goes on by itself. Run once more, it says how far that is, and takes up what was put aside.
"""

import argparse
import os
import sys
from collections.abc import Sequence

import botocore.session

from chalicelib.features.staff.model import Announcement, NothingToAnnounce
from chalicelib.features.staff.use_cases import announcing
from chalicelib.kernel import clock
from chalicelib.table import people_keys
from chalicelib.table.tenant import Installation


def environment_of(function: str) -> dict[str, str]:
    """The variables a deployed Lambda has; the caller needs lambda:GetFunctionConfiguration."""
    lambdas = botocore.session.get_session().create_client("lambda")
    variables: dict[str, str] = lambdas.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
    return variables


def said(announcement: Announcement) -> str:
    """How far an announcement is, for the person at the terminal."""
    titles = ", ".join(f"{document.title} ({document.version})" for document in announcement.changed)
    if announcement.ended_at is not None:
        state = f"ended at {clock.to_wire(announcement.ended_at)}"
    else:
        state = f"under way, part {announcement.shard + 1} of {people_keys.USER_SHARDS}"
    return f"{titles}\n{state}; {announcement.letters} letters so far\n"


def main(arguments: Sequence[str] | None = None) -> None:
    """Begin, or say how far it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--function", help="name of the deployed API's Lambda, to take the settings from")
    chosen = parser.parse_args(arguments)
    if chosen.function:
        os.environ.update(environment_of(chosen.function))
    try:
        sys.stdout.write(said(announcing.announce(installation=Installation())))
    except NothingToAnnounce as nothing:
        sys.exit(nothing.title)


if __name__ == "__main__":
    main()
