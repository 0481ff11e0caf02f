"""How nouns and verbs become HTTP: a proposal of this project, since IEC 61968-100 has no such mapping."""

from __future__ import annotations

from typing import Literal
from urllib.parse import quote

from cimforge.ir.service import EventVerb, RequestVerb, Service
from cimforge.ir.value import Struct

Method = Literal["post", "put"]
Body = Literal["document", "target", "query"]

_HTTP: dict[RequestVerb, tuple[Method, str, Body]] = {
    "create": ("post", "", "document"),
    "change": ("put", "", "document"),
    # Not DELETE: it would need content, which many gateways refuse (RFC 9110, 9.3.5).
    "delete": ("post", "/delete", "target"),
    "get": ("post", "/query", "query"),
    "cancel": ("post", "/cancel", "target"),
    "close": ("post", "/close", "target"),
    "execute": ("post", "/execute", "document"),
}
"""By verb, in the order of the documents: method, what follows the noun, what the body must hold."""

_PURPOSE: dict[str, str] = {
    "create": "asks for new objects",
    "change": "asks for changes to existing objects",
    "delete": "asks for the removal of objects",
    "get": "asks for objects; it changes nothing",
    "cancel": "stops what is not yet carried out; the objects stay on record",
    "close": "ends the life of objects in good order",
    "execute": "asks for a set of operations as one transaction",
    "created": "reports new objects",
    "changed": "reports changed objects",
    "deleted": "reports removed objects",
    "canceled": "reports what was stopped before it was carried out",
    "closed": "reports objects that came to their end in good order",
    "executed": "reports a set of operations that was carried out",
}


class Endpoint(Struct, frozen=True, kw_only=True):
    """One operation: a verb on a noun, and where HTTP finds it."""

    verb: RequestVerb
    method: Method
    path: str
    operation_id: str
    body: Body
    """``document`` needs a payload; ``target`` names its objects by payload or by ID; ``query`` asks."""


class Event(Struct, frozen=True, kw_only=True):
    """One event: what a subscriber receives."""

    verb: EventVerb
    operation_id: str


def endpoints(service: Service) -> tuple[Endpoint, ...]:
    """The operations of ``service``, in a fixed order of verbs."""
    noun = quote(service.noun, safe="")
    return tuple(
        Endpoint(
            verb=verb,
            method=method,
            path=f"/{noun}{suffix}",
            operation_id=f"{verb}{service.noun}",
            body=body,
        )
        for verb, (method, suffix, body) in _HTTP.items()
        if verb in service.requests
    )


def events(service: Service) -> tuple[Event, ...]:
    """The events of ``service``, as it lists them, each once."""
    return tuple(
        Event(verb=verb, operation_id=f"{verb}{service.noun}") for verb in dict.fromkeys(service.events)
    )


def purpose(verb: RequestVerb | EventVerb) -> str:
    """What a message with this verb does, as the end of a sentence."""
    return _PURPOSE[verb]
