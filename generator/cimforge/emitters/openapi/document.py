"""OpenAPI documents as plain dicts, and the one dumper that writes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import msgspec

from cimforge.diagnostics import Report
from cimforge.emitters.openapi.envelope import Json, envelope_schemas, several
from cimforge.emitters.openapi.parts import component_key, reference_schema
from cimforge.emitters.openapi.schemas import UnitSchemas
from cimforge.emitters.protocol import Request, Unit
from cimforge.ir.service import Group, Service

if TYPE_CHECKING:
    from cimforge.emitters.openapi.samples import Samples

_MAPPING = (
    "Nouns, verbs, message envelope and error codes follow IEC 61968-100 edition 1. Paths, methods, status "
    "codes, webhooks and the JSON form of the envelope are a proposal of the project that generated this "
    "document: IEC 61968-100 defines none of them."
)
_SERVERS = [{"url": "/", "description": "Where this document is served."}]
_PROJECT = "The profiles are interfaces of the project that generated this document, not profiles of the IEC."


def group_document(
    request: Request, group: Group | None, units: Iterable[Unit], report: Report | None = None
) -> Json:
    """The OpenAPI document of the message units of one group.

    Each unit gives schemas under ``<Noun>.<Class>``; a standard profile also gives operations and
    webhooks. An extended variant gives schemas alone (``<Noun>.<prefix>.<Class>``): its operations
    are those of the standard profile.

    Args:
        request: The build; its name, version and header are used.
        group: The group in the registry; None for a group that the registry does not have.
        units: Message units with a service, all of one group.
        report: Takes CIM735 and CIM738.
    """
    from cimforge.emitters.openapi.messages import error_responses, message_schemas, operations, webhooks
    from cimforge.emitters.openapi.samples import Samples

    report = Report() if report is None else report
    units = tuple(units)
    schemas: dict[str, Json] = {}
    paths: dict[str, Json] = {}
    hooks: dict[str, Json] = {}
    tags: list[Json] = []
    nouns: list[str] = []
    document = f"the OpenAPI document of {group.code if group else 'the group'}"
    for unit in units:
        spec = unit.spec
        assert spec is not None
        assert spec.service is not None
        own = UnitSchemas(unit, _prefixed(unit.name), "Reference", report)
        _add(schemas, own.message_components(), document, report)
        if spec.variant:
            continue
        service, envelope = spec.service, unit.model.envelope
        samples = Samples(own)
        _report_endless(unit, samples, report)
        sample = samples.document()
        namespace = envelope.namespace if envelope else spec.namespace
        messages = message_schemas(service, own.envelope_key, namespace, spec.version)
        variants = _variants(units, service)
        if variants:
            messages[f"{service.noun}Payload"]["x-cim-variants"] = variants
        _add(schemas, messages, document, report)
        _add(paths, operations(service, spec, sample), document, report)
        _add(hooks, webhooks(service, sample), document, report)
        nouns.append(service.noun)
        tags.append({"name": service.noun, **({"description": spec.doc} if spec.doc else {})})
    schemas = {**envelope_schemas(), "Reference": reference_schema(), **schemas}
    result: Json = {
        "openapi": "3.1.0",
        "info": _group_info(request, group, units),
        "servers": _SERVERS,
        "tags": tags,
        "paths": paths,
    }
    if hooks:
        result["webhooks"] = hooks
    code = (
        group.code if group else next((u.spec.service.group for u in units if u.spec and u.spec.service), "")
    )
    result["components"] = {
        "schemas": schemas,
        "responses": error_responses(nouns[0]) if nouns else {},
        "securitySchemes": _security_schemes(code),
    }
    return result


def family_document(request: Request, unit: Unit, report: Report | None = None) -> Json:
    """The OpenAPI document of a family, or of a profile without a service: schemas and no operations.

    Keys are the class names. ``<keyword>.Dataset`` describes the documents of each member profile.
    """
    report = Report() if report is None else report
    reference_key = "Reference"
    names = unit.names["openapi"].by_id
    taken = {names[c.id] for c in unit.model.classifiers}
    while reference_key in taken:
        reference_key += "_"
    schemas: dict[str, Json] = {reference_key: reference_schema()}
    whole = UnitSchemas(unit, component_key, reference_key, report)
    document = f"the OpenAPI document of {unit.name}"
    _add(schemas, whole.components(), document, report)
    for member in unit.members:
        keyword = member.model.profiles[0].keyword if member.model.profiles else member.name
        key = component_key(keyword, "Dataset")
        _add(schemas, {key: _dataset(whole, member)}, document, report)
    title = unit.model.profiles[0].title if len(unit.model.profiles) == 1 else ""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title or f"{unit.name} (schemas)",
            "version": unit.model.version or request.version or "0",
            "description": "Schemas of dataset profiles. A dataset has no operations of its own.",
            **_profiles_info(unit),
        },
        "servers": _SERVERS,
        "paths": {},
        "components": {"schemas": schemas},
    }


def document_data(document: Json) -> bytes:
    """The JSON of a document: keys in their order, two-space indentation, one final newline."""
    try:
        data = msgspec.json.encode(document)
    except UnicodeEncodeError:
        # A lone surrogate, which UTF-8 cannot carry.
        data = msgspec.json.encode(_encodable(document))
    return msgspec.json.format(data, indent=2) + b"\n"


def _variants(units: tuple[Unit, ...], service: Service) -> Json:
    """Extended variants of a noun: by extension prefix, where the schema of its document is."""
    return {
        u.spec.variant: f"#/components/schemas/{component_key(u.name, u.names['openapi'].envelope)}"
        for u in units
        if u.spec and u.spec.variant and u.spec.service and u.spec.service.noun == service.noun
    }


def _prefixed(prefix: str) -> Callable[[str], str]:
    return lambda name: component_key(prefix, name)


def _dataset(whole: UnitSchemas, member: Unit) -> Json:
    """The documents of one member profile, over the schemas of the whole family."""
    envelope = member.model.envelope
    based_on = {c.id: c.meta.based_on for c in member.model.classes}
    wire = member.names["xsd"].by_id
    properties: Json = {}
    for root in envelope.roots if envelope else ():
        target = root.class_ if root.class_ in whole.key_by_id else based_on.get(root.class_)
        if target is not None and target in whole.key_by_id:
            properties[wire[root.class_]] = several(whole.of_class(target))
    return {
        "type": "object",
        **({"description": envelope.doc} if envelope and envelope.doc else {}),
        "properties": properties,
        "additionalProperties": False,
        **({"xml": {"name": envelope.name, "namespace": envelope.namespace}} if envelope else {}),
    }


def _profiles_info(unit: Unit) -> Json:
    profiles = []
    for profile in unit.model.profiles:
        about: Json = {"keyword": profile.keyword}
        for key in ("title", "uri", "version"):
            if getattr(profile, key):
                about[key] = getattr(profile, key)
        profiles.append(about)
    return {"x-cim-profiles": profiles} if profiles else {}


def _group_info(request: Request, group: Group | None, units: tuple[Unit, ...]) -> Json:
    services = [u.spec.service for u in units if u.spec and u.spec.service]
    code = group.code if group else (services[0].group if services else "")
    is_project = any(s.authority == "project" for s in services) or (
        group is not None and group.authority == "project"
    )
    title = " ".join(t for t in (code, group.name if group else "") if t)
    about: Json = {"code": code}
    if group:
        about.update(clause=group.clause, authority=group.authority, confidence=group.confidence)
    profiles: list[Json] = []
    for unit in units:
        spec = unit.spec
        if spec is None or spec.service is None:
            continue
        service = spec.service
        entry: Json = {"noun": service.noun}
        if spec.variant:
            entry["variant"] = spec.variant
        entry.update(namespace=spec.namespace, version=spec.version, authority=service.authority)
        entry["confidence"] = service.confidence
        if service.aligns_with:
            entry["alignsWith"] = service.aligns_with
        profiles.append(entry)
    about["profiles"] = profiles
    words = [group.doc if group else "", _PROJECT if is_project else "", _MAPPING]
    return {
        "title": f"{title} (project interface)" if is_project else title,
        "version": request.version or "0",
        "description": "\n\n".join(w for w in words if w),
        "x-irm-group": about,
    }


def _security_schemes(code: str) -> Json:
    group = code.lower()
    return {
        "oauth2": {
            "type": "oauth2",
            "description": (
                "Client credentials. Errors 7.1, 7.2 and 7.4 come with status 401, the other errors of "
                "category 7 with 403. The address of the token is relative to the server; deployments put "
                "their own."
            ),
            "flows": {
                "clientCredentials": {
                    "tokenUrl": "/oauth2/token",
                    "scopes": {
                        f"{group}.read": "Ask for objects.",
                        f"{group}.write": "Create, change, cancel, close, delete and execute.",
                        f"{group}.events": "Send events to a subscriber.",
                    },
                }
            },
        },
        "mutualTLS": {"type": "mutualTLS", "description": "A client certificate that the server trusts."},
    }


def _report_endless(unit: Unit, samples: Samples, report: Report) -> None:
    circle = samples.endless()
    if circle:
        classes = [unit.index.by_id[c] for c in circle]
        report.add(
            "CIM735",
            at=classes[0].meta.location,
            element=classes[0].id,
            name=classes[0].name,
            path=" > ".join(c.name for c in classes),
        )


def _add(found: dict[str, Json], more: dict[str, Json], document: str, report: Report) -> None:
    """Put ``more`` into ``found``; what is there already stays and is reported."""
    for key, value in more.items():
        if key in found:
            report.add("CIM738", name=key, document=document)
        else:
            found[key] = value


def _encodable(value: Any) -> Any:
    """``value`` with each lone surrogate replaced by U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, dict):
        return {_encodable(k): _encodable(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(v) for v in value]
    return value
