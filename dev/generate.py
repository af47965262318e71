"""`make openapi`: the files that are written from the code; with --check (`make lint`) whether they are still true.

The OpenAPI document comes from the declared routes; a page for each problem code comes from the facts, for readers of
the repository and for the web app, which shows it under the `type` address of a problem; the page of permissions, and
what the web app shows of them, comes from their one table; so do the kinds of journal entries. The page of the live
socket comes from the gateway's declarations, and the runbook's table of metrics from those of the worker.
"""

import argparse
import inspect
import json
import sys
from pathlib import Path

import app
import session_worker.app
from chalicelib import __version__
from chalicelib.edge import openapi, problem
from chalicelib.kernel.errors import Fact
from chalicelib.kernel.events import OF_PEOPLE, OF_WORKSPACES
from chalicelib.kernel.permissions import RULES, TOGGLES, Action, Flag
from chalicelib.kernel.plans import ENTITLEMENTS, Need
from chalicelib.kernel.roles import Role
from dev import live_page, metrics_table

ROOT = Path(__file__).resolve().parent.parent


def files() -> dict[Path, str]:
    """Every generated file and what it should hold."""
    return {
        ROOT / "docs" / "api" / "openapi.json": _json(openapi.document(app.apis(), version=__version__)),
        ROOT / "docs" / "api" / "live.md": live_page.page(),
        ROOT / "docs" / "runbook.md": metrics_table.written_into((ROOT / "docs" / "runbook.md").read_text()),
        ROOT / "docs" / "problems" / "README.md": _problem_pages(),
        ROOT / "web" / "src" / "lib" / "problems.gen.json": _json(_problems()),
        ROOT / "docs" / "permissions.md": _permissions_page(),
        ROOT / "web" / "src" / "lib" / "permissions.gen.json": _json(_permissions()),
        ROOT / "docs" / "activity.md": _activity_page(),
        ROOT / "web" / "src" / "lib" / "events.gen.json": _json(_events()),
    }


def facts() -> list[type[Fact]]:
    """Every fact a client can meet, by code; slices and worker are imported, so all are known."""
    found = {fact for fact in _all(Fact) if "code" in vars(fact) and _is_ours(fact)}
    return sorted(found, key=lambda fact: fact.code)


def _is_ours(fact: type[Fact]) -> bool:
    return fact.__module__.startswith(("chalicelib.", f"{session_worker.__name__}."))


def _all(kind: type[Fact]) -> list[type[Fact]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_all(sub))]


def _problems() -> dict[str, dict[str, object]]:
    return {
        fact.code: {"status": problem.status_of(fact), "title": fact.title, "meaning": _meaning(fact)}
        for fact in facts()
    }


def _problem_pages() -> str:
    head = "# Problems\n\nEvery refusal is a problem document (RFC 9457); switch on its `code`.\n"
    pages = (
        f"\n## {code}\n\n{about['status']}: {about['title']}\n\n{about['meaning']}\n"
        for code, about in _problems().items()
    )
    return head + "".join(pages)


def _meaning(fact: type[Fact]) -> str:
    return " ".join((inspect.getdoc(fact) or "").split())


def _permissions() -> dict[str, object]:
    """The table of permissions as the web app reads it."""
    return {
        "actions": {
            action: {
                "meaning": rule.meaning,
                "least": rule.least,
                "flag": rule.flag,
                "toggle": rule.toggle,
                "need": ENTITLEMENTS.get(action),
            }
            for action, rule in RULES.items()
        },
        "toggles": {toggle: {"default": switch.is_on, "meaning": switch.meaning} for toggle, switch in TOGGLES.items()},
        "flags": list(Flag),
    }


def _permissions_page() -> str:
    rows = (
        f"| {rule.meaning} | `{action}` | {' | '.join(_mark(action, role) for role in Role)} | {_need(action)} |\n"
        for action, rule in RULES.items()
    )
    switches = (
        f"| `{toggle}` | {'on' if switch.is_on else 'off'} | {switch.meaning} |\n" for toggle, switch in TOGGLES.items()
    )
    return (
        "# Permissions\n\nWritten by `make openapi` from chalicelib/kernel/permissions.py and plans.py, which edge, "
        "use cases and web app ask. A trial is as good as a Pro seat.\n\n"
        "| Action | Name | Member | Admin | Owner | Needs |\n| --- | --- | --- | --- | --- | --- |\n"
        + "".join(rows)
        + "\nToggles, switched by Owners:\n\n| Toggle | In a new workspace | On, it means |\n| --- | --- | --- |\n"
        + "".join(switches)
    )


def _events() -> dict[str, object]:
    """The kinds of journal entries as the web app reads them."""
    return {"of_workspaces": OF_WORKSPACES, "of_people": OF_PEOPLE}


def _activity_page() -> str:
    logs = (
        ("In a workspace's activity log", OF_WORKSPACES),
        ("In a person's own log", OF_PEOPLE),
    )
    tables = (
        f"\n## {title}\n\n| Kind | What it means |\n| --- | --- |\n"
        + "".join(f"| `{kind}` | {meaning} |\n" for kind, meaning in kinds.items())
        for title, kinds in logs
    )
    return (
        "# Kinds of journal entries\n\nWritten by `make openapi` from chalicelib/kernel/events.py. A kind is a noun "
        "and what was done to it; a filter takes a whole one, or the noun alone.\n" + "".join(tables)
    )


def _mark(action: Action, role: Role) -> str:
    """Whether a role may: by itself, or what else it takes."""
    rule = RULES[action]
    if role.rank >= rule.least.rank:
        return "yes"
    if rule.flag is not None:
        return f"with the flag `{rule.flag}`"
    return "no" if rule.toggle is None else f"while `{rule.toggle}` is on"


def _need(action: Action) -> str:
    """What an action takes besides the right to it."""
    match ENTITLEMENTS.get(action):
        case Need.ANY_SEAT:
            return "a seat"
        case Need.PRO:
            return "a Pro seat"
        case _:
            return ""


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Write the files, or with --check fail when one would change."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--check", action="store_true")
    stale = {path: text for path, text in files().items() if not path.exists() or path.read_text() != text}
    if arguments.parse_args().check:
        names = ", ".join(str(path.relative_to(ROOT)) for path in stale)
        sys.exit(f"Not what the code says: {names}. `make openapi` writes them." if stale else 0)
    for path, text in stale.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


if __name__ == "__main__":
    main()
