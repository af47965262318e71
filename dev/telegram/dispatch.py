"""What to do with each message of a session: containers, service messages, and requests with their faults."""

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telethon.extensions import BinaryReader
from telethon.tl import functions, types
from telethon.tl.core import GzipPacked, MessageContainer

from dev.telegram.connection import Connection
from dev.telegram.faults import Fault
from dev.telegram.keyring import Key
from dev.telegram.limits import Limits
from dev.telegram.methods import METHODS, Call
from dev.telegram.refusals import Refused
from dev.telegram.service import Service
from dev.telegram.tl import Tl
from dev.telegram.wire.results import INVISIBLE_WRAPPERS, method_name, serialised

logger = logging.getLogger(__name__)

_SILENT = (types.MsgsAck, types.MsgsStateInfo)
_SALT_LIVES_S = 3600
_ZIP_FROM = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Request:
    """A request out of its wrappers, on its way to a method."""

    line: Connection
    key: Key
    message_id: int
    name: str
    body: Tl
    takeout_id: int | None
    fault: Fault | None


class Dispatcher:
    """Handles what clients say. One for all data centres of a service; keeps nothing itself."""

    def __init__(self, service: Service, limits: Limits) -> None:
        self._service = service
        self._limits = limits

    def __call__(self, line: Connection, key: Key, message_id: int, message: Tl) -> None:
        """Handle one message; a container is handled member by member."""
        match message:
            case MessageContainer():
                for inner in message.messages:
                    self(line, key, inner.msg_id, inner.obj)
            case GzipPacked():
                self(line, key, message_id, BinaryReader(message.data).tgread_object())
            case functions.PingRequest() | functions.PingDelayDisconnectRequest():
                line.answer(types.Pong(message_id, message.ping_id), is_content=False)
            case functions.GetFutureSaltsRequest():
                now = int(time.time())
                salt = types.FutureSalt(now, now + _SALT_LIVES_S, self._service.salt)
                line.answer(types.FutureSalts(message_id, now, [salt]))
            case functions.DestroySessionRequest():
                line.answer(types.DestroySessionOk(message.session_id))
            case _ if not isinstance(message, _SILENT):
                self._request(line, key, message_id, message)

    def _request(self, line: Connection, key: Key, message_id: int, wrapped: Tl) -> None:
        body, takeout_id = _unwrapped(line, key, wrapped)
        name = method_name(body)
        user_id = key.user_id
        self._service.spoke(line, key)
        self._service.note_call(name, user_id, body)
        fault = self._service.faults.strike(name, user_id, body)
        request = _Request(
            line=line, key=key, message_id=message_id, name=name, body=body, takeout_id=takeout_id, fault=fault
        )
        if fault is None:
            line.answer_request(message_id, self._packed(self._result(request)))
        else:
            self._with_fault(request, fault)

    def _with_fault(self, request: _Request, fault: Fault) -> None:
        done = self._result(request) if fault.after_effect and not fault.half else None
        if fault.cut:
            request.line.cut()
        elif fault.half:
            request.line.answer_half(request.message_id, self._packed(self._result(request)))
        elif fault.refusal is not None:
            if fault.refusal.ends_login:
                self._service.keyring.end(request.key, fault.refusal.name)
            request.line.answer_request(request.message_id, serialised(_error(fault.refusal)))
        elif fault.delay_s:
            self._later(fault.delay_s, lambda: self._answer(request, done))

    def _answer(self, request: _Request, done: Any) -> None:
        result = self._result(request) if done is None else done
        request.line.answer_request(request.message_id, self._packed(result))

    def _later(self, delay_s: float, step: Callable[[], None]) -> None:
        """Delayed requests are carried out even when their line is gone by then, but not while frozen."""
        loop = asyncio.get_running_loop()
        loop.call_later(delay_s, lambda: self._later(0.05, step) if self._service.frozen else step())

    def _result(self, request: _Request) -> Any:
        try:
            return self._carried_out(request)
        except Refused as refused:
            return _error(refused)
        except Exception:  # the border of one request: a bug in a method must not end the client's line
            logger.exception("method failed", extra={"method": request.name})
            return types.RpcError(500, "INTERNAL")

    def _carried_out(self, request: _Request) -> Any:
        key = request.key
        if key.ended == "AUTH_KEY_DUPLICATED":
            raise Refused(key.ended)  # the one end that leaves nothing of the key, not even calls without a login
        method = METHODS.get(request.name)
        if method is None:
            self._service.missing[request.name] += 1
            raise Refused("METHOD_INVALID")
        if method.login and key.user_id is None:
            raise Refused(key.ended or ("SESSION_PASSWORD_NEEDED" if key.pending_id else "AUTH_KEY_UNREGISTERED"))
        if request.takeout_id not in (None, key.takeout_id):
            raise Refused("TAKEOUT_INVALID")
        call = Call(
            service=self._service, line=request.line, key=key, request=request.body, takeout_id=request.takeout_id
        )
        if self._service.rules.limits:
            self._limits.charge(request.name, call)
        return method.run(call)

    def _packed(self, result: Any) -> bytes:
        body = serialised(result)
        if len(body) <= _ZIP_FROM or not self._service.rules.gzip:
            return body
        zipped = bytes(GzipPacked(body))
        return zipped if len(zipped) < len(body) else body


def _unwrapped(line: Connection, key: Key, message: Tl) -> tuple[Tl, int | None]:
    """The request inside, in whatever order it was wrapped, and its takeout; the rest is noted on key and line."""
    line.wants_updates, takeout_id = True, None
    while True:
        match message:
            case functions.InvokeWithLayerRequest():
                key.layer = message.layer
            case functions.InitConnectionRequest():
                key.api_id, key.device, key.app_version = message.api_id, message.device_model, message.app_version
                key.ip = line.ip
            case functions.InvokeWithoutUpdatesRequest():
                line.wants_updates = False
            case functions.InvokeWithTakeoutRequest():
                takeout_id = message.takeout_id
            case _ if not isinstance(message, INVISIBLE_WRAPPERS):
                return message, takeout_id
        message = message.query


def _error(refused: Refused) -> Tl:
    return types.RpcError(refused.code, refused.name)
