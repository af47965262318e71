"""Codes of authenticator apps: TOTP with SHA-1, 30 s and 6 digits, which is what every such app can do.

Source: RFC 6238. pyotp is imported where a code is: few requests see one, and each start would wait for it
(decision 0009).
"""

import base64
import hmac
import secrets
from datetime import datetime
from typing import Final

STEP_S: Final = 30
DRIFT_STEPS: Final = 1
"""How many steps a clock may be off, either way."""
_SECRET_BYTES: Final = 20
"""160 bits, as long as a SHA-1. Source: RFC 4226, 4, R6."""
_ISSUER: Final = "Wireroom"


def new_secret() -> str:
    """A fresh secret as apps take it: 32 letters of base32."""
    return base64.b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def uri(secret: str, account: str) -> str:
    """What the picture that an app scans says; `account` is how the app lists it."""
    from pyotp import TOTP

    return TOTP(secret, interval=STEP_S, name=account, issuer=_ISSUER).provisioning_uri()


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """The time step whose code this is: the present one, or one beside it; None where it is neither's.

    All of them are compared whatever matches, so that the time taken says nothing.
    """
    from pyotp import TOTP

    totp = TOTP(secret, interval=STEP_S)
    now = int(at.timestamp()) // STEP_S
    digits = code.replace(" ", "").encode()
    steps = range(now - DRIFT_STEPS, now + DRIFT_STEPS + 1)
    found = [step for step in steps if hmac.compare_digest(totp.generate_otp(step).encode(), digits)]
    return found[-1] if found else None
