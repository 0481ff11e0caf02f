"""What each noun adds to the envelope: its message schemas, its samples, its paths and its webhooks."""

from __future__ import annotations

from html import escape
from typing import Any

from cimforge.emitters.openapi.endpoints import Body, Endpoint, Event, endpoints, events, purpose
from cimforge.emitters.openapi.envelope import (
    CODES_BY_STATUS,
    MESSAGE_NAMESPACE,
    UNREAD,
    Json,
    described,
    message_object,
    reference,
    root,
    several,
)
from cimforge.emitters.openapi.samples import OTHER_MRID, Sample
from cimforge.ir.profile import ProfileSpec
from cimforge.ir.service import Service

_REQUEST_ID = "5b0d1f4a-93c7-4f0e-8a1d-2e6c7b9f0d35"
_REPLY_ID = "e4a7c9d2-5f18-4b36-9c0e-71d3a8b6f524"
_TIME = "2026-01-01T00:00:00Z"
_SCHEMA_BY_BODY: dict[Body, str] = {
    "document": "RequestMessage",
    "target": "TargetMessage",
    "query": "QueryMessage",
}


def message_schemas(service: Service, payload_key: str, namespace: str, version: str) -> dict[str, Json]:
    """The component schemas of the messages of one noun, by key."""
    noun = service.noun
    content: Json = {noun: reference(payload_key)}
    properties: Json = {
        **content,
        "ID": described(several(reference("ID")), "The objects meant, where no document is sent."),
        "Compressed": described({"type": "string"}, "The document, compressed by gzip, in base64."),
        "Format": described({"type": "string"}, "Format of the payload or of what is compressed."),
    }
    found: dict[str, Json] = {}
    if "execute" in service.requests or "executed" in service.events:
        found[f"{noun}Operation"] = message_object(
            {
                "operationId": {"type": "integer"},
                "noun": {"type": "string"},
                "verb": {"type": "string"},
                "elementOperation": {"type": "boolean"},
                **content,
            },
            ("operationId",),
            "One operation of a set.",
        )
        properties["OperationSet"] = message_object(
            {
                "enforceMsgSequence": {"type": "boolean"},
                "enforceTransactionalIntegrity": {"type": "boolean"},
                "Operation": several(reference(f"{noun}Operation")),
            }
        )
    found[f"{noun}Payload"] = message_object(
        properties,
        text=f"Payload of messages about {noun}: the document, or what stands for it.",
        minProperties=1,
    )
    header = {"Header": reference("Header")}
    request = {"Request": reference("Request")}
    payload = {"Payload": reference(f"{noun}Payload")}
    about = f"namespace {namespace}" + (f", version {version}" if version else "")
    requests = {e.body for e in endpoints(service)}
    if "document" in requests:
        found[f"{noun}RequestMessage"] = root(
            "RequestMessage",
            {**header, **request, **payload},
            ("Header", "Payload"),
            f"A request that carries {noun} ({about}).",
        )
    if "target" in requests:
        found[f"{noun}TargetMessage"] = root(
            "RequestMessage",
            {**header, **request, **payload},
            ("Header",),
            f"A request about existing {noun}, named by Payload, by Payload/ID or by Request/ID.",
            anyOf=[{"required": ["Payload"]}, {"required": ["Request"]}],
        )
    if "query" in requests:
        found[f"{noun}QueryMessage"] = root(
            "RequestMessage",
            {**header, **request},
            ("Header",),
            f"A question for {noun}; parameters stand in Request.",
        )
    found[f"{noun}ResponseMessage"] = root(
        "ResponseMessage",
        {**header, "Reply": reference("Reply"), **payload},
        ("Header", "Reply"),
        f"The reply to a request about {noun}.",
    )
    if service.events:
        found[f"{noun}EventMessage"] = root(
            "EventMessage",
            {**header, **payload},
            ("Header", "Payload"),
            f"An event about {noun}.",
        )
    return found


def operations(service: Service, spec: ProfileSpec, sample: Sample | None) -> dict[str, Json]:
    """Path items of one noun, by path."""
    paths: dict[str, Json] = {}
    for endpoint in endpoints(service):
        paths.setdefault(endpoint.path, {})[endpoint.method] = _operation(endpoint, service, spec, sample)
    return paths


def webhooks(service: Service, sample: Sample | None) -> dict[str, Json]:
    """Webhooks of one noun, by name: what a subscriber is sent."""
    return {e.operation_id: {"post": _event(e, service, sample)} for e in events(service)}


def error_responses(noun: str) -> dict[str, Json]:
    """The responses to failed requests, by component key; ``noun`` stands in their samples."""
    found: dict[str, Json] = {}
    for status, (name, text, codes) in CODES_BY_STATUS.items():
        schema = reference("ResponseMessage")
        if status in UNREAD:
            schema = {"anyOf": [schema, reference("FaultMessage")]}
        code, reason = codes[0]
        reply: Json = {"Result": "FAILED", "Error": [{"code": code, "level": "FATAL", "reason": reason}]}
        message = {"Header": _header("reply", noun), "Reply": reply}
        found[name] = {
            "description": text,
            "content": _content(schema, message, _xml("ResponseMessage", message)),
            "x-cim-error-codes": dict(codes),
        }
    return found


def _operation(endpoint: Endpoint, service: Service, spec: ProfileSpec, sample: Sample | None) -> Json:
    noun = service.noun
    schema = reference(f"{noun}{_SCHEMA_BY_BODY[endpoint.body]}")
    scope = "read" if endpoint.body == "query" else "write"
    reply: Json = {"Header": _header("reply", noun), "Reply": {"Result": "OK"}}
    answer = sample if endpoint.body == "query" else None
    if answer:
        reply["Payload"] = {noun: answer.json}
    return {
        "operationId": endpoint.operation_id,
        "summary": f"{endpoint.verb.capitalize()} {noun}",
        "description": f"The verb `{endpoint.verb}` {purpose(endpoint.verb)}.",
        "tags": [noun],
        "security": _security(service, scope),
        "requestBody": {
            "required": True,
            "content": _content(schema, *_request(endpoint, noun, sample)),
        },
        "responses": {
            "200": {
                "description": "The reply; its Result says whether all or a part was done.",
                "content": _content(
                    reference(f"{noun}ResponseMessage"), reply, _xml("ResponseMessage", reply, answer)
                ),
            },
            **_failures(),
        },
        "x-cim-verb": endpoint.verb,
        "x-cim-noun": noun,
        "x-cim-revision": spec.version,
    }


def _event(event: Event, service: Service, sample: Sample | None) -> Json:
    noun = service.noun
    message: Json | None = None
    if sample:
        message = {"Header": _header(event.verb, noun), "Payload": {noun: sample.json}}
    answer: Json = {
        "Header": _header("reply", noun),
        "Reply": {"Result": "OK", "Error": [{"code": "0.3", "level": "INFORM", "reason": "Received"}]},
    }
    return {
        "operationId": event.operation_id,
        "summary": f"{noun} {event.verb}",
        "description": f"The event `{event.verb}` {purpose(event.verb)}.",
        "tags": [noun],
        "security": _security(service, "events"),
        "requestBody": {
            "required": True,
            "content": _content(
                reference(f"{noun}EventMessage"),
                message,
                _xml("EventMessage", message, sample) if message else None,
            ),
        },
        "responses": {
            "200": {
                "description": "The event is received; what comes of it is the subscriber's business.",
                "content": _content(reference("ResponseMessage"), answer, _xml("ResponseMessage", answer)),
            },
            **_failures("400", "401", "403", "422"),
        },
        "x-cim-verb": event.verb,
        "x-cim-noun": noun,
    }


def _request(endpoint: Endpoint, noun: str, sample: Sample | None) -> tuple[Json | None, str | None]:
    """A sample request as JSON and as XML; None where the profile has no sample."""
    message: Json = {"Header": _header(endpoint.verb, noun)}
    payload: Sample | None = None
    if endpoint.body == "query":
        message["Request"] = {
            "StartTime": _TIME,
            "EndTime": "2026-01-02T00:00:00Z",
            "ID": [{"value": OTHER_MRID, "kind": "uuid"}],
        }
    elif endpoint.body == "target":
        message["Request"] = {"ID": [{"value": OTHER_MRID, "kind": "uuid"}]}
    elif sample is None:
        return None, None
    elif endpoint.verb == "execute":
        operation = {"operationId": 1, "noun": noun, "verb": "create", noun: sample.json}
        message["Payload"] = {"OperationSet": {"Operation": [operation]}}
        payload = sample
    else:
        message["Payload"] = {noun: sample.json}
        payload = sample
    return message, _xml("RequestMessage", message, payload)


def _header(verb: str, noun: str) -> Json:
    header: Json = {"Verb": verb, "Noun": noun, "Timestamp": _TIME, "Source": "example"}
    if verb == "reply":
        return {**header, "MessageID": _REPLY_ID, "CorrelationID": _REQUEST_ID}
    return {**header, "MessageID": _REQUEST_ID}


def _content(schema: Json, message: Json | None, xml: str | None) -> Json:
    """Both media types of a message, with the samples that there are."""
    found: Json = {"application/json": {"schema": schema}, "application/xml": {"schema": schema}}
    if message is not None:
        found["application/json"]["examples"] = {"sample": {"value": message}}
    if xml is not None:
        found["application/xml"]["examples"] = {"sample": {"value": xml}}
    return found


def _failures(*only: str) -> Json:
    return {
        status: {"$ref": f"#/components/responses/{name}"}
        for status, (name, _, _) in CODES_BY_STATUS.items()
        if not only or status in only
    }


def _security(service: Service, scope: str) -> list[Json]:
    """Either scheme is enough."""
    return [{"oauth2": [f"{service.group.lower()}.{scope}"]}, {"mutualTLS": []}]


def _xml(element: str, message: Json, payload: Sample | None = None) -> str:
    """``message`` as XML; ``payload`` stands where the JSON form has the noun's document."""
    inner = "".join(_element(k, v, payload) for k, v in message.items())
    return f'<{element} xmlns="{MESSAGE_NAMESPACE}">{inner}</{element}>'


def _element(name: str, value: Any, payload: Sample | None) -> str:
    if isinstance(value, list):
        return "".join(_element(name, item, payload) for item in value)
    if not isinstance(value, dict):
        return f"<{name}>{escape(str(value), quote=False)}</{name}>"
    if payload is not None and value is payload.json:
        return payload.xml
    if name == "ID":
        marks = "".join(f' {k}="{escape(v)}"' for k, v in value.items() if k != "value")
        return f"<ID{marks}>{escape(value['value'], quote=False)}</ID>"
    return f"<{name}>" + "".join(_element(k, v, payload) for k, v in value.items()) + f"</{name}>"
