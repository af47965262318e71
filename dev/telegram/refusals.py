"""What the data centres refuse with: Telegram's error names and the codes that belong to them."""

_CODES = {
    "PHONE_MIGRATE": 303,
    "USER_MIGRATE": 303,
    "NETWORK_MIGRATE": 303,
    "FILE_MIGRATE": 303,
    "AUTH_KEY_DUPLICATED": 406,
    "AUTH_KEY": 401,
    "SESSION": 401,
    "USER_DEACTIVATED": 401,
    "CHAT_WRITE": 403,
    "CHAT_ADMIN": 400,
    "PHONE_PASSWORD_FLOOD": 406,
    "FRESH_RESET": 406,
    "FLOOD": 420,
    "SLOWMODE": 420,
    "FROZEN": 420,
    "TAKEOUT_INIT_DELAY": 420,
    "TAKEOUT_REQUIRED": 403,
    "RANDOM_ID_DUPLICATE": 500,
    "INTERNAL": 500,
    "RPC": 500,
    "INTERDC": 500,
}
_ENDS_NO_LOGIN = ("SESSION_PASSWORD_NEEDED", "PHONE_PASSWORD_FLOOD", "FRESH_RESET")


class Refused(Exception):
    """A request is answered with an error. The world is as it was."""

    def __init__(self, name: str, code: int | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.code = code or code_of(name)

    @property
    def ends_login(self) -> bool:
        """Whether Telegram sends this only when the login is gone, so that every later call gets it too."""
        return self.code in (401, 406) and not self.name.startswith(_ENDS_NO_LOGIN)


def code_of(name: str) -> int:
    """The code Telegram sends with an error of that name: 400 unless it is one of the others."""
    return next((code for prefix, code in _CODES.items() if name.startswith(prefix)), 400)
