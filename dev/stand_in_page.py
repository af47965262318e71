"""How a page of a stand-in looks that somebody clicks on in another service's place."""

from html import escape

_SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; }}
section, form.card {{ border: 1px solid color-mix(in srgb, currentColor 20%, transparent); border-radius: .5rem;
  padding: 1.25rem; margin: 1rem 0; }}
fieldset {{ border: 0; margin: 0 0 1rem; padding: 0; }}
legend, h2 {{ font-size: 1rem; font-weight: 600; padding: 0; margin: 0 0 .5rem; }}
section > p:first-child {{ margin-top: 0; }}
label {{ display: block; padding: .3rem 0; }}
small {{ opacity: .7; }}
table {{ width: 100%; border-collapse: collapse; }}
td {{ padding: .25rem 0; vertical-align: top; }}
td:last-child {{ text-align: right; }}
input:not([type=radio], [type=checkbox]), select {{ display: block; width: 100%; box-sizing: border-box; font: inherit;
  padding: .4rem .5rem; }}
button {{ font: inherit; padding: .45rem 1rem; }}
[role=alert] {{ border-left: .25rem solid #c0392b; padding-left: .75rem; }}
</style>
</head>
<body>
<h1>{title}</h1>
{body}
</body>
</html>
"""


def stand_in_page(title: str, body: str) -> str:
    """A whole page; the title is text, the body HTML."""
    return _SHELL.format(title=escape(title), body=body)
