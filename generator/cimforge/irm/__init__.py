"""The Interface Reference Model of IEC 61968-1 as data: groups, verbs, error codes."""

from cimforge.irm.errors import ERROR_CODES, ERROR_TEXT_BY_CODE, ErrorCode
from cimforge.irm.registry import BOUNDARY, group, groups
from cimforge.irm.verbs import EVENT_BY_REQUEST, EVENT_VERBS, PAIRINGS, REPLY_VERB, REQUEST_VERBS, Pairing

__all__ = [
    "BOUNDARY",
    "ERROR_CODES",
    "ERROR_TEXT_BY_CODE",
    "EVENT_BY_REQUEST",
    "EVENT_VERBS",
    "PAIRINGS",
    "REPLY_VERB",
    "REQUEST_VERBS",
    "ErrorCode",
    "Pairing",
    "group",
    "groups",
]
