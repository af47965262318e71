"""The runbook's table of metrics, from their declarations; what to do about each stands in the runbook's own words."""

from session_worker import metrics

_BEGIN, _END = "<!-- metrics: written by make openapi -->\n", "<!-- end of metrics -->\n"


def written_into(text: str) -> str:
    """The runbook with the table in the place of the one that stands in it."""
    before, _, rest = text.partition(_BEGIN)
    _, _, after = rest.partition(_END)
    rows = (f"| `{each.name}` | {each.kind} | {each.unit} | {each.meaning} |\n" for each in metrics.registered())
    head = "| Metric | Kind | Unit | What it is |\n| --- | --- | --- | --- |\n"
    return f"{before}{_BEGIN}{head}{''.join(rows)}{_END}{after}"
