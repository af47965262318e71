"""What this Stripe refuses with: its error objects. Source: Stripe API reference, "Errors"."""

from typing import Any

INVALID, CARD, IDEMPOTENCY, API = "invalid_request_error", "card_error", "idempotency_error", "api_error"


class Refused(Exception):
    """A request is answered with an error. Nothing of it stays, unless `keeps_effect`."""

    def __init__(
        self, message: str, *, status: int = 400, kind: str = INVALID, code: str = "", param: str = ""
    ) -> None:
        super().__init__(message)
        self.status = status
        self.kind = kind
        self.keeps_effect = False
        self.details: dict[str, Any] = {name: value for name, value in {"code": code, "param": param}.items() if value}

    def body(self) -> dict[str, Any]:
        """The answer's JSON."""
        return {"error": {"type": self.kind, "message": str(self), **self.details}}


class Declined(Refused):
    """A card was asked for money and said no; what that left (an attempt, a failed charge, events) stays."""

    def __init__(self, message: str, *, code: str, decline_code: str) -> None:
        super().__init__(message, status=402, kind=CARD, code=code)
        self.keeps_effect = True
        self.details["decline_code"] = decline_code


def no_such(kind: str, name: str, *, param: str = "") -> Refused:
    """There is no object of that id: 404 where the path names it, 400 where a parameter does."""
    status, param = (400, param) if param else (404, "id")
    return Refused(f"No such {kind}: '{name}'", status=status, code="resource_missing", param=param)


def not_here(what: str, param: str) -> Refused:
    """Stripe does it and this one does not; better refused than silently left out."""
    return Refused(f"The local Stripe does not do this: {what}.", code="parameter_unknown", param=param)
