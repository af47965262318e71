"""Somebody who guesses one person's password from more addresses than there are limits for."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from chalicelib.adapters.limits import Limits
from chalicelib.features.sessions.use_cases import Visit
from chalicelib.features.sign_in import use_cases as sign_in
from chalicelib.features.sign_in.model import Challenged, SignIn
from chalicelib.kernel.errors import Fact
from chalicelib.table.proof import Caller
from chalicelib.table.tenant import Installation
from tests.people import PASSWORD, Person


def guessed_from_everywhere(person: Person, tries: int, installation: Installation) -> Counter[type[Fact] | None]:
    """What so many guesses are told, sixteen at once, each from an address of its own; None is a way in."""
    limits = Limits(installation)

    def guess(n: int) -> type[Fact] | None:
        visit = Visit(caller=Caller(address=f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}", device=f"Bot {n}"))
        wrong = SignIn(email=person.email, password=f"guess number {n}")
        try:
            sign_in.sign_in(wrong, visit=visit, installation=installation, limits=limits)
        except Fact as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(16) as pool:
        return Counter(pool.map(guess, range(tries)))


def gets_in_from_a_known_device(person: Person, installation: Installation) -> bool:
    """Whether their own browser is let in with the right password, wherever it is now."""
    known = Visit(
        caller=Caller(address="192.0.2.77", device="Elsewhere"), device_token=person.browser.jar["wireroom-device"]
    )
    right = SignIn(email=person.email, password=PASSWORD)
    entered = sign_in.sign_in(right, visit=known, installation=installation, limits=Limits(installation))
    return not isinstance(entered, Challenged) and entered.user.id == person.user_id
