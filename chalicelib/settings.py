"""Every environment variable the Lambdas and the worker share, typed and read in one place."""

import base64
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from chalicelib.kernel import emails
from chalicelib.kernel.records import record

DEFAULT_SHARDS = 16
"""Into how many shards connections are dealt; an installation never changes it."""


class SettingMissing(RuntimeError):
    """A variable the process can't do without is not in the environment; the message names it."""


@record
class Settings:
    """The installation's configuration. Secrets are bytes and never shown by repr."""

    stage: str
    table: str
    keys_table: str
    files_bucket: str
    transit_bucket: str
    kms_key: str
    public_origin: str
    mail_from: str
    contact_to: str
    staff: frozenset[str]
    region: str
    endpoint_url: str | None
    cursor_key: bytes
    id_secret: bytes
    pass_public_key: bytes
    pass_private_key: bytes | None
    origin_secret: str
    shards: int

    def __repr__(self) -> str:
        return f"Settings(stage={self.stage!r}, table={self.table!r}, public_origin={self.public_origin!r})"

    @property
    def is_secure_origin(self) -> bool:
        """Whether people reach us by https: everywhere but on a loopback origin."""
        return self.public_origin.startswith("https://")


def read(environment: Mapping[str, str]) -> Settings:
    """Settings from an environment.

    Raises:
        SettingMissing: naming the variable.
    """

    def need(name: str) -> str:
        try:
            return environment[name]
        except KeyError:
            raise SettingMissing(f"{name} is not set; README.md lists every setting") from None

    private_key = environment.get("WIREROOM_PASS_PRIVATE_KEY")
    return Settings(
        stage=need("WIREROOM_STAGE"),
        table=need("WIREROOM_TABLE"),
        keys_table=need("WIREROOM_KEYS_TABLE"),
        files_bucket=need("WIREROOM_FILES_BUCKET"),
        transit_bucket=need("WIREROOM_TRANSIT_BUCKET"),
        kms_key=need("WIREROOM_KMS_KEY"),
        public_origin=need("WIREROOM_PUBLIC_ORIGIN").rstrip("/"),
        mail_from=need("WIREROOM_MAIL_FROM"),
        contact_to=environment.get("WIREROOM_CONTACT_TO") or need("WIREROOM_MAIL_FROM"),
        staff=_addresses(environment.get("WIREROOM_STAFF", "")),
        region=need("AWS_DEFAULT_REGION"),
        endpoint_url=environment.get("AWS_ENDPOINT_URL"),
        cursor_key=base64.b64decode(need("WIREROOM_CURSOR_KEY")),
        id_secret=base64.b64decode(need("WIREROOM_ID_SECRET")),
        pass_public_key=base64.b64decode(need("WIREROOM_PASS_PUBLIC_KEY")),
        pass_private_key=base64.b64decode(private_key) if private_key else None,
        origin_secret=need("WIREROOM_ORIGIN_SECRET"),
        shards=int(environment.get("WIREROOM_SHARDS", DEFAULT_SHARDS)),
    )


def _addresses(text: str) -> frozenset[str]:
    """E-mail addresses between commas, folded as accounts keep theirs."""
    return frozenset(emails.folded(each) for each in text.split(",") if each.strip())


@cache
def current() -> Settings:
    """The settings of this process, read once."""
    return read(os.environ)


def stream_arn() -> str:
    """The stream of the table, which Chalice wants to know when the app is packaged; empty where nobody packages."""
    return os.environ.get("WIREROOM_STREAM_ARN", "")


def legal_folder() -> Path | None:
    """Where the operator's legal documents lie; None for those that come with the code.

    Asked by itself: documents are read when a process starts, and when it is packaged, before the rest is set.
    """
    folder = os.environ.get("WIREROOM_LEGAL")
    return Path(folder) if folder else None
