"""Faults as data: which requests go wrong, how, and how often."""

from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase

from dev.telegram.refusals import Refused
from dev.telegram.tl import Tl


class FaultUnclear(ValueError):
    """A fault must do exactly one thing."""


@dataclass(slots=True, kw_only=True, eq=False)
class Fault:
    """What happens to matching requests, each time until `times` is used up (None: until removed).

    `method`: glob over names like `messages.SendMessage`. One of `error` (with its own code unless `code` is given),
    `delay_s`, `drop` (no answer, ever), `cut` (the line breaks) and `half` (half of the answer's bytes, then the line
    breaks; the effect is there, as an answer needs it). `after_effect`: the request is carried out first, and only its
    answer suffers; without it nothing happens in the world, except after a delay. `when`: a further condition on the
    request.
    """

    method: str = "*"
    user_id: int | None = None
    error: str | None = None
    code: int | None = None
    delay_s: float = 0.0
    drop: bool = False
    cut: bool = False
    half: bool = False
    after_effect: bool = False
    times: int | None = None
    when: Callable[[Tl], bool] | None = None

    def __post_init__(self) -> None:
        if sum((self.error is not None, self.delay_s > 0, self.drop, self.cut, self.half)) != 1:
            raise FaultUnclear("give exactly one of error, delay_s, drop, cut and half")

    @property
    def refusal(self) -> Refused | None:
        """The error it answers, if that is what it does."""
        return Refused(self.error, self.code) if self.error else None

    def strikes(self, method: str, user_id: int | None, request: Tl) -> bool:
        """Whether it is about this request."""
        return (
            fnmatchcase(method, self.method)
            and self.user_id in (None, user_id)
            and (self.when is None or self.when(request))
        )


@dataclass(slots=True)
class Faults:
    """The faults in force; the first that strikes wins."""

    standing: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> Fault:
        """Put a fault in force."""
        self.standing.append(fault)
        return fault

    def clear(self) -> None:
        """From now on all is well."""
        self.standing.clear()

    def strike(self, method: str, user_id: int | None, request: Tl) -> Fault | None:
        """The fault of this request, if any, with one of its times used up."""
        fault = next((one for one in self.standing if one.strikes(method, user_id, request)), None)
        if fault is not None and fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                self.standing.remove(fault)
        return fault
