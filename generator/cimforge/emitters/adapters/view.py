"""What the adapter templates place: finished text, ready for its place in a Python file."""

from __future__ import annotations

from cimforge.ir.value import Struct


class Runtime(Struct, frozen=True, kw_only=True):
    """A module of the package that all adapters share; its text is the template's own."""

    header: str


class Method(Struct, frozen=True, kw_only=True):
    """One verb of a service, or one event of a publisher."""

    name: str
    """For an event a literal, the verb."""
    signature: str
    """From ``def`` to the colon."""
    commented: str
    """The same, commented out, with a body to start from."""
    doc: str


class Endpoint(Struct, frozen=True, kw_only=True):
    """Where a verb is asked for; all literals."""

    verb: str
    noun: str
    method: str
    path: str


class Noun(Struct, frozen=True, kw_only=True):
    """One noun: its service, its events, its handler."""

    payload: str
    """The class of the payload as the service module calls it."""
    import_line: str
    import_comment: str
    """The same, commented out."""
    service: str
    service_line: str
    """``class`` line of the service; those of the events and the handler follow."""
    events: str
    events_line: str
    handler: str
    handler_line: str
    noun: str
    revision: str
    element: str
    namespace: str
    extension_namespace: str
    """Literal; no text at all where the profile admits no extension."""
    extension_prefix: str
    service_doc: str
    events_doc: str
    handler_doc: str
    verbs: tuple[Method, ...]
    sent: tuple[Method, ...]
    """The events; empty where the noun has none."""


class Adapter(Struct, frozen=True, kw_only=True):
    """One package: all that IRM group has."""

    header: str
    package: str
    shared: str
    """The package that all adapters share."""
    bindings: str
    """The package of the message classes."""
    group: str
    package_literal: str
    bindings_literal: str
    package_doc: str
    service_doc: str
    app_doc: str
    handlers_doc: str
    main_doc: str
    nouns: tuple[Noun, ...]
    envelope_import: str
    service_import: str
    """What the service module takes from the shared package."""
    endpoints: tuple[Endpoint, ...]
