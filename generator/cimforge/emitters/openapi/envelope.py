"""The message envelope of IEC 61968-100 edition 1 as JSON Schemas.

Elements, their order and their occurrence are those of the edition's message schema; that they are
written as JSON, attributes as members and text as ``value``, is this project's proposal. Elements of
other namespaces, which may follow in Header, Request and Reply, are members whose key has a prefix.
"""

from __future__ import annotations

from typing import Any

MESSAGE_NAMESPACE = "http://iec.ch/TC57/2011/schema/message"

Json = dict[str, Any]

VERBS = (
    *("cancel", "canceled", "change", "changed", "create", "created", "close", "closed"),
    *("delete", "deleted", "get", "reply", "execute", "executed"),
)

_INVALID = ("1.8", "The message does not validate against its schema")

CODES_BY_STATUS: dict[str, tuple[str, str, tuple[tuple[str, str], ...]]] = {
    "400": (
        "BadRequest",
        "The message cannot be understood.",
        (
            ("1.5", "Mandatory header elements are missing"),
            ("1.6", "Mandatory request elements are missing"),
            ("1.7", "Mandatory payload elements are missing"),
            ("1.9", "The revision named in the header is not supported"),
            ("2.5", "The noun does not belong to this path"),
            ("2.9", "The verb does not belong to this path"),
        ),
    ),
    "401": (
        "Unauthorized",
        "The caller is not known.",
        (
            ("7.2", "Authentication is required"),
            ("7.1", "Authentication failed for now, try again"),
            ("7.4", "Authentication failed"),
        ),
    ),
    "403": (
        "Forbidden",
        "The caller may not do this, or not in this way.",
        (
            ("7.5", "Not authorised for this request"),
            ("7.3", "The authentication mechanism is too weak"),
            ("7.6", "The request must be encrypted"),
            ("7.7", "The request violates a security policy"),
        ),
    ),
    "404": (
        "NotFound",
        "No such object is known here.",
        (("5.7", "The data is not available"), ("2.5", "Unknown or invalid noun")),
    ),
    "406": ("NotAcceptable", "The reply has neither of the forms asked for.", (_INVALID,)),
    "413": ("TooLarge", "The message is too large.", (("3.1", "Too many items in one request"),)),
    "415": ("UnsupportedMediaType", "The message is in none of the forms offered.", (_INVALID,)),
    "422": (
        "Unprocessable",
        "The message is understood, but its content is not acceptable.",
        (
            _INVALID,
            ("2.29", "The objects are not related in the way the message says"),
            ("3.1", "Too many items in one request"),
            ("5.8", "Fields that this request needs are missing"),
        ),
    ),
    "429": ("TooManyRequests", "The caller asks too often.", (("3.2", "Too many requests are pending"),)),
    "500": (
        "Failed",
        "The request was attempted and failed.",
        (("5.3", "The request was attempted and failed"), ("5.4", "Several kinds of error occurred")),
    ),
    "501": (
        "NotImplemented",
        "The operation is not implemented here.",
        (("5.2", "The request could not be attempted"),),
    ),
    "503": (
        "Unavailable",
        "The operation cannot be served now.",
        (("5.1", "Activity is too high to serve the request now"),),
    ),
    "504": ("TimedOut", "No answer came in time.", (("4.1", "The request timed out"),)),
}
"""By HTTP status: name and description of the response, and error codes with their meaning.

Which code goes with which status is this project's proposal; the codes are those of the public code
list of IEC 61968-100 and -9 (secondary source).
"""

_FOREIGN: Json = {"^[A-Za-z_][A-Za-z0-9_.-]*:": {"description": "An element of another namespace."}}
UNREAD = frozenset(("400", "406", "413", "415"))
"""Statuses that may come before the header of a request is read: the answer may be a FaultMessage."""

_STRING: Json = {"type": "string"}
_DATE_TIME: Json = {"type": "string", "format": "date-time"}
_BOOLEAN: Json = {"type": "boolean"}
_INTEGER: Json = {"type": "integer"}


def reference(name: str) -> Json:
    """A reference to the component schema ``name``."""
    return {"$ref": f"#/components/schemas/{name}"}


def several(items: Json) -> Json:
    """An array of any length."""
    return {"type": "array", "items": items}


def described(schema: Json, text: str) -> Json:
    """``schema`` with a description."""
    return {**schema, "description": text}


def message_object(properties: Json, required: tuple[str, ...] = (), text: str = "", **more: Any) -> Json:
    """A closed object of the message namespace."""
    schema: Json = {"type": "object"}
    if text:
        schema["description"] = text
    schema["properties"] = properties
    if required:
        schema["required"] = list(required)
    schema["additionalProperties"] = False
    schema.update(more)
    return schema


def root(name: str, properties: Json, required: tuple[str, ...], text: str, **more: Any) -> Json:
    """A message: the document element ``name`` in XML, the object itself in JSON."""
    xml = {"name": name, "namespace": MESSAGE_NAMESPACE}
    return message_object(properties, required, text, **more, xml=xml)


def _attribute(text: str, **more: Any) -> Json:
    return {"type": "string", **more, "description": text, "xml": {"attribute": True}}


def envelope_schemas() -> dict[str, Json]:
    """The component schemas that the messages of every noun share."""
    return {
        "Header": message_object(
            {
                "Verb": {"type": "string", "enum": list(VERBS), "description": "What the message does."},
                "Noun": described(_STRING, "Name of the profile that the payload follows."),
                "Revision": described(_STRING, "Revision of that profile."),
                "ReplayDetection": reference("ReplayDetection"),
                "Context": described(
                    _STRING, "What the data is for: PRODUCTION, TESTING, TRAINING or another."
                ),
                "Timestamp": described(_DATE_TIME, "When the application made the message."),
                "Source": described(_STRING, "System that sends the message."),
                "AsyncReplyFlag": described(_BOOLEAN, "The reply goes to ReplyAddress later."),
                "ReplyAddress": described(_STRING, "Where an asynchronous reply goes: URL, topic or queue."),
                "AckRequired": described(_BOOLEAN, "An acknowledgement is asked for."),
                "User": reference("User"),
                "MessageID": described(_STRING, "Identifies this message."),
                "CorrelationID": described(_STRING, "In a reply: MessageID of the request."),
                "Comment": _STRING,
                "Property": several(reference("MessageProperty")),
            },
            ("Verb", "Noun"),
            "Header of every message (IEC 61968-100 edition 1; the JSON form is this project's).",
            patternProperties=_FOREIGN,
        ),
        "ReplayDetection": message_object({"Nonce": _STRING, "Created": _DATE_TIME}, ("Nonce", "Created")),
        "User": message_object({"UserID": _STRING, "Organization": _STRING}, ("UserID",)),
        "MessageProperty": message_object({"Name": _STRING, "Value": _STRING}, ("Name",)),
        "Request": message_object(
            {
                "StartTime": described(_DATE_TIME, "Start of the time asked for."),
                "EndTime": described(_DATE_TIME, "End of the time asked for."),
                "Option": several(reference("Option")),
                "ID": several(reference("ID")),
            },
            text="Parameters of a request.",
            patternProperties=_FOREIGN,
        ),
        "Option": message_object({"name": _STRING, "value": _STRING}, ("name",)),
        "ID": message_object(
            {
                "value": described(_STRING, "The identifier; in XML the text of the element."),
                "idType": _attribute("Kind of identifier, in the words of its authority."),
                "idAuthority": _attribute("Who gave the identifier."),
                "kind": _attribute("What it is.", enum=["name", "uuid", "transaction", "other"]),
                "objectType": _attribute("Class of the object identified."),
            },
            ("value",),
            "An identifier.",
        ),
        "Reply": message_object(
            {
                "Result": {
                    "type": "string",
                    "enum": ["OK", "PARTIAL", "FAILED"],
                    "description": "Whether all, a part or nothing of what was asked is done.",
                },
                "Error": several(reference("Error")),
                "ID": several(reference("ID")),
                "operationId": described(_INTEGER, "Operation of an operation set that this reply is for."),
            },
            ("Result",),
            "Outcome of a request.",
            patternProperties=_FOREIGN,
        ),
        "Error": message_object(
            {
                "code": described(_STRING, "Code of IEC 61968-100, of a related standard, or a local one."),
                "level": {"type": "string", "enum": ["INFORM", "WARNING", "FATAL", "CATASTROPHIC"]},
                "reason": described(_STRING, "What is wrong."),
                "details": _STRING,
                "xpath": described(_STRING, "Where; a qualified name in the standard's schema."),
                "stackTrace": _STRING,
                "Location": reference("Location"),
                "ID": reference("ID"),
                "relatedID": reference("ID"),
                "object": {**reference("ErrorObject"), "deprecated": True},
                "operationId": _INTEGER,
            },
            ("code",),
            "One error, warning or piece of information.",
        ),
        "Location": message_object({"node": _STRING, "pipeline": _STRING, "stage": _STRING}),
        "ErrorObject": message_object(
            {"mRID": _STRING, "Name": several(reference("ErrorObjectName")), "objectType": _STRING},
            text="The object that an error is about. Superseded by ID.",
            deprecated=True,
        ),
        "ErrorObjectName": message_object(
            {
                "name": _STRING,
                "NameType": message_object(
                    {
                        "name": _STRING,
                        "description": _STRING,
                        "NameTypeAuthority": message_object(
                            {"name": _STRING, "description": _STRING}, ("name",)
                        ),
                    },
                    ("name",),
                ),
            },
            ("name",),
            deprecated=True,
        ),
        "ResponseMessage": root(
            "ResponseMessage",
            {"Header": reference("Header"), "Reply": reference("Reply")},
            ("Header", "Reply"),
            "A reply without payload.",
        ),
        "FaultMessage": root(
            "FaultMessage",
            {"Reply": reference("Reply")},
            ("Reply",),
            "The answer to a message so broken that its header cannot be read.",
        ),
    }
