"""The pages somebody clicks on instead of Stripe's: Checkout, the Customer Portal, an invoice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from dev.stand_in_page import stand_in_page
from dev.stripe.objects.cards import CARDS
from dev.stripe.world import Thing

_COUNTRIES = ("DE", "AT", "FR", "NL", "ES", "IT", "PL", "IE", "BE", "SE", "US", "GB")
_STANDS_IN = "<p>This stands in for Stripe on this machine. No card here is real, and no money moves.</p>"


def checkout(session: Thing, customer: Thing | None, trouble: str = "") -> str:
    """The page of a session: what is bought, with which card, from where."""
    if session["status"] != "open":
        return refusal(f"This checkout is {session['status']}.")
    address = (customer or {}).get("address") or {}
    body = (
        f"{_STANDS_IN}{_alert(trouble)}<section><h2>What is bought</h2><table>{_sold(session)}</table></section>"
        f'<form class="card" method="post">{_cards("Card")}'
        f"{_field('full_name', 'Name', (customer or {}).get('name'))}"
        f"{_field('email', 'E-mail', (customer or {}).get('email') or session['customer_email'])}"
        f"{_countries(address.get('country') or 'DE')}"
        f"{_field('vat_id', 'VAT id, if it is a business', '') if session['tax_id_collection']['enabled'] else ''}"
        '<p><button name="decision" value="pay">Subscribe</button> '
        '<button name="decision" value="cancel">Back without buying</button></p></form>'
    )
    return stand_in_page("Checkout", body)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What a customer's own page shows. `products`: names by id."""

    subscriptions: Sequence[Thing]
    invoices: Sequence[Thing]
    card: Thing | None
    products: Mapping[str, str]


def portal(session: Thing, customer: Thing, account: Account, trouble: str = "") -> str:
    """A customer's own page."""
    kept = f"•••• {account.card['card']['last4']}" if account.card else "none"
    parts = [
        _STANDS_IN,
        _alert(trouble),
        f"<p>{escape(customer['name'] or customer['email'] or customer['id'])}</p>",
        *(_subscription(each, account.products) for each in account.subscriptions),
        f'<form class="card" method="post"><h2>Card: {kept}</h2>{_cards("Pay with another from now on")}',
        '<button name="decision" value="card">Use this card</button></form>',
        f"<section><h2>Invoices</h2><table>{''.join(map(_invoice_row, account.invoices))}</table></section>",
    ]
    if session["return_url"]:
        parts.append(f'<p><a href="{escape(session["return_url"])}">Return to Wireroom</a></p>')
    return stand_in_page("Billing", "".join(parts))


def invoice(shown: Thing) -> str:
    """One invoice, line by line."""
    rows = "".join(
        f"<tr><td>{escape(each['description'])}</td><td>{_money(each['amount'], each['currency'])}</td></tr>"
        for each in shown["lines"]["data"]
    )
    taxes = sum(each["amount"] for each in shown["total_taxes"])
    ends = (("Tax", taxes), ("Total", shown["total"]), ("Paid", shown["amount_paid"]))
    ending = "".join(f"<tr><td>{name}</td><td>{_money(sum_, shown['currency'])}</td></tr>" for name, sum_ in ends)
    body = f"{_STANDS_IN}<section><p>Status: {shown['status']}</p><table>{rows}{ending}</table></section>"
    return stand_in_page(f"Invoice {shown['number'] or ''}", body)


def refusal(reason: str) -> str:
    """A page that says why there is nothing to do."""
    return stand_in_page("Nothing to do here", f"{_STANDS_IN}<p>{escape(reason)}</p>")


def _alert(trouble: str) -> str:
    return f'<p role="alert">{escape(trouble)}</p>' if trouble else ""


def _sold(session: Thing) -> str:
    return "".join(
        f"<tr><td>{each['quantity']} × {escape(each['description'])}<br>"
        f"<small>each {escape(each['price']['recurring']['interval'])}</small></td>"
        f"<td>{_money(each['amount_total'], each['currency'])}</td></tr>"
        for each in session["_line_items"]
    )


def _cards(legend: str) -> str:
    choices = "".join(
        f'<label><input type="radio" name="number" value="{card.number}"{" checked" if place == 0 else ""}> '
        f"{' '.join(card.number[at : at + 4] for at in range(0, 16, 4))} <small>{card.says}</small></label>"
        for place, card in enumerate(CARDS)
    )
    return f"<fieldset><legend>{legend}</legend>{choices}</fieldset>"


def _countries(chosen: str) -> str:
    options = "".join(f"<option{' selected' if each == chosen else ''}>{each}</option>" for each in _COUNTRIES)
    return f'<label>Country<select name="country">{options}</select></label>'


def _field(name: str, label: str, value: str | None) -> str:
    return f'<label>{label}<input name="{name}" value="{escape(value or "")}"></label>'


def _subscription(each: Thing, products: Mapping[str, str]) -> str:
    ends = each["cancel_at_period_end"]
    said = "ends" if ends else "renews"
    bought = [(item["quantity"], products[item["price"]["product"]]) for item in each["items"]["data"]]
    what = ", ".join(f"{quantity} × {escape(name)}" for quantity, name in bought)
    decision, label = ("renew", "Renew after all") if ends else ("cancel", "Cancel at the end of the period")
    until = each["items"]["data"][0]["current_period_end"]
    return (
        f'<form class="card" method="post"><h2>{what}</h2><p>{each["status"]}; {said} {_day(until)}</p>'
        f'<input type="hidden" name="subscription" value="{each["id"]}">'
        f'<button name="decision" value="{decision}">{label}</button></form>'
    )


def _invoice_row(each: Thing) -> str:
    pay = ""
    if each["status"] == "open":
        pay = (
            f'<form method="post"><input type="hidden" name="invoice" value="{each["id"]}">'
            '<button name="decision" value="pay">Pay now</button></form>'
        )
    link = f'<a href="../invoices/{each["id"]}">{escape(each["number"] or "draft")}</a>'
    return (
        f"<tr><td>{link}<br><small>{_day(each['created'])}, {each['status']}</small></td>"
        f"<td>{_money(each['total'], each['currency'])}{pay}</td></tr>"
    )


def _money(minor: int, currency: str) -> str:
    return f"{minor / 100:,.2f} {currency.upper()}"


def _day(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%d %B %Y}"
