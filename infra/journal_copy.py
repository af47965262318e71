"""`python -m infra.journal_copy read|complete <workspace or person> <yyyy-mm>`: the write-once copy, for operators.

It runs with the operator's own rights and the settings of the stage (README.md). `read` prints the copied entries as
JSON lines, opened as far as their keys live; `complete` copies what stands in the table and is missing in the copy.
"""

import argparse
import sys
from datetime import UTC, datetime
from typing import Final

import msgspec

from chalicelib.features.journal import use_cases as journal
from chalicelib.kernel.actors import system
from chalicelib.kernel.ids import UserId, WorkspaceId
from chalicelib.table import keys, people_keys
from chalicelib.table.journal import Entry, JournalRow, opened
from chalicelib.table.tenant import Installation, for_job

_ENTRIES_AN_OBJECT: Final = 1_000


def read(owner: str, month: str) -> list[Entry]:
    """The copied entries of a month, oldest first. Those of a destroyed key say when, what kind, and which ids."""
    return [opened(row, owner) for row in journal.kept_entries(owner, month)]


def complete(owner: str, month: str) -> int:
    """Copy what is missing of a month; returns how many entries that were. Reads the whole month, twice."""
    copied = {row.sk for row in journal.kept_entries(owner, month)}
    missing = [row.serialize() for row in _standing(owner, month) if row.sk not in copied]
    for start in range(0, len(missing), _ENTRIES_AN_OBJECT):
        journal.keep_entries(missing[start : start + _ENTRIES_AN_OBJECT])
    return len(missing)


def _standing(owner: str, month: str) -> list[JournalRow]:
    """A month as it stands in the table, whether its owner is a workspace or a person."""
    begun = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    of_workspace = for_job(WorkspaceId(owner), system("operator")).rows(keys.journal_partition(begun))
    of_person = Installation().rows(people_keys.personal_journal(UserId(owner), begun))
    return [row for rows in (of_workspace, of_person) for row in rows.query(JournalRow, "0")]


def main() -> None:
    """Do what the command line says."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("wish", choices=["read", "complete"])
    arguments.add_argument("owner")
    arguments.add_argument("month")
    wanted = arguments.parse_args()
    if wanted.wish == "complete":
        sys.stdout.write(f"{complete(wanted.owner, wanted.month)} entries copied\n")
        return
    for entry in read(wanted.owner, wanted.month):
        sys.stdout.write(msgspec.json.encode(entry).decode() + "\n")


if __name__ == "__main__":
    main()
