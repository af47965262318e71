"""Every environment variable the Lambdas and the worker share, typed and read in one place."""

import base64
import json
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from chalicelib.kernel import emails
from chalicelib.kernel.records import record

DEFAULT_SHARDS = 16
"""Into how many shards connections are dealt; an installation never changes it."""


SIGN_IN_PROVIDERS = ("google", "microsoft", "linkedin", "facebook")


class SettingMissing(RuntimeError):
    """A variable the process can't do without is not in the environment; the message names it."""


class SettingUnfit(RuntimeError):
    """A variable has a value nobody can use; the message names it and never shows the value."""


@record
class SignInProvider:
    """What a provider people sign in with knows this installation by. `issuer` is None where the provider's own holds.

    `pkce` is False only where the provider turns the proof down (decision 0020).
    """

    client_id: str
    client_secret: str
    issuer: str | None = None
    pkce: bool = True

    def __repr__(self) -> str:
        return f"SignInProvider(client_id={self.client_id!r}, issuer={self.issuer!r})"


PRICES = ("basic_month", "basic_year", "pro_month", "pro_year", "extra_month", "extra_year")
"""What is sold: a seat of a plan or an account more on one, for a month or a year."""
_LIVE_KEYS = ("sk_live_", "rk_live_")


@record
class StripeAccount:
    """The operator's account at Stripe. `prices` has Stripe's price id of each of PRICES.

    `webhook_secrets` are one, or two while one takes the other's place; `api` is set only where a stand-in answers.
    """

    key: str
    webhook_secrets: tuple[str, ...]
    prices: Mapping[str, str]
    api: str | None = None

    def __repr__(self) -> str:
        return f"StripeAccount(prices={self.prices!r}, is_live={self.is_live!r})"

    @property
    def is_live(self) -> bool:
        """Whether real money is moved: Stripe says so in the key itself."""
        return self.key.startswith(_LIVE_KEYS)


@record
class ReminderBot:
    """The operator's bot at Telegram, which tells people what they want to be told there.

    `name` is its username; `api` is set only where a stand-in answers.
    """

    token: str
    name: str
    api: str | None = None

    def __repr__(self) -> str:
        return f"ReminderBot(name={self.name!r})"


_POINT_BYTES, _SCALAR_BYTES = 65, 32


@record
class PushKeys:
    """What push services of browsers know the installation by (RFC 8292), a key pair of the curve P-256.

    `public` is as browsers take it, base64url of the whole point; `private` is None in processes that send nothing.
    `service` is set only where a stand-in takes the place of all services.
    """

    public: str
    private: bytes | None
    service: str | None = None

    def __repr__(self) -> str:
        return f"PushKeys(public={self.public!r})"


@record
class Settings:
    """The installation's configuration. Secrets are bytes and never shown by repr."""

    stage: str
    table: str
    keys_table: str
    files_bucket: str
    transit_bucket: str
    journal_bucket: str
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
    limits_factor: int
    sign_in_providers: Mapping[str, SignInProvider]
    stripe: StripeAccount | None
    bot: ReminderBot | None
    push: PushKeys | None

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
        journal_bucket=need("WIREROOM_JOURNAL_BUCKET"),
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
        limits_factor=int(environment.get("WIREROOM_LIMITS_FACTOR", "1")),
        sign_in_providers=_sign_in_providers(environment.get("WIREROOM_SIGN_IN_PROVIDERS", "")),
        stripe=_stripe(environment),
        bot=_bot(environment),
        push=_push(environment),
    )


def _addresses(text: str) -> frozenset[str]:
    """E-mail addresses between commas, folded as accounts keep theirs."""
    return frozenset(emails.folded(each) for each in text.split(",") if each.strip())


def _sign_in_providers(text: str) -> dict[str, SignInProvider]:
    """`{"google": {"client_id": …, "client_secret": …, "issuer": …, "pkce": …}, …}`; the last two may be left out."""
    unfit = SettingUnfit("WIREROOM_SIGN_IN_PROVIDERS is not what README.md says of it")
    try:
        found = {name: SignInProvider(**given) for name, given in json.loads(text or "{}").items()}
    except (ValueError, TypeError, AttributeError):
        raise unfit from None
    if not all(name in SIGN_IN_PROVIDERS and _is_usable(each) for name, each in found.items()):
        raise unfit
    return found


def _is_usable(provider: SignInProvider) -> bool:
    """Whether it is whole, and spoken to by https; by http only on this machine."""
    issuer = "https://its.own" if provider.issuer is None else provider.issuer
    texts: tuple[object, ...] = (provider.client_id, provider.client_secret, issuer)
    if not all(isinstance(text, str) and text for text in texts) or not isinstance(provider.pkce, bool):
        return False
    found = urlsplit(issuer)
    return found.scheme == "https" or (found.scheme == "http" and found.hostname in ("localhost", "127.0.0.1"))


def _stripe(environment: Mapping[str, str]) -> StripeAccount | None:
    """The account at Stripe; None where the installation sells nothing."""
    key = environment.get("WIREROOM_STRIPE_KEY", "")
    if not key:
        return None
    unfit = SettingUnfit("WIREROOM_STRIPE_PRICES is not what README.md says of it")
    try:
        prices = json.loads(environment.get("WIREROOM_STRIPE_PRICES") or "{}")
        given = {kind: prices[kind] for kind in PRICES}
    except (ValueError, TypeError, KeyError):
        raise unfit from None
    if len(set(map(str, given.values()))) < len(PRICES) or not all(isinstance(each, str) for each in given.values()):
        raise unfit
    secrets = environment.get("WIREROOM_STRIPE_WEBHOOK_SECRETS", "").split(",")
    return StripeAccount(
        key=key,
        webhook_secrets=tuple(secret.strip() for secret in secrets if secret.strip()),
        prices=given,
        api=environment.get("WIREROOM_STRIPE_API") or None,
    )


def _bot(environment: Mapping[str, str]) -> ReminderBot | None:
    """The bot; None where the installation has none."""
    token, name = environment.get("WIREROOM_BOT_TOKEN", ""), environment.get("WIREROOM_BOT_NAME", "")
    if not token:
        return None
    if not name:
        raise SettingUnfit("WIREROOM_BOT_TOKEN is set, and WIREROOM_BOT_NAME is not")
    return ReminderBot(token=token, name=name.removeprefix("@"), api=environment.get("WIREROOM_BOT_API") or None)


def _push(environment: Mapping[str, str]) -> PushKeys | None:
    """The keys; None where the installation has none, and browsers are told nothing while they are closed."""
    public, private = environment.get("WIREROOM_PUSH_PUBLIC_KEY", ""), environment.get("WIREROOM_PUSH_PRIVATE_KEY", "")
    if not public:
        return None
    if len(_key_in("WIREROOM_PUSH_PUBLIC_KEY", public)) != _POINT_BYTES:
        raise SettingUnfit("WIREROOM_PUSH_PUBLIC_KEY is no whole point of P-256")
    scalar = _key_in("WIREROOM_PUSH_PRIVATE_KEY", private) if private else None
    if scalar is not None and len(scalar) != _SCALAR_BYTES:
        raise SettingUnfit("WIREROOM_PUSH_PRIVATE_KEY is not 32 bytes")
    service = environment.get("WIREROOM_PUSH_SERVICE", "").rstrip("/") or None
    return PushKeys(public=public, private=scalar, service=service)


def _key_in(variable: str, text: str) -> bytes:
    """What base64url without padding says."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise SettingUnfit(f"{variable} is not base64url") from None


@cache
def current() -> Settings:
    """The settings of this process, read once."""
    return read(os.environ)


def stream_arn() -> str:
    """The stream of the table, which Chalice wants to know when the app is packaged; empty where nobody packages."""
    return os.environ.get("WIREROOM_STREAM_ARN", "")


def billing_queue() -> str:
    """The name of the queue of billing events, which Chalice, too, wants to know when the app is packaged."""
    return os.environ.get("WIREROOM_BILLING_QUEUE", "wireroom-billing-events.fifo")


def legal_folder() -> Path | None:
    """Where the operator's legal documents lie; None for those that come with the code.

    Asked by itself: documents are read when a process starts, and when it is packaged, before the rest is set.
    """
    folder = os.environ.get("WIREROOM_LEGAL")
    return Path(folder) if folder else None


@cache
def tenant_role() -> str:
    """The role whose credentials are fenced to one workspace; empty where the guard is the only fence."""
    return os.environ.get("WIREROOM_TENANT_ROLE", "")
