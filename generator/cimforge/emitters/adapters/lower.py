"""From the units of a request to adapter views: one per IRM group."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from cimforge.diagnostics import Report
from cimforge.emitters.adapters.layout import WIDTH, class_line, commented, import_line, signature
from cimforge.emitters.adapters.view import Adapter, Endpoint, Method, Noun, Runtime
from cimforge.emitters.openapi.endpoints import Endpoint as OpenApiEndpoint
from cimforge.emitters.openapi.endpoints import endpoints, events
from cimforge.emitters.protocol import Request, Unit
from cimforge.emitters.quoting import docstring, string_literal
from cimforge.ir.ids import ElementId
from cimforge.ir.model import Envelope
from cimforge.ir.profile import ProfileSpec
from cimforge.ir.service import Group, RequestVerb, Service
from cimforge.ir.value import Struct, replace

_TAKEN = frozenset(
    (
        *("Answer", "Any", "Binding", "EventMessage", "Header", "ID", "NotAttempted", "OperationSet"),
        *("Publisher", "RequestParameters", "SERVICES", "Service", "_runtime", "annotations"),
    )
)
"""Names that the service module imports."""

_VERB_TEXTS: dict[RequestVerb, str] = {
    "create": "Make the objects in ``payload``; the reply may carry their IDs.",
    "change": "Change the objects in ``payload``.",
    "cancel": "Stop what ``payload`` or ``ids`` name before it is executed; it stays on record.",
    "close": "End what ``payload`` or ``ids`` name in good order.",
    "delete": "Remove what ``payload`` or ``ids`` name.",
    "execute": "Run the steps in ``operations``; `payload_of` gives the payload of one.",
    "get": "Answer a query: the objects that ``request`` asks for, without side effect.",
}


class Offer(Struct, frozen=True, kw_only=True):
    """One noun of a group: the unit that its service is typed with, and what it is."""

    unit: Unit
    spec: ProfileSpec
    service: Service
    envelope: Envelope


class Package(Struct, frozen=True, kw_only=True):
    """One adapter, lowered."""

    view: Adapter
    group: str
    elements: tuple[ElementId, ...]


def lower_runtime(request: Request) -> Runtime:
    """The view of every module of the shared package."""
    return Runtime(header=_one_line(request.header))


def shared_package(request: Request) -> str:
    """Name of the package that all adapters of the build share."""
    return f"{request.name}_adapter"


def lower(request: Request, report: Report) -> Iterator[Package]:
    """One package per IRM group that has a noun to serve, in registry order.

    A noun with one extended variant is typed with the variant, which reads the standard documents
    as well; verbs and events are those of the standard profile. EXT, which IEC 61968-1 leaves without
    interfaces, gets none (EXT-20).
    """
    for group in request.groups:
        units = [u for u in request.units if u.spec and u.spec.service and u.spec.service.group == group.code]
        if units and not group.has_interface:
            for unit in units:
                at = cast(ProfileSpec, unit.spec).location
                report.add("CIM752", at=at, noun=unit.name, group=group.code)
            continue
        offers = tuple(_offers(units, report))
        if offers:
            yield _package(request, group, offers)


def _offers(units: list[Unit], report: Report) -> Iterator[Offer]:
    by_noun: dict[str, list[Offer]] = {}
    for unit in units:
        spec, envelope = unit.spec, unit.model.envelope
        if spec is None or spec.service is None:
            continue
        if envelope is None:
            report.add("CIM750", at=spec.location, noun=spec.service.noun)
            continue
        offer = Offer(unit=unit, spec=spec, service=spec.service, envelope=envelope)
        by_noun.setdefault(spec.service.noun, []).append(offer)
    for noun, found in by_noun.items():
        standard = [o for o in found if not o.spec.variant]
        variants = [o for o in found if o.spec.variant]
        for other in standard[1:]:
            first = standard[0].spec.location
            report.add("CIM753", at=other.spec.location, related=(first,), noun=noun)
        if len(variants) > 1:
            names = ", ".join(o.spec.variant for o in variants)
            report.add("CIM751", at=variants[0].spec.location, noun=noun, variants=names)
        if standard:
            sole = len(variants) == 1
            yield replace(variants[0], service=standard[0].service) if sole else standard[0]
        else:
            report.add("CIM754", at=variants[0].spec.location, noun=noun)


def _package(request: Request, group: Group, offers: tuple[Offer, ...]) -> Package:
    package = f"{request.name}_{group.code.lower()}"
    shared = shared_package(request)
    nouns = tuple(_nouns(request, offers))
    title = f"{group.code}, {group.name} (IEC 61968-1, {group.clause})"
    places = tuple(
        Endpoint(
            verb=string_literal(endpoint.verb),
            noun=string_literal(offer.service.noun),
            method=string_literal(endpoint.method.upper()),
            path=string_literal(endpoint.path),
        )
        for offer in offers
        for endpoint in endpoints(offer.service)
    )
    view = Adapter(
        header=_one_line(request.header),
        package=package,
        shared=shared,
        bindings=request.name,
        group=string_literal(group.code),
        package_literal=string_literal(package),
        bindings_literal=string_literal(request.name),
        package_doc=docstring(f"Adapter of IRM group {title}.\n\n{_PACKAGE_DOC}", 0),
        service_doc=docstring(f"Services and events of IRM group {title}.\n\n{_SERVICE_DOC}", 0),
        app_doc=docstring(f"The ASGI application of IRM group {title}.", 0),
        handlers_doc=docstring(
            f"Business code of {group.code}, {group.name}: this file is yours.\n\n{_HANDLERS_DOC}", 0
        ),
        main_doc=docstring(f"``python -m {package} --host 127.0.0.1 --port 8080``: starts the adapter.", 0),
        nouns=nouns,
        envelope_import=import_line(f"{shared}.envelope", _used(_ENVELOPE_NAMES, nouns)),
        service_import=import_line(f"{shared}.service", _used(_SERVICE_NAMES, nouns)),
        endpoints=places,
    )
    elements = tuple(root.class_ for offer in offers for root in offer.envelope.roots)
    return Package(view=view, group=group.code, elements=tuple(dict.fromkeys(elements)))


_PACKAGE_DOC = """\
``service`` has an abstract service per noun; ``handlers`` is where yours are; ``app`` serves them by HTTP."""

_SERVICE_DOC = """\
A service answers the request verbs of one noun; what it does not override answers error 5.2, not attempted. \
Events are sent by a publisher, through a sink of your choice."""

_HANDLERS_DOC = """\
Written once; no later build changes or removes it. Take the comment marks off the methods that you want to \
answer, and add others of the service. What is not here answers error 5.2, not attempted.

A method may be a function (it runs in a thread) or ``async``. To say no, raise \
``Refused('2.24', 'why')`` with an error code; any other exception is logged and answered with 5.3."""


_ENVELOPE_NAMES = ("ID", "EventMessage", "Header", "OperationSet", "RequestParameters")
_SERVICE_NAMES = ("Answer", "Publisher", "Service")


def _used(names: tuple[str, ...], nouns: tuple[Noun, ...]) -> list[str]:
    """Those of ``names`` that the service module needs for ``nouns``."""
    lines = [m.signature for n in nouns for m in (*n.verbs, *n.sent)]
    lines += [line for n in nouns for line in (n.service_line, n.events_line if n.sent else "")]
    words = set(re.findall(r"\w+", " ".join(lines)))
    return [name for name in names if name in words]


def _nouns(request: Request, offers: tuple[Offer, ...]) -> Iterator[Noun]:
    taken = set(_TAKEN)
    payloads = {o.unit.names["python"].envelope for o in offers}
    handlers = {"Any", "Service", "annotations", "service", "services", *payloads}
    for offer in offers:
        names = offer.unit.names["python"]
        payload = _free(names.envelope, taken)
        service = _free(f"{names.envelope}Service", taken)
        publisher = _free(f"{names.envelope}Events", taken)
        handler = _free(f"{names.envelope}Handler", handlers)
        imported = payload if payload == names.envelope else f"{names.envelope} as {payload}"
        module = f"{request.name}.{names.module_order[0]}"
        noun = offer.service.noun
        extension = offer.spec.extension
        yield Noun(
            payload=payload,
            import_line=import_line(module, [imported]),
            import_comment=commented(import_line(module, [imported]), indent=0),
            service=service,
            service_line=class_line(service, f"Service[{payload}]"),
            events=publisher,
            events_line=class_line(publisher, f"Publisher[{payload}]"),
            handler=handler,
            handler_line=class_line(handler, f"service.{service}"),
            noun=string_literal(noun),
            revision=string_literal(offer.spec.version),
            element=string_literal(offer.envelope.name),
            namespace=string_literal(offer.envelope.namespace),
            extension_namespace=string_literal(extension.namespace) if extension else "",
            extension_prefix=string_literal(extension.prefix) if extension else "",
            service_doc=docstring(_service_doc(offer), 4),
            events_doc=docstring(f"Sends the events of {noun}.", 4),
            handler_doc=docstring(f"Answers the requests about {noun}.", 4),
            verbs=tuple(_verb(e, payload) for e in endpoints(offer.service)),
            sent=tuple(_event(e.verb, payload) for e in events(offer.service)),
        )


def _service_doc(offer: Offer) -> str:
    service = offer.service
    aligned = f"; follows the subject of {service.aligns_with}" if service.aligns_with else ""
    standing = f"Authority: {service.authority} ({service.confidence}){aligned}."
    title = offer.spec.title or service.noun
    body = f"\n\n{offer.spec.doc}" if offer.spec.doc else ""
    return f"{title.rstrip('.')}: the noun {service.noun}, version {offer.spec.version}.{body}\n\n{standing}"


def _free(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _parameters(verb: RequestVerb, payload: str) -> tuple[str, ...]:
    match verb:
        case "create" | "change":
            return (f"payload: {payload}",)
        case "get":
            return ("request: RequestParameters",)
        case "execute":
            return ("operations: OperationSet",)
    return (f"payload: {payload} | None", "ids: tuple[ID, ...]")


def _verb(endpoint: OpenApiEndpoint, payload: str) -> Method:
    verb = endpoint.verb
    parameters = ("self", "header: Header", *_parameters(verb, payload))
    example = signature(verb, parameters, f"Response[{payload}]", indent=0, width=WIDTH - 6)
    body = "\n    ...  # your code\n    return Response.ok()"
    return Method(
        name=verb,
        signature=signature(verb, parameters, f"Answer[{payload}]", indent=4),
        commented=commented(example + body, indent=4),
        doc=docstring(f"{_VERB_TEXTS[verb]}\n\nAsked for by {endpoint.method.upper()} {endpoint.path}.", 8),
    )


def _event(verb: str, payload: str) -> Method:
    parameters = ("self", f"payload: {payload}", "cause: Header | None = None")
    return Method(
        name=string_literal(verb),
        signature=signature(verb, parameters, "EventMessage", indent=4),
        commented="",
        doc=docstring(
            f"Say that the objects in ``payload`` have been {verb}, because of the request ``cause``.", 8
        ),
    )


def _one_line(text: str) -> str:
    return ascii(" ".join(text.split()))[1:-1] if not text.isprintable() else text
