"""dev/bootstrap.py: what it refuses, in which words, and what it does not do twice."""

import ast
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dev import bootstrap

SOURCE = Path(bootstrap.__file__)
Calls = list[list[str]]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty checkout in place of this one."""
    (tmp_path / "dev" / "aws").mkdir(parents=True)
    (tmp_path / "dev" / "requirements.txt").write_text("-r ../base.txt\nfirst==1\n")
    (tmp_path / "dev" / "aws" / "requirements.txt").write_text("second==1\n")
    (tmp_path / "dev" / "run-requirements.txt").write_text("zeroth==1\n")
    (tmp_path / "base.txt").write_text("zeroth==1\n")
    (tmp_path / "web" / "src").mkdir(parents=True)
    (tmp_path / "web" / "package-lock.json").write_text("{}")
    (tmp_path / "web" / "src" / "main.ts").write_text("export {}")
    for name, value in {
        "ROOT": tmp_path,
        "WEB": tmp_path / "web",
        "LOCAL": tmp_path / ".local",
        "LOG": tmp_path / ".local" / "logs" / "setup.log",
        "ALL_PACKAGES": tmp_path / "dev" / "requirements.txt",
        "RUN_PACKAGES": tmp_path / "dev" / "run-requirements.txt",
        "AWS_PACKAGES": tmp_path / "dev" / "aws" / "requirements.txt",
    }.items():
        monkeypatch.setattr(bootstrap, name, value)
    return tmp_path


@pytest.fixture
def calls(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The commands that would have been run; each leaves behind what it would have."""
    made: Calls = []

    def call(command: list[str], *_: object, **__: object) -> None:
        made.append([Path(command[0]).name, *command[1:]])
        if "venv" in command:
            Path(command[-1]).mkdir(parents=True, exist_ok=True)
        if command[-1] == "build":
            (checkout / "web" / "dist").mkdir(exist_ok=True)
            (checkout / "web" / "dist" / "index.html").write_text("<!doctype html>")
        if "ci" in command:
            (checkout / "web" / "node_modules").mkdir(exist_ok=True)

    monkeypatch.setattr(bootstrap, "_call", call)
    monkeypatch.setattr(bootstrap, "_find_browser", lambda: None)
    monkeypatch.setattr(bootstrap.Program, "begin", lambda *_: None)
    monkeypatch.setattr(bootstrap, "_is_usable", lambda venv: (checkout / venv).exists())
    monkeypatch.setattr(bootstrap, "_own_node", lambda: bootstrap.Node(["npm"], "/nowhere", "24.19.0"))
    return made


@pytest.mark.parametrize("use", ["run", "test"])
def test_the_first_time_installs_and_builds_and_the_second_does_nothing(calls: Calls, use: str) -> None:
    assert bootstrap.main([use]) == 0
    assert [call[1:3] for call in calls] == [
        ["-m", "venv"],
        ["-m", "pip"],
        ["-m", "venv"],
        ["-m", "pip"],
        ["ci", "--no-audit"],
        ["run", "build"],
    ]
    calls.clear()
    assert bootstrap.main([use]) == 0
    assert calls == []


def test_who_has_the_tools_has_what_a_run_needs(calls: Calls) -> None:
    bootstrap.main(["test"])
    calls.clear()
    bootstrap.main(["run"])
    assert calls == []


def test_a_run_installs_no_tools(calls: Calls) -> None:
    bootstrap.main(["run"])
    assert not any(word.endswith("/dev/requirements.txt") for call in calls for word in call)


@pytest.mark.parametrize(
    ("file", "again"),
    [
        ("base.txt", ["pip"]),
        ("dev/aws/requirements.txt", ["pip"]),
        ("web/src/main.ts", ["build"]),
        ("web/package-lock.json", ["ci", "build"]),
    ],
)
def test_only_what_a_changed_file_concerns_is_done_again(
    checkout: Path, calls: Calls, file: str, again: list[str]
) -> None:
    bootstrap.main(["test"])
    calls.clear()
    (checkout / file).write_text("changed==2\n")
    assert bootstrap.main(["test"]) == 0
    assert [next(word for word in ("venv", "pip", "ci", "build") if word in call) for call in calls] == again


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full"),
        ("npm error ENOSPC: write", "The disk is full"),
        ("NewConnectionError: Temporary failure in name resolution", "can't be reached"),
        ("npm error code ENOTFOUND", "can't be reached"),
        ("SSL: CERTIFICATE_VERIFY_FAILED", "PIP_CERT"),
        ("ERROR: something else", "the last:\n  ERROR: something else"),
    ],
)
def test_a_command_that_fails_is_told_in_a_sentence(checkout: Path, words: str, sentence: str) -> None:
    bootstrap.LOG.parent.mkdir(parents=True)
    failing = [sys.executable, "-c", f"import sys; sys.exit({words!r})"]
    with pytest.raises(bootstrap.Refusal, match=sentence):
        bootstrap._call(failing, checkout, os.environ)


def test_a_full_disk_is_noticed_before_anything_is_installed(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "FIRST_INSTALL_BYTES", 10**18)
    assert bootstrap.main(["tools"]) == 1
    assert "The disk is too full" in capsys.readouterr().err
    assert not (checkout / ".venv").exists()


def test_a_python_without_venv_is_told_what_brings_it(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ensurepip", None)
    assert bootstrap.main(["tools"]) == 1
    assert "This Python lacks ensurepip" in capsys.readouterr().err


def test_a_python_that_is_too_old_says_so(
    checkout: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "OLDEST_PYTHON", (9, 9))
    monkeypatch.setattr(bootstrap, "_newer_python", lambda: None)
    assert bootstrap.main(["tools"]) == 1
    assert "needs Python 9.9 or newer and this is 3." in capsys.readouterr().err


def test_an_older_python_can_read_it() -> None:
    ast.parse(SOURCE.read_text(), feature_version=(3, 8))


def test_it_imports_nothing_that_is_not_pythons_own() -> None:
    bare: list[str | Path] = [sys.executable, "-I", "-S", SOURCE]
    told = subprocess.run(bare, capture_output=True, text=True, check=False, timeout=30)
    assert told.returncode == 2
    assert told.stderr.startswith("usage: ")


@pytest.mark.parametrize("uses", [[], ["dance"], ["--help"]])
def test_an_unknown_use_is_answered_with_those_there_are(uses: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert bootstrap.main(uses) == 2
    assert "run|test|tools|web|npm" in capsys.readouterr().err


@pytest.fixture
def path_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    """Puts a program that prints something onto an otherwise empty PATH."""
    folder = tmp_path / "path"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def put(name: str, prints: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\necho {prints}\n")
        (folder / name).chmod(0o755)

    return put


@pytest.mark.parametrize(("version", "is_taken"), [("v22.19.0", True), ("v24.1.2", True), ("v20.20.2", False)])
def test_the_machines_node_is_taken_when_it_is_recent_enough(
    path_with: Callable[[str, str], None], version: str, is_taken: bool
) -> None:
    path_with("npm", "11")
    path_with("node", version)
    assert (bootstrap._own_node() is not None) is is_taken


def test_a_node_without_npm_is_none(path_with: Callable[[str, str], None]) -> None:
    path_with("node", "v24.1.2")
    assert bootstrap._own_node() is None


def test_without_a_browser_the_one_command_is_told(
    path_with: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "_has_playwright_one", lambda: False)
    with pytest.raises(bootstrap.Refusal, match=r"run `sudo sh -c 'apt-get update && apt-get install"):
        bootstrap._find_browser()
