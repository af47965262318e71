"""The page on which somebody chooses who they are, and the one that says what an application did wrong."""

from html import escape

from dev.identity_provider.people import CHOICES
from dev.stand_in_page import stand_in_page

_FORM = """<p>This stands in for {title} on this machine. Nobody checks a password here.</p>
<form class="card" method="post">
<fieldset><legend>Go on as</legend>
{choices}
<label>or as somebody else, with the address
<input type="email" name="other_email"></label>
</fieldset>
{vouching}<button name="decision" value="allow">Continue</button>
<button name="decision" value="deny">Cancel</button>
</form>
"""
_VOUCHING = """<fieldset><legend>What {title} says of the address</legend>
<label><input type="checkbox" name="email_verified" value="yes" checked> it is verified</label>
</fieldset>
"""
_CHOICE = (
    """<label><input type="radio" name="email" value="{email}"{checked}> {name}<br><small>{email}</small></label>"""
)


def choosing(title: str, *, vouches: bool) -> str:
    """The page that asks who one is, and whether its provider `vouches` for the address where it ever does.

    Its form goes back to the address it was opened at.
    """
    choices = "\n".join(
        _CHOICE.format(email=escape(email), name=escape(name), checked=" checked" if place == 0 else "")
        for place, (email, name) in enumerate(CHOICES)
    )
    vouching = _VOUCHING.format(title=title) if vouches else ""
    form = _FORM.format(title=title, choices=choices, vouching=vouching)
    return stand_in_page(f"Sign in with {title}", form)


def refusal(title: str, reason: str) -> str:
    """The page for a request no provider would send back to its application."""
    return stand_in_page(f"{title} can't do that", f"<p>{escape(reason)}</p>")
