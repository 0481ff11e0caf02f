"""Verbs of IEC 61968-100 edition 1, and which message archetype each may stand in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, get_args

from cimforge.ir.service import EventVerb, RequestVerb
from cimforge.ir.value import Struct

Archetype = Literal["RequestMessage", "ResponseMessage", "EventMessage", "FaultMessage"]
Part = Literal["Header", "Request", "Reply", "Payload"]

REQUEST_VERBS: tuple[RequestVerb, ...] = get_args(RequestVerb)
EVENT_VERBS: tuple[EventVerb, ...] = get_args(EventVerb)
REPLY_VERB = "reply"
"""The verb of every ResponseMessage."""

EVENT_BY_REQUEST: Mapping[RequestVerb, EventVerb | None] = MappingProxyType(
    {
        "create": "created",
        "change": "changed",
        "cancel": "canceled",
        "close": "closed",
        "delete": "deleted",
        "execute": "executed",
        "get": None,
    }
)
"""The event that reports what a request verb asks for. A query reports nothing.

The enumeration spells ``canceled`` with one l; CIM's ``WorkStatusKind`` spells ``cancelled``. Both
are right where they stand.
"""


class Pairing(Struct, frozen=True, kw_only=True):
    """What one archetype may and must hold (domain rule: legal pairing of verb and archetype)."""

    archetype: Archetype
    use: Literal["query", "transaction", "reply", "event", "fault"]
    verbs: tuple[str, ...]
    """Empty where the archetype has no header and so no verb."""
    required: tuple[Part, ...]
    usual: tuple[Part, ...] = ()
    """Optional in the schema, expected in practice."""
    forbidden: tuple[Part, ...] = ()


PAIRINGS: tuple[Pairing, ...] = (
    Pairing(
        archetype="RequestMessage",
        use="query",
        verbs=("get",),
        required=("Header",),
        usual=("Request",),
        forbidden=("Reply",),
    ),
    Pairing(
        archetype="RequestMessage",
        use="transaction",
        verbs=("create", "change", "cancel", "close", "delete", "execute"),
        required=("Header",),
        usual=("Payload",),
        forbidden=("Reply",),
    ),
    Pairing(
        archetype="ResponseMessage",
        use="reply",
        verbs=(REPLY_VERB,),
        required=("Header", "Reply"),
        usual=("Payload",),
        forbidden=("Request",),
    ),
    Pairing(
        archetype="EventMessage",
        use="event",
        verbs=("created", "changed", "canceled", "closed", "deleted", "executed"),
        required=("Header",),
        usual=("Payload",),
        forbidden=("Request", "Reply"),
    ),
    Pairing(
        archetype="FaultMessage",
        use="fault",
        verbs=(),
        required=("Reply",),
        forbidden=("Header", "Request", "Payload"),
    ),
)
"""Every legal combination, in the order of the archetypes."""
