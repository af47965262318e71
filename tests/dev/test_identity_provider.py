"""The local identity provider: whom it lets in, what it refuses, and what it says in each provider's own way."""

import base64
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from dev.identity_provider.dialects import DIALECTS, TENANT, Dialect
from dev.identity_provider.grants import s256
from dev.identity_provider.server import CLIENT_ID, Provider, configuration

SECRET = "the application's own"
RETURN_TO = "http://localhost:8480/sign-in/return/"
VERIFIER = "v" * 43
GOOGLE, MICROSOFT, LINKEDIN, FACEBOOK = DIALECTS
OPENID = (GOOGLE, MICROSOFT, LINKEDIN)

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def client() -> AsyncIterator[Client]:
    provider = Provider(client_secret=SECRET, return_to=RETURN_TO)
    async with TestClient(TestServer(provider.application())) as opened:
        yield opened


def named(dialect: Dialect) -> str:
    return dialect.name


def asking(dialect: Dialect, **changes: str) -> dict[str, str]:
    """What an application sends a browser to the authorize endpoint with."""
    return {
        "client_id": CLIENT_ID,
        "redirect_uri": f"{RETURN_TO}{dialect.name}",
        "response_type": "code",
        "state": "the state",
        "nonce": "the nonce",
        "code_challenge": s256(VERIFIER),
        "code_challenge_method": "S256",
    } | changes


async def go(client: Client, dialect: Dialect, form: dict[str, str] | None = None, **changes: str) -> dict[str, str]:
    """Be somebody at a provider; returns what the browser is sent back with."""
    chosen = {"decision": "allow", "email": "ann@example.com", "full_name": "Ann", "email_verified": "yes"}
    answer = await client.post(
        f"/{dialect.name}{dialect.paths.authorize}",
        params=asking(dialect, **changes),
        data=chosen if form is None else form,
        allow_redirects=False,
    )
    assert answer.status == 302
    back = urlsplit(answer.headers["Location"])
    assert f"{back.scheme}://{back.netloc}{back.path}" == f"{RETURN_TO}{dialect.name}"
    return {name: values[0] for name, values in parse_qs(back.query).items()}


async def redeem(client: Client, dialect: Dialect, code: str, **changes: str) -> tuple[int, Any]:
    """Exchange a code; returns status and JSON."""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": f"{RETURN_TO}{dialect.name}",
        "client_id": CLIENT_ID,
        "client_secret": SECRET,
        "code_verifier": VERIFIER,
    } | changes
    answer = await client.post(f"/{dialect.name}{dialect.paths.token}", data=form)
    return answer.status, await answer.json()


def claims_of(id_token: str) -> dict[str, Any]:
    payload = id_token.split(".")[1]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    return found


def base_of(client: Client, dialect: Dialect) -> str:
    return str(client.make_url(f"/{dialect.name}"))


@pytest.mark.parametrize("dialect", DIALECTS, ids=named)
async def test_a_page_asks_who_one_is(client: Client, dialect: Dialect) -> None:
    page = await client.get(f"/{dialect.name}{dialect.paths.authorize}", params=asking(dialect))
    text = await page.text()
    assert page.status == 200
    assert f"Sign in with {dialect.title}" in text
    assert "maya@wireroom.localhost" in text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("dialect", DIALECTS, ids=named)
async def test_whoever_goes_on_is_sent_back_with_a_code_and_the_state(client: Client, dialect: Dialect) -> None:
    back = await go(client, dialect)
    assert back["state"] == "the state"
    status, tokens = await redeem(client, dialect, back["code"])
    assert (status, tokens["token_type"]) == (200, "Bearer")


async def test_whoever_cancels_is_sent_back_without(client: Client) -> None:
    assert await go(client, GOOGLE, {"decision": "deny"}) == {"error": "access_denied", "state": "the state"}


@pytest.mark.parametrize(
    "change",
    [
        {"client_id": "other"},
        {"redirect_uri": "https://evil.example/"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
    ],
    ids=lambda change: next(iter(change)),
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_request_that_does_not_fit_is_sent_back_to_nobody(
    client: Client, method: str, change: dict[str, str]
) -> None:
    answer = await client.request(
        method, f"/google{GOOGLE.paths.authorize}", params=asking(GOOGLE, **change), allow_redirects=False
    )
    assert answer.status == 400
    assert "Location" not in answer.headers


@pytest.mark.parametrize(
    "change",
    [
        {"code_verifier": "w" * 43},
        {"code_verifier": ""},
        {"redirect_uri": f"{RETURN_TO}microsoft"},
        {"code": "made up"},
    ],
    ids=["other verifier", "no verifier", "other address", "other code"],
)
async def test_a_code_is_good_only_for_whoever_began_with_it(client: Client, change: dict[str, str]) -> None:
    code = (await go(client, GOOGLE))["code"]
    status, refusal = await redeem(client, GOOGLE, **({"code": code} | change))
    assert (status, refusal["error"]) == (400, "invalid_grant")


async def test_a_code_is_good_once(client: Client) -> None:
    code = (await go(client, GOOGLE))["code"]
    assert (await redeem(client, GOOGLE, code))[0] == 200
    assert (await redeem(client, GOOGLE, code))[0] == 400


async def test_a_code_of_one_provider_is_none_of_another(client: Client) -> None:
    code = (await go(client, GOOGLE))["code"]
    assert (await redeem(client, MICROSOFT, code))[0] == 400


async def test_the_application_shows_its_secret(client: Client) -> None:
    code = (await go(client, GOOGLE))["code"]
    status, refusal = await redeem(client, GOOGLE, code, client_secret="guessed")
    assert (status, refusal["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("dialect", OPENID, ids=named)
async def test_discovery_names_the_endpoints(client: Client, dialect: Dialect) -> None:
    base = base_of(client, dialect)
    configured = json.loads(configuration(base.rpartition("/")[0], SECRET))[dialect.name]["issuer"]
    found = await (await client.get(urlsplit(configured).path + "/.well-known/openid-configuration")).json()
    keys = await (await client.get(urlsplit(found["jwks_uri"]).path)).json()
    assert found["token_endpoint"] == base + dialect.paths.token
    assert [key["alg"] for key in keys["keys"]] == ["RS256"]
    assert found["issuer"] == (f"{base}/{{tenantid}}/v2.0" if dialect is MICROSOFT else configured)


@pytest.mark.parametrize("is_verified", [True, False])
@pytest.mark.parametrize(
    ("dialect", "claim", "said"),
    [
        (GOOGLE, "email_verified", {True: True, False: False}),
        (LINKEDIN, "email_verified", {True: "true", False: "false"}),
        (MICROSOFT, "xms_edov", {True: True, False: None}),
    ],
    ids=["google", "linkedin", "microsoft"],
)
async def test_each_vouches_for_an_address_in_its_own_way(
    client: Client, dialect: Dialect, claim: str, said: dict[bool, object], is_verified: bool
) -> None:
    form = {"decision": "allow", "email": "ann@example.com"} | ({"email_verified": "yes"} if is_verified else {})
    _, tokens = await redeem(client, dialect, (await go(client, dialect, form))["code"])
    claims = claims_of(tokens["id_token"])
    assert (claims["email"], claims.get(claim)) == ("ann@example.com", said[is_verified])


async def test_linkedin_forgets_the_nonce_and_the_others_do_not(client: Client) -> None:
    said = {}
    for dialect in OPENID:
        _, tokens = await redeem(client, dialect, (await go(client, dialect))["code"])
        said[dialect.name] = claims_of(tokens["id_token"]).get("nonce")
    assert said == {"google": "the nonce", "microsoft": "the nonce", "linkedin": None}


async def test_microsoft_s_issuer_is_the_directory_s(client: Client) -> None:
    _, tokens = await redeem(client, MICROSOFT, (await go(client, MICROSOFT))["code"])
    assert claims_of(tokens["id_token"])["iss"] == f"{base_of(client, MICROSOFT)}/{TENANT}/v2.0"


async def test_facebook_tells_who_it_is_to_whoever_holds_token_and_secret(client: Client) -> None:
    _, tokens = await redeem(client, FACEBOOK, (await go(client, FACEBOOK))["code"])
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    proof = hmac.new(SECRET.encode(), tokens["access_token"].encode(), hashlib.sha256).hexdigest()
    asked = {"fields": "id,name,email", "appsecret_proof": proof}
    shown = await client.get("/facebook/me", params=asked, headers=bearer)
    refused = await client.get("/facebook/me", params=asked | {"appsecret_proof": "guessed"}, headers=bearer)
    assert (await shown.json())["email"] == "ann@example.com"
    assert refused.status == 401
    assert "id_token" not in tokens


async def test_userinfo_is_for_the_bearer(client: Client) -> None:
    _, tokens = await redeem(client, GOOGLE, (await go(client, GOOGLE))["code"])
    path = f"/google{GOOGLE.paths.userinfo}"
    known = await client.get(path, headers={"Authorization": f"Bearer {tokens['access_token']}"})
    assert (await known.json())["sub"] == claims_of(tokens["id_token"])["sub"]
    assert (await client.get(path)).status == 401


async def test_somebody_is_the_same_at_every_sign_in_and_another_at_every_provider(client: Client) -> None:
    subjects = []
    for dialect in (GOOGLE, GOOGLE, LINKEDIN):
        _, tokens = await redeem(client, dialect, (await go(client, dialect))["code"])
        subjects.append(claims_of(tokens["id_token"])["sub"])
    assert subjects[0] == subjects[1] != subjects[2]


async def test_a_fault_strikes_as_often_as_it_was_ordered(client: Client) -> None:
    await client.post("/faults", json={"fault": "away", "times": 2})
    statuses = [(await client.get(f"/google{GOOGLE.paths.discovery}")).status for _ in range(3)]
    assert statuses == [503, 503, 200]
