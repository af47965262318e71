"""The provider's endpoints: discovery, keys, the authorize page, tokens, userinfo; and the door faults come in by."""

import asyncio
import base64
import hmac
import json
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import unquote, urlencode

from aiohttp import web

from dev.identity_provider import pages
from dev.identity_provider.dialects import DIALECTS, TENANT, Dialect, Facebook
from dev.identity_provider.faults import Fault, Faults
from dev.identity_provider.grants import Grant, GrantRefused, Grants, Wish
from dev.identity_provider.people import Person, person
from dev.identity_provider.tokens import Signer

CLIENT_ID = "wireroom-local"
ID_TOKEN_LIFE_S = 3_600
_TOO_LARGE_BYTES = 5_000_000
_LONG_S = 60.0


class Provider:
    """All four, behind one port.

    `client_secret` is what the application must show; `return_to` what its `redirect_uri` begins with, up to the name
    of the provider.
    """

    def __init__(self, *, client_secret: str, return_to: str) -> None:
        self.faults = Faults()
        self.signer = Signer(self.faults)
        self.grants = Grants()
        self._secret = client_secret
        self._return_to = return_to

    def application(self) -> web.Application:
        """The aiohttp application."""
        app = web.Application(middlewares=[self._go_wrong])
        for dialect in DIALECTS:
            desk = Desk(dialect, self, self._secret, f"{self._return_to}{dialect.name}")
            app.add_routes(desk.routes())
        app.router.add_post("/faults", self._add_fault)
        app.router.add_delete("/faults", self._clear_faults)
        return app

    async def _add_fault(self, request: web.Request) -> web.Response:
        """`{"fault": <one of Fault>, "times": 1}`."""
        asked = await request.json()
        self.faults.add(Fault(asked["fault"]), int(asked.get("times", 1)))
        return web.Response(status=204)

    async def _clear_faults(self, _: web.Request) -> web.Response:
        self.faults.clear()
        return web.Response(status=204)

    @web.middleware
    async def _go_wrong(self, request: web.Request, handler: Callable[[web.Request], Any]) -> web.StreamResponse:
        """Faults of the line, on whatever the application asks for itself."""
        if request.path == "/faults" or _is_for_people(request):
            answer: web.StreamResponse = await handler(request)
            return answer
        if self.faults.strikes(Fault.SLOW):
            await asyncio.sleep(_LONG_S)
        if self.faults.strikes(Fault.AWAY):
            return web.Response(status=503, text="come back later")
        if self.faults.strikes(Fault.NONSENSE):
            return web.Response(text="<html>It works!</html>", content_type="text/html")
        if self.faults.strikes(Fault.ELSEWHERE):
            raise web.HTTPTemporaryRedirect(request.rel_url.update_query(elsewhere="yes"))
        answered: web.Response = await handler(request)
        if self.faults.strikes(Fault.TOO_LARGE):
            answered.text = (answered.text or "") + " " * _TOO_LARGE_BYTES
        return answered


class Desk:
    """The endpoints of one provider."""

    def __init__(self, dialect: Dialect, provider: Provider, secret: str, redirect_uri: str) -> None:
        self._dialect = dialect
        self._provider = provider
        self._secret = secret
        self._redirect_uri = redirect_uri

    def routes(self) -> list[web.RouteDef]:
        """Its addresses."""
        folder, paths = f"/{self._dialect.name}", self._dialect.paths
        routes = [
            web.get(folder + paths.authorize, self.choose),
            web.post(folder + paths.authorize, self.decide),
            web.post(folder + paths.token, self.token),
            web.get(folder + paths.userinfo, self.userinfo),
        ]
        if paths.discovery:
            routes += [web.get(folder + paths.discovery, self.discovery), web.get(folder + paths.keys, self.keys)]
        return routes

    async def discovery(self, request: web.Request) -> web.Response:
        """Source: OpenID Connect Discovery 1.0, 3."""
        base, paths = self._base(request), self._dialect.paths
        is_other = self._provider.faults.strikes(Fault.OTHER_DISCOVERY)
        return web.json_response(
            {
                "issuer": "https://issuer.invalid" if is_other else self._dialect.declared_issuer(base),
                "authorization_endpoint": base + paths.authorize,
                "token_endpoint": base + paths.token,
                "userinfo_endpoint": base + paths.userinfo,
                "jwks_uri": base + paths.keys,
                "response_types_supported": ["code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def keys(self, request: web.Request) -> web.Response:
        """The keys that sign now."""
        is_other = self._provider.faults.strikes(Fault.OTHER_DIRECTORY)
        owner = self._dialect.declared_issuer(self._base(request))
        return web.json_response(
            self._provider.signer.key_set(owner.replace("{tenantid}", TENANT[::-1]) if is_other else owner)
        )

    async def choose(self, request: web.Request) -> web.Response:
        """Ask who one is; 400 for what may not be sent back to anybody."""
        refused = self._unfit(request.query)
        if refused:
            return _page(pages.refusal(self._dialect.title, refused), status=400)
        return _page(pages.choosing(self._dialect.title, vouches=self._dialect.vouches))

    async def decide(self, request: web.Request) -> web.Response:
        """Send the browser back with a code, or with `access_denied`."""
        asked, form = request.query, await request.post()
        refused = self._unfit(asked)
        if refused:
            return _page(pages.refusal(self._dialect.title, refused), status=400)
        if form.get("decision") != "allow":
            return self._back(asked, {"error": "access_denied"})
        wish = Wish(
            provider=self._dialect.name,
            redirect_uri=asked["redirect_uri"],
            challenge=asked["code_challenge"],
            nonce=asked.get("nonce", ""),
        )
        chosen = _chosen(self._dialect.name, {name: str(value) for name, value in form.items()})
        return self._back(asked, {"code": self._provider.grants.issue_code(wish, chosen)})

    async def token(self, request: web.Request) -> web.Response:
        """Redeem a code. Source: RFC 6749, 4.1.3, with RFC 7636, 4.6."""
        form = {name: str(value) for name, value in (await request.post()).items()}
        if not self._is_our_application(request, form):
            return self._refuse("invalid_client", "The application is not known, or its secret is wrong.", 401)
        if form.get("grant_type") != "authorization_code":
            return self._refuse("unsupported_grant_type", "Only authorization_code is.", 400)
        try:
            grant, access_token = self._provider.grants.redeem(
                form.get("code", ""),
                provider=self._dialect.name,
                redirect_uri=form.get("redirect_uri", ""),
                verifier=form.get("code_verifier", ""),
            )
        except GrantRefused as reason:
            return self._refuse("invalid_grant", str(reason), 400)
        answer = {"access_token": access_token, "token_type": "Bearer", "expires_in": ID_TOKEN_LIFE_S}
        if self._dialect.paths.keys and not self._provider.faults.strikes(Fault.NO_ID_TOKEN):
            answer["id_token"] = self._id_token(grant, self._base(request))
        return web.json_response(answer)

    async def userinfo(self, request: web.Request) -> web.Response:
        """Who the bearer of an access token is; Facebook's shows what its `fields` ask for."""
        access_token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        holder = self._provider.grants.holder(access_token, self._dialect.name)
        if holder is None or not self._is_proven(request, access_token):
            return self._refuse("invalid_token", "The access token is not good.", 401)
        said = self._dialect.claims(holder)
        if isinstance(self._dialect, Facebook):
            fields = {"id", *request.query.get("fields", "id,name").split(",")}
            said = {name: value for name, value in said.items() if name in fields}
        return web.json_response(said)

    def _id_token(self, grant: Grant, base: str) -> str:
        strikes, now = self._provider.faults.strikes, int(time.time())
        age_s = 2 * ID_TOKEN_LIFE_S if strikes(Fault.EXPIRED) else 0
        claims = self._dialect.claims(grant.person) | {
            "iss": "https://issuer.invalid" if strikes(Fault.WRONG_ISSUER) else self._dialect.issuer(base),
            "aud": "somebody-else" if strikes(Fault.WRONG_AUDIENCE) else CLIENT_ID,
            "iat": now - age_s,
            "exp": now - age_s + ID_TOKEN_LIFE_S,
        }
        if strikes(Fault.WRONG_NONCE):
            claims["nonce"] = "of another sign-in"
        elif self._dialect.echoes_nonce and not strikes(Fault.NO_NONCE):
            claims["nonce"] = grant.wish.nonce
        return self._provider.signer.signed(claims)

    def _unfit(self, asked: Mapping[str, str]) -> str:
        """What is wrong with an authorize request; empty where nothing is."""
        wanted = {
            "client_id": CLIENT_ID,
            "redirect_uri": self._redirect_uri,
            "response_type": "code",
            "code_challenge_method": "S256",
        }
        for name, value in wanted.items():
            if asked.get(name) != value:
                return f"{name} is {asked.get(name, 'missing')}; it should be {value}."
        return "" if asked.get("code_challenge") else "code_challenge is missing."

    def _is_our_application(self, request: web.Request, form: Mapping[str, str]) -> bool:
        shown_id, shown_secret = form.get("client_id", ""), form.get("client_secret", "")
        kind, _, packed = request.headers.get("Authorization", "").partition(" ")
        if kind == "Basic":
            shown_id, _, shown_secret = base64.b64decode(packed).decode().partition(":")
            shown_id, shown_secret = unquote(shown_id), unquote(shown_secret)
        return shown_id == CLIENT_ID and hmac.compare_digest(shown_secret.encode(), self._secret.encode())

    def _is_proven(self, request: web.Request, access_token: str) -> bool:
        """Facebook wants to see that whoever shows a token holds the secret, too."""
        if not isinstance(self._dialect, Facebook):
            return True
        proof = hmac.new(self._secret.encode(), access_token.encode(), "sha256").hexdigest()
        return hmac.compare_digest(request.query.get("appsecret_proof", ""), proof)

    def _refuse(self, error: str, reason: str, status: int) -> web.Response:
        refusal: dict[str, Any] = {"error": error, "error_description": reason}
        if isinstance(self._dialect, Facebook):
            refusal = {"error": {"message": reason, "type": "OAuthException", "code": 100}}
        return web.json_response(refusal, status=status)

    def _back(self, asked: Mapping[str, str], answer: dict[str, str]) -> web.Response:
        state = {"state": asked["state"]} if "state" in asked else {}
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode(answer | state)}")

    def _base(self, request: web.Request) -> str:
        return f"{request.scheme}://{request.host}/{self._dialect.name}"


def _chosen(provider: str, form: Mapping[str, str]) -> Person:
    email = (form.get("other_email") or form.get("email", "")).strip()
    return person(
        provider,
        email=email,
        full_name=form.get("full_name", ""),
        is_email_verified=form.get("email_verified") == "yes",
        subject=form.get("subject", ""),
    )


def _is_for_people(request: web.Request) -> bool:
    return any(request.path == f"/{dialect.name}{dialect.paths.authorize}" for dialect in DIALECTS)


def _page(html: str, status: int = 200) -> web.Response:
    headers = {
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
    }
    return web.Response(text=html, status=status, content_type="text/html", headers=headers)


def configuration(base: str, client_secret: str) -> str:
    """What WIREROOM_SIGN_IN_PROVIDERS says of a provider at this address, such as `http://localhost:8487`."""
    return json.dumps(
        {
            dialect.name: {
                "client_id": CLIENT_ID,
                "client_secret": client_secret,
                "issuer": f"{base}/{dialect.name}{dialect.paths.configured}",
            }
            for dialect in DIALECTS
        }
    )
