"""Names people write: of themselves, workspaces, columns, accounts. Any script will do; control characters will not."""

import unicodedata

from chalicelib.kernel.errors import Blame, Invalid

_REFUSED_CATEGORIES = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that reorder the text around a name. Right-to-left names need none of them."""


class NameInvalid(Invalid):
    """A name is empty, too long, or has characters nobody can see."""

    code = "name-invalid"
    title = "This name can't be used."


def parse(text: str, *, pointer: str, most: int) -> str:
    """The name as it is kept: composed (NFC), trimmed, 1 to `most` characters.

    Raises:
        NameInvalid: blaming `pointer`, a JSON pointer into the request.
    """
    name = unicodedata.normalize("NFC", text).strip()
    if not 1 <= len(name) <= most:
        raise NameInvalid(blames=(Blame(pointer, f"has 1 to {most} characters"),))
    if any(unicodedata.category(letter) in _REFUSED_CATEGORIES or letter in _OVERRIDES for letter in name):
        raise NameInvalid(blames=(Blame(pointer, "has characters that can't be shown"),))
    if all(unicodedata.category(letter) in {"Cf", "Mn", "Zs"} for letter in name):
        raise NameInvalid(blames=(Blame(pointer, "has nothing that can be seen"),))
    return name
