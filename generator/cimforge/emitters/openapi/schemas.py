"""JSON Schemas of a unit's classifiers, as xsdata writes their objects.

Classes are flattened: each schema lists inherited members too and closes the object
(``additionalProperties: false``). Composition by ``allOf`` cannot be closed without
``unevaluatedProperties``, which few client generators read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, assert_never

from cimforge.diagnostics import Report
from cimforge.emitters.content import Contents, is_dataset, is_stated, owned
from cimforge.emitters.inline import inline_types
from cimforge.emitters.openapi.envelope import Json, reference
from cimforge.emitters.openapi.facets import one_of
from cimforge.emitters.openapi.parts import array_of, occurring
from cimforge.emitters.openapi.values import Values
from cimforge.emitters.protocol import Unit
from cimforge.ir.ids import ElementId
from cimforge.ir.index import all_members
from cimforge.ir.model import (
    AssociationEnd,
    Class,
    Classifier,
    Compound,
    Datatype,
    Enumeration,
    InProfile,
    Meta,
    Multiplicity,
    Property,
)


class UnitSchemas:
    """The component schemas of one unit.

    ``key_of`` gives the component key of a name of the unit; ``reference_key`` is where the
    schema of references stands in the document.
    """

    def __init__(self, unit: Unit, key_of: Callable[[str], str], reference_key: str, report: Report) -> None:
        self.unit = unit
        self.contents = Contents(unit)
        self.report = report
        self.wire = unit.names["xsd"].by_id
        names = unit.names["openapi"]
        self.key_by_id = {c.id: key_of(names.by_id[c.id]) for c in unit.model.classifiers}
        envelope = unit.model.envelope
        self.envelope_key = key_of(names.envelope or envelope.name) if envelope else ""
        self.reference = reference(reference_key)
        self.keyword_by_profile = {p.id: p.keyword for p in unit.model.profiles}
        self.is_dataset = is_dataset(unit)
        self._by_member: dict[ElementId, tuple[str, Json, bool]] = {}
        self._stated_by_profiles: dict[tuple[tuple[InProfile, ...], Multiplicity], Json] = {}
        self._of_class: dict[ElementId, Json] = {}
        self._optional = self._optional_in_family()
        self._inline = inline_types(unit, self.contents)
        self._values = Values(unit, self._of_type, report)

    def message_components(self) -> dict[str, Json]:
        """The schemas that the unit's documents use; a class that is only referred to has no part in them."""
        found = self.components()
        used: set[str] = set()
        todo: list[Any] = [reference(self.envelope_key)]
        while todo:
            value = todo.pop()
            if isinstance(value, list):
                todo += value
            elif isinstance(value, dict):
                key = str(value.get("$ref", "")).rpartition("/")[2]
                if key in found and key not in used:
                    used.add(key)
                    todo.append(found[key])
                todo += value.values()
        return {key: schema for key, schema in found.items() if key in used}

    def components(self) -> dict[str, Json]:
        """Every schema by key: the document element first, then classes, compounds and enumerations."""
        model = self.unit.model
        found: dict[str, Json] = {}
        if model.envelope:
            found[self.envelope_key] = self.envelope()
        everything: tuple[Class | Compound | Enumeration, ...] = (
            *model.classes,
            *model.compounds,
            *model.enumerations,
        )
        for classifier in everything:
            if classifier.id not in self._inline:
                found[self.key_by_id[classifier.id]] = self._schema(classifier)
        return found

    def _schema(self, classifier: Class | Compound | Enumeration) -> Json:
        match classifier:
            case Class():
                return self._object(classifier, self.contents.flat(classifier.id))
            case Compound():
                return self._object(classifier, owned(classifier))
            case Enumeration():
                return self._enumeration(classifier)
            case _:
                assert_never(classifier)

    def _of_type(self, classifier: Class | Compound | Enumeration) -> Json:
        """A reference to the schema of a type; of one without a name, the schema itself."""
        if classifier.id in self._inline:
            return self._schema(classifier)
        return reference(self.key_by_id[classifier.id])

    def envelope(self) -> Json:
        """The document element: a list for each of its roots, in order, as xsdata writes it (not wrapped)."""
        envelope = self.unit.model.envelope
        assert envelope is not None
        schema: Json = {"type": "object"}
        if envelope.doc:
            schema["description"] = envelope.doc
        schema["properties"] = {
            self.wire[r.class_]: array_of(self.of_class(r.class_), r.multiplicity)
            for r in envelope.roots
            if r.multiplicity.upper != 0
        }
        required = [self.wire[r.class_] for r in envelope.roots if r.multiplicity.is_required]
        if required:
            schema["required"] = required
        schema["additionalProperties"] = False
        schema["xml"] = {
            "name": self.unit.names["xsd"].envelope or envelope.name,
            "namespace": envelope.namespace,
        }
        return schema

    def of_class(self, class_id: ElementId) -> Json:
        """The schema of an object of a class: itself or, where the profile keeps subclasses, any of them."""
        found = self._of_class.get(class_id)
        if found is None:
            by_id = self.unit.index.class_by_id
            options = [self._of_type(by_id[o]) for o in self.alternatives(class_id)]
            found = self._of_class[class_id] = options[0] if len(options) == 1 else {"anyOf": options}
        return found

    def alternatives(self, class_id: ElementId) -> tuple[ElementId, ...]:
        """The classes whose objects may stand where ``class_id`` is expected; never empty."""
        below = self.contents.concrete_below(class_id)
        return below if below and self.unit.index.class_by_id[class_id].is_abstract else (class_id, *below)

    def stated(self, member: Property) -> bool:
        """Whether documents hold ``member`` at all."""
        return is_stated(member, dataset=self.is_dataset)

    def _optional_in_family(self) -> frozenset[ElementId]:
        """Members that a profile requires while another profile of their owner leaves them out.

        An object that only the second profile states is an object of the family too.
        """
        if not self.is_dataset:
            return frozenset()
        found = set()
        for owner, member in all_members(self.unit.model):
            if member.multiplicity.is_required:
                stated = {
                    p.profile
                    for p in member.meta.profiles
                    if p.multiplicity is None or p.multiplicity.is_required
                }
                if any(p.profile not in stated for p in owner.meta.profiles):
                    found.add(member.id)
        return frozenset(found)

    def bounds(self, member: Property) -> Multiplicity:
        """How often ``member`` stands in an object, whichever profile of a family states the object."""
        bounds = member.multiplicity
        return Multiplicity(lower=0, upper=bounds.upper) if member.id in self._optional else bounds

    def _object(self, classifier: Class | Compound, members: tuple[Property, ...]) -> Json:
        schema: Json = {"type": "object"}
        self._describe(schema, classifier)
        properties: Json = {}
        required: dict[str, None] = {}
        for member in members:
            found = self._by_member.get(member.id)
            if found is None:
                if not self.stated(member):
                    continue
                found = self._by_member[member.id] = self._entry(member)
            name, value, is_required = found
            if name in properties:
                self._same_key(classifier, member, name)
            properties[name] = value
            if is_required:
                required[name] = None
        schema["properties"] = properties
        if required:
            schema["required"] = list(required)
        schema["additionalProperties"] = False
        one_of(schema, self._choices(members))
        return schema

    def _choices(self, members: tuple[Property, ...]) -> Iterable[tuple[Multiplicity, list[str]]]:
        """The bounds of each choice among ``members``, and the keys that it is between."""
        found: dict[ElementId, tuple[Multiplicity, list[str]]] = {}
        for member in members:
            choice = self.contents.choices.get(member.id)
            if choice is not None:
                found.setdefault(choice.id, (choice.multiplicity, []))[1].append(self.wire[member.id])
        return found.values()

    def _same_key(self, classifier: Class | Compound, member: Property, name: str) -> None:
        """Two members of one JSON key: an extension's and a standard one, which XML can tell apart."""
        self.report.add(
            "CIM738",
            at=member.meta.location,
            element=member.id,
            name=f"{classifier.name}.{name}",
            document="the JSON form",
        )

    def _entry(self, member: Property) -> tuple[str, Json, bool]:
        """Key and schema of a member, and whether every object has it."""
        return self.wire[member.id], self._member(member), self.bounds(member).is_required

    def _member(self, member: Property) -> Json:
        schema: Json
        if isinstance(member, AssociationEnd):
            value = self.of_class(member.type) if member.containment == "value" else self.reference
            schema = occurring(value, self.bounds(member))
            self._annotate(schema, member.meta)
            if member.containment == "reference":
                target = self.unit.index.by_id[member.type]
                schema["x-cim-target"] = target.meta.uri or target.name
        else:
            schema = occurring(self._values.of(member), self.bounds(member))
            self._annotate(schema, member.meta)
            type_ = self.unit.index.by_id[member.type]
            if isinstance(type_, Datatype):
                schema["x-cim-datatype"] = type_.name
                for key, text in (
                    ("x-cim-unit", type_.unit),
                    ("x-cim-multiplier", type_.multiplier),
                    ("x-cim-denominator-unit", type_.denominator_unit),
                    ("x-cim-denominator-multiplier", type_.denominator_multiplier),
                ):
                    if text:
                        schema[key] = text
        schema["x-cim-multiplicity"] = str(member.multiplicity)
        if self.is_dataset and member.meta.profiles:
            schema["x-cim-profiles"] = self._stated_in(member)
        if member.meta.extension:
            schema["xml"] = {"namespace": member.meta.extension}
        return schema

    def _stated_in(self, member: Property) -> Json:
        """The multiplicity of ``member`` in each profile; many members have the same."""
        key = (member.meta.profiles, member.multiplicity)
        found = self._stated_by_profiles.get(key)
        if found is None:
            found = self._stated_by_profiles[key] = {
                self.keyword_by_profile.get(p.profile, p.profile): str(p.multiplicity or member.multiplicity)
                for p in member.meta.profiles
            }
        return found

    def _enumeration(self, enumeration: Enumeration) -> Json:
        schema: Json = {"type": "string"}
        literals = sorted(enumeration.literals, key=lambda x: x.order)
        if literals:
            schema["enum"] = list(dict.fromkeys(self.wire[x.id] for x in literals))
        self._describe(schema, enumeration)
        docs = {self.wire[x.id]: x.meta.doc for x in literals if x.meta.doc}
        if docs:
            schema["x-enumDescriptions"] = docs
        iris = {self.wire[x.id]: x.meta.uri for x in literals if x.meta.uri}
        if iris:
            schema["x-cim-literal-iris"] = iris
        return schema

    def _describe(self, schema: Json, classifier: Classifier) -> None:
        self._annotate(schema, classifier.meta)
        if isinstance(classifier, Class) and classifier.is_abstract:
            schema["x-cim-abstract"] = True
        if self.is_dataset and classifier.meta.profiles:
            schema["x-cim-profiles"] = [
                self.keyword_by_profile.get(p.profile, p.profile) for p in classifier.meta.profiles
            ]

    def _annotate(self, schema: Json, meta: Meta) -> None:
        if meta.doc:
            schema["description"] = meta.doc
        if meta.deprecated:
            schema["deprecated"] = True
        if meta.uri:
            schema["x-cim-iri"] = meta.uri
        if meta.extension:
            schema["x-cim-namespace"] = meta.extension
