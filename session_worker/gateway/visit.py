"""One admitted socket, and the proof, again and again, that its visitor still belongs here."""

import asyncio
from collections.abc import Mapping
from typing import Any, Final

from chalicelib.kernel.errors import Fact, Unavailable
from session_worker.gateway.admission import Admission, Visitor
from session_worker.gateway.conversation import Conversation

RENEWAL_S: Final = 15 * 60
"""A browser renews every 10 minutes; a socket that has not for this long is closed."""
PROOF_PATIENCE: Final = 5
"""So often in a row the table may fail to say whether a visitor still belongs before the socket is closed."""


class Visit:
    """One admitted socket."""

    def __init__(self, conversation: Conversation, visitor: Visitor, admission: Admission, *, check_s: float) -> None:
        self.visitor = visitor
        self._conversation = conversation
        self._admission = admission
        self._check_s = check_s
        self._asked = asyncio.Event()
        self._renewed_at = asyncio.get_running_loop().time()

    def push(self, event: Mapping[str, Any]) -> None:
        """Send an event."""
        self._conversation.push(event)

    def end(self, reason: str) -> None:
        """Have it closed."""
        self._conversation.end(reason)

    def check_now(self) -> None:
        """Prove the visitor's standing before the next period does."""
        self._asked.set()

    async def renew(self, presented: str) -> None:
        """Take another pass. Raises PassRefused when it is not good or not this visitor's."""
        await self._admission.renew(self.visitor, presented)
        self._renewed_at = asyncio.get_running_loop().time()

    async def watch(self) -> None:
        """Prove the visitor's standing again and again, until it no longer holds; then end the socket."""
        failures = 0
        while failures < PROOF_PATIENCE:
            await self._pause()
            if asyncio.get_running_loop().time() - self._renewed_at > RENEWAL_S:
                self.end("not-renewed")
                return
            try:
                await self._admission.prove(self.visitor)
                failures = 0
            except Unavailable:
                failures += 1
            except Fact as refusal:
                self.end(refusal.code)
                return
        self.end("unproven")

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._check_s):
                await self._asked.wait()
        except TimeoutError:
            pass
        self._asked.clear()
