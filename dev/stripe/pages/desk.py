"""The pages over HTTP: what is shown, and what a click does."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

from dev.stripe.objects import checkout, portal
from dev.stripe.objects.checkout import Buyer
from dev.stripe.pages import html as pages
from dev.stripe.pages.html import Account
from dev.stripe.wire.refusals import Refused
from dev.stripe.world import Thing, World

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Desk:
    """The pages of a world. Clicks wait for `awake`; `done` sends what they brought about on its way."""

    def __init__(self, world: World, done: Callable[[], None], awake: asyncio.Event) -> None:
        self._world = world
        self._done = done
        self._awake = awake

    def routes(self) -> list[web.RouteDef]:
        """Its addresses, the only ones that the app's own origin passes on."""
        return [
            web.get("/pages/checkout/{name}", _with_refusals(self.checkout)),
            web.post("/pages/checkout/{name}", _with_refusals(self.decide)),
            web.get("/pages/portal/{name}", _with_refusals(self.portal)),
            web.post("/pages/portal/{name}", _with_refusals(self.click)),
            web.get("/pages/invoices/{name}", _with_refusals(self.invoice)),
        ]

    async def checkout(self, request: web.Request) -> web.Response:
        """What is bought."""
        return self._checkout(request.match_info["name"])

    async def decide(self, request: web.Request) -> web.Response:
        """Pay, and go where the product wanted; or go back. A refused card shows the page again."""
        name, form = request.match_info["name"], await _form(request)
        await self._awake.wait()
        session = self._world.get("checkout.session", name)
        if form.get("decision") != "pay":
            raise web.HTTPSeeOther(session["cancel_url"] or session["success_url"])
        try:
            with self._world.change():
                checkout.complete(self._world, name, _buyer(form))
        except Refused as refused:
            return self._checkout(name, refused)
        self._done()
        raise web.HTTPSeeOther(session["success_url"].replace(checkout.PLACE, name))

    async def portal(self, request: web.Request) -> web.Response:
        """A customer's subscriptions, card and invoices."""
        return self._portal(request.match_info["name"])

    async def click(self, request: web.Request) -> web.Response:
        """One of its buttons."""
        name, form = request.match_info["name"], await _form(request)
        await self._awake.wait()
        customer = portal.customer_of(self._world, name)
        try:
            with self._world.change():
                self._act(customer, form)
        except Refused as refused:
            return self._portal(name, refused)
        finally:
            self._done()
        raise web.HTTPSeeOther(name)  # the page again, so that loading it anew repeats nothing

    async def invoice(self, request: web.Request) -> web.Response:
        """One invoice."""
        return _page(pages.invoice(self._world.get("invoice", request.match_info["name"])))

    def _act(self, customer: Thing, form: Mapping[str, str]) -> None:
        decision = form.get("decision")
        if decision == "card":
            portal.change_card(self._world, customer, form.get("number", ""))
        elif decision in ("cancel", "renew"):
            portal.set_ending(self._world, customer, form.get("subscription", ""), ends=decision == "cancel")
        elif decision == "pay":
            portal.pay(self._world, customer, form.get("invoice", ""))

    def _checkout(self, name: str, refused: Refused | None = None) -> web.Response:
        session = self._world.get("checkout.session", name)
        customer = self._world.find(session["customer"]) if session["customer"] else None
        return _page(pages.checkout(session, customer, _said(refused)), _status(refused))

    def _portal(self, name: str, refused: Refused | None = None) -> web.Response:
        world, customer = self._world, portal.customer_of(self._world, name)
        alive = [each for each in world.of("subscription", "customer", customer["id"]) if each["status"] != "canceled"]
        card = customer["invoice_settings"]["default_payment_method"]
        card = card or next((each["default_payment_method"] for each in alive), None)
        shown = pages.portal(
            world.get("billing_portal.session", name),
            customer,
            Account(
                subscriptions=alive,
                invoices=world.of("invoice", "customer", customer["id"])[::-1],
                card=world.find(card) if card else None,
                products={each["id"]: each["name"] for each in world.all("product")},
            ),
            _said(refused),
        )
        return _page(shown, _status(refused))


def _said(refused: Refused | None) -> str:
    return str(refused or "")


def _status(refused: Refused | None) -> int:
    return refused.status if refused else 200


async def _form(request: web.Request) -> dict[str, str]:
    return {name: str(value).strip() for name, value in (await request.post()).items()}


def _buyer(form: Mapping[str, str]) -> Buyer:
    given = {name: form.get(name, "") for name in ("country", "full_name", "email", "vat_id")}
    return Buyer(number=form.get("number", "").replace(" ", ""), **given)


def _page(html: str, status: int = 200) -> web.Response:
    return web.Response(text=html, status=status, content_type="text/html", headers=_HEADERS)


def _with_refusals(handler: Handler) -> Handler:
    """A page that says why, where there is no such session."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except Refused as refused:
            return _page(pages.refusal(str(refused)), status=refused.status)

    return handle
