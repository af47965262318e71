"""The page on which somebody chooses who they are, and the one that says what an application did wrong."""

from html import escape

from dev.identity_provider.people import CHOICES

_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 3rem auto; padding: 0 1rem; }}
form {{ border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem; padding: 1.25rem; }}
fieldset {{ border: 0; margin: 0 0 1rem; padding: 0; }}
legend {{ font-weight: 600; padding: 0; }}
label {{ display: block; padding: .3rem 0; }}
small {{ opacity: .7; }}
input[type=email] {{ display: block; width: 100%; box-sizing: border-box; font: inherit; padding: .4rem .5rem; }}
button {{ font: inherit; padding: .45rem 1rem; }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""
_FORM = """<p>This stands in for {title} on this machine. Nobody checks a password here.</p>
<form method="post">
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
    return _SHELL.format(title=f"Sign in with {title}", body=form)


def refusal(title: str, reason: str) -> str:
    """The page for a request no provider would send back to its application."""
    return _SHELL.format(title=f"{title} can't do that", body=f"<p>{escape(reason)}</p>")
