"""Codes of ``Reply/Error/code`` and what they say, in our own words.

Source: a public implementation of the IEC 61968-100 and IEC 61968-9 code list (secondary, see
`CONFIDENCE`), of which it is known for some codes only that parameters do not match. Numbers missing
from a category are unassigned there. The list is open: the schema of IEC 61968-100 leaves codes to
related standards and to local implementations, so an unknown code is legal.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from cimforge.ir.service import Confidence
from cimforge.ir.value import Struct

CONFIDENCE: Confidence = "secondary"


class ErrorCode(Struct, frozen=True, kw_only=True):
    """One code of the list."""

    code: str
    text: str
    metering_only: bool = False
    """Meaningful only where meters, reading types or their systems are the subject (IEC 61968-9)."""

    @property
    def category(self) -> int:
        """Number before the dot, a key of `CATEGORIES`."""
        return int(self.code.partition(".")[0])


CATEGORIES: Mapping[int, str] = MappingProxyType(
    {
        0: "no error",
        1: "element missing or malformed",
        2: "parameter invalid",
        3: "too many values",
        4: "request aborted",
        5: "application error",
        6: "business rule",
        7: "security",
    }
)

_TEXTS = (
    ("0.0", "No error"),
    ("0.1", "Partial result, more follows in other messages"),
    ("0.2", "Partial result, nothing more follows"),
    ("0.3", "Received: a simple acknowledgement"),
    ("1.5", "Mandatory header elements are missing"),
    ("1.6", "Mandatory request elements are missing"),
    ("1.7", "Mandatory payload elements are missing"),
    ("1.8", "The message does not validate against its schema"),
    ("1.9", "The revision named in the header is not supported"),
    ("2.4", "Unknown or invalid meter"),
    ("2.5", "Unknown or invalid noun"),
    ("2.6", "Unknown or invalid reading type"),
    ("2.9", "Unknown or invalid verb"),
    ("2.10", "The reading type is not supported"),
    ("2.12", "Unknown or invalid usage point"),
    ("2.13", "Meter and usage point do not belong together"),
    ("2.14", "Unknown or invalid source"),
    ("2.15", "Unknown or invalid request id"),
    ("2.16", "Unknown or invalid service location"),
    ("2.17", "Parameters that do not belong together"),
    ("2.18", "Parameters that do not belong together"),
    ("2.19", "Unknown or invalid customer account"),
    ("2.20", "Unknown or invalid service supplier"),
    ("2.21", "Parameters that do not belong together"),
    ("2.22", "Unknown or invalid customer"),
    ("2.23", "Parameters that do not belong together"),
    ("2.24", "Unknown or invalid customer agreement"),
    ("2.25", "Parameters that do not belong together"),
    ("2.26", "Parameters that do not belong together"),
    ("2.27", "Parameters that do not belong together"),
    ("2.28", "Parameters that do not belong together"),
    ("2.29", "The objects are not related in the way the message says"),
    ("2.30", "Unknown or invalid communication module"),
    ("2.31", "Unknown or invalid service category"),
    ("2.32", "Unknown or invalid usage point location"),
    ("2.33", "Unknown or invalid pricing structure"),
    ("3.1", "Too many items in one request"),
    ("3.2", "Too many requests are pending"),
    ("4.1", "The request timed out"),
    ("5.1", "Activity is too high to serve the request now"),
    ("5.2", "The request could not be attempted"),
    ("5.3", "The request was attempted and failed"),
    ("5.4", "Several kinds of error occurred"),
    ("5.5", "The meter data management system has no such reading types"),
    ("5.6", "The metering system has no such reading types"),
    ("5.7", "The data is not available"),
    ("5.8", "Fields that this request needs are missing"),
    ("5.9", "Aborted to keep the transaction whole"),
    ("6.1", "Cancelled by a business rule"),
    ("6.2", "Held by a business rule"),
    ("6.3", "Released by a business rule"),
    ("6.4", "Rescheduled by a business rule"),
    ("6.5", "Cancelled by a user"),
    ("7.1", "Authentication failed for now, try again"),
    ("7.2", "Authentication is required"),
    ("7.3", "The authentication mechanism is too weak"),
    ("7.4", "Authentication failed"),
    ("7.5", "Not authorised for this request"),
    ("7.6", "The request must be encrypted"),
    ("7.7", "The request violates a security policy"),
)
_METERING = frozenset(("2.4", "2.6", "2.10", "2.13", "2.17", "2.18", "2.30", "5.5", "5.6"))

ERROR_CODES: tuple[ErrorCode, ...] = tuple(
    ErrorCode(code=code, text=text, metering_only=code in _METERING) for code, text in _TEXTS
)
"""Every code, by category, then number."""

ERROR_TEXT_BY_CODE: Mapping[str, str] = MappingProxyType(dict(_TEXTS))
"""Short text of each code."""
