"""From a unit's model and names to the views of its modules."""

from __future__ import annotations

import keyword
from dataclasses import dataclass

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Unit
from cimforge.emitters.python import layout
from cimforge.emitters.python.imports import Needs
from cimforge.emitters.python.types import DATATYPES, Types, ValueType
from cimforge.emitters.python.view import PyClass, PyEnum, PyField, PyLiteral, PyModule
from cimforge.emitters.quoting import docstring, string_literal
from cimforge.ir.ids import ElementId
from cimforge.ir.index import own_properties
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Classifier,
    Compound,
    Enumeration,
    Envelope,
    Property,
)

MAX_INHERITANCE = 100
"""Levels of superclasses a class may have: Python's own cost grows with their square."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One property: its field's first line, and its two lines in ``__init__``."""

    parameter: str
    assignment: str
    head: str
    default: str
    """Argument of ``field``; empty for a required field."""
    value: ValueType
    fence: bool


class UnitLowering:
    """The views of one unit's modules.

    Args:
        unit: A message unit or a family.
        header: The header line, without comment mark.
        report: Takes CIM720 to CIM722.
    """

    def __init__(self, unit: Unit, header: str, report: Report) -> None:
        self._unit = unit
        self._model = unit.model
        self._header = header
        self._report = report
        self._table = unit.names["python"]
        self._types = Types(unit)
        self._space = unit.model.envelope.namespace if unit.model.envelope else ""
        self._keywords = (
            {p.id: p.keyword for p in unit.model.profiles} if len(unit.model.profiles) > 1 else {}
        )
        self._lines: dict[ElementId, _Line] = {}
        self._inherited: dict[ElementId, tuple[Property, ...]] = {}
        self._own: dict[ElementId, tuple[Property, ...]] = {}
        self._depth: dict[ElementId, int] = {}
        self._ends = {e.id: (c, e) for c in unit.model.classes for e in c.ends}
        for name in self._table.by_id.values():
            if not name.isidentifier() or keyword.iskeyword(name):
                raise AssertionError(f"no Python identifier: {name!r}")

    def modules(self) -> list[tuple[str, PyModule, tuple[ElementId, ...]]]:
        """Every module with its dotted name, its view and the elements in it, in module order."""
        modules = self._table.modules
        by_module: dict[str, tuple[list[Enumeration], list[Compound | Class]]] = {
            m: ([], []) for m in self._table.module_order
        }
        for enumeration in self._model.enumerations:
            by_module[modules[enumeration.id]][0].append(enumeration)
        for compound in self._model.compounds:
            self._own[compound.id] = self._inherited[compound.id] = compound.attributes
            by_module[modules[compound.id]][1].append(compound)
        for class_ in self._bases_first():
            by_module[modules[class_.id]][1].append(class_)
        last = self._table.module_order[-1] if self._table.module_order else ""
        return [
            (
                name,
                self._module(name, enums, classes, self._model.envelope if name == last else None),
                elements,
            )
            for name, (enums, classes) in by_module.items()
            if (elements := tuple(c.id for c in (*enums, *classes)))
            or (self._model.envelope and name == last)
        ]

    # Order and inheritance

    def _bases_first(self) -> list[Class]:
        class_by_id = self._unit.index.class_by_id
        ordered: list[Class] = []
        for start in self._model.classes:
            chain: list[Class] = []
            stack = [start]
            while stack:
                current = stack[-1]
                if current.id in self._inherited:
                    stack.pop()
                    continue
                waiting = [
                    class_by_id[b] for b in current.bases if b not in self._inherited and b in class_by_id
                ]
                if waiting:
                    stack.append(waiting[0])
                    continue
                stack.pop()
                self._flatten(current)
                chain.append(current)
            ordered.extend(chain)
        return ordered

    def _flatten(self, class_: Class) -> None:
        """Settle what ``class_`` inherits and what it states itself.

        A class has one base in Python, since two with slots cannot be joined: the members of
        further superclasses stand in the class again (CIM720).
        """
        bases = [b for b in class_.bases if b in self._inherited]
        inherited = self._inherited[bases[0]] if bases else ()
        own = tuple(p for p in own_properties(class_) if not isinstance(p, AssociationEnd) or p.navigable)
        if len(bases) > 1:
            known = {p.id for p in (*inherited, *own)}
            repeated: list[Property] = []
            for base in bases[1:]:
                for member in self._inherited[base]:
                    if member.id not in known:
                        known.add(member.id)
                        repeated.append(member)
            own = (*repeated, *own)
            self._report.add(
                "CIM720",
                at=class_.meta.location,
                element=class_.id,
                class_name=class_.name,
                base=self._unit.index.class_by_id[bases[0]].name,
            )
        self._own[class_.id] = own
        self._inherited[class_.id] = (*inherited, *own)
        depth = self._depth[class_.id] = self._depth[bases[0]] + 1 if bases else 0
        if depth == MAX_INHERITANCE + 1:
            self._report.add(
                "CIM722",
                at=class_.meta.location,
                element=class_.id,
                class_name=class_.name,
                limit=MAX_INHERITANCE,
            )

    # Modules

    def _module(
        self,
        name: str,
        enums: list[Enumeration],
        classes: list[Compound | Class],
        envelope: Envelope | None,
    ) -> PyModule:
        needs = Needs(name, self._table, enum=bool(enums))
        names = self._table.by_id
        enum_views = tuple(self._enum(e) for e in enums)
        class_views = [self._class(c, needs) for c in classes]
        offered = [names[c.id] for c in (*enums, *classes)]
        constants: tuple[str, ...] = ()
        if envelope:
            class_views.append(self._envelope(envelope, needs))
            offered.append(self._table.envelope)
            constants = (layout.assignment("__NAMESPACE__", string_literal(envelope.namespace), 0),)
        return PyModule(
            header=self._header,
            doc=docstring(self._module_doc(name), 0),
            imports=needs.block(),
            all=tuple(map(string_literal, sorted(offered))),
            constants=constants,
            enums=enum_views,
            classes=tuple(class_views),
        )

    def _module_doc(self, name: str) -> str:
        model, spec = self._model, self._unit.spec
        if spec is None or model.envelope is None:
            titles = [p.title or p.keyword for p in model.profiles if p.keyword.lower() == name]
            return f"{titles[0] if titles else name}: classes of {model.name} {model.version}".rstrip() + "."
        lines = [f"{model.envelope.name} {spec.version}".rstrip() + f": {spec.title or spec.name}."]
        doc = model.envelope.doc or spec.doc
        if doc and doc.rstrip(".") != spec.title:
            lines += ["", doc]
        if spec.service and spec.service.aligns_with:
            lines += [
                "",
                f"Its subject is that of {spec.service.aligns_with}; it is no profile of that standard.",
            ]
        return "\n".join(lines)

    # Enumerations

    def _enum(self, enumeration: Enumeration) -> PyEnum:
        names = self._table.by_id
        literals: list[PyLiteral] = []
        fence = not layout.fits(f"class {names[enumeration.id]}(Enum):", 0)
        for literal in enumeration.literals:
            text = literal.meta.doc
            if literal.value:
                text = f"{text}\nCode: {literal.value}."
            assignment = layout.assignment(names[literal.id], string_literal(literal.name), 4)
            fence = fence or not layout.fits(assignment, 4)
            literals.append(PyLiteral(assignment, docstring(text, 4) if text.strip() else ""))
        iri = self._iri(enumeration)
        return PyEnum(
            name=names[enumeration.id],
            doc=docstring(self._doc(enumeration), 4),
            literals=tuple(literals),
            iri=iri,
            fence=fence or not layout.fits(iri, 8),
        )

    def _iri(self, enumeration: Enumeration) -> str:
        uris = [
            (lit.name, lit.meta.uri or f"{enumeration.meta.uri}.{lit.name}") for lit in enumeration.literals
        ]
        if not uris or not any(u for _, u in uris):
            return ""
        starts = {uri[: len(uri) - len(name)] if uri.endswith(name) else None for name, uri in uris}
        if len(starts) == 1 and (start := starts.pop()) is not None:
            value = f"{string_literal(start)} + self.value"
            if len(value) + 15 <= layout.WIDTH:
                return f"return {value}"
            if len(value) + 12 <= layout.WIDTH:
                return f"return (\n            {value}\n        )"
            value = value.replace(" + self.value", "\n            + self.value")
            return f"return (\n            {value}\n        )"
        rows = "".join(f"            {string_literal(n)}: {string_literal(u)},\n" for n, u in uris)
        return f"return {{\n{rows}        }}[self.value]"

    # Classes

    def _class(self, class_: Class | Compound, needs: Needs) -> PyClass:
        name = self._table.by_id[class_.id]
        base = "CimObject"
        if isinstance(class_, Class):
            for base_id in class_.bases[:1]:
                if base_id in self._inherited:
                    base = self._table.by_id[base_id]
                    needs.classes(base_id, now=True)
        if base == "CimObject":
            needs.runtime(base, now=True)
        needs.dataclass = True
        space = self._space or _namespace(class_.meta.uri)
        own = self._own[class_.id]
        fields = []
        for member in own:
            line = self._line(member, class_)
            self._import(line, needs, inherited=False)
            needs.field = True
            fields.append(self._field(member, class_, space, line))
        lines = [self._lines[p.id] for p in self._inherited[class_.id]] if own else []
        for line in lines[: len(lines) - len(own)]:
            self._import(line, needs, inherited=True)
        head = layout.class_head(name, base)
        meta = self._meta(class_, space)
        return PyClass(
            head=head,
            doc=docstring(self._doc(class_), 4),
            meta=meta,
            fields=tuple(fields),
            parameters=tuple(line.parameter for line in lines),
            assignments=tuple(line.assignment for line in lines),
            fence=not layout.fits(head, 0) or any(line.fence for line in lines),
        )

    def _meta(self, class_: Class | Compound, space: str) -> tuple[str, ...]:
        lines = [layout.assignment("name", string_literal(class_.name), 8)]
        if space:
            lines.append(layout.assignment("namespace", string_literal(space), 8))
        if class_.meta.uri:
            lines.append(layout.assignment("iri", string_literal(class_.meta.uri), 8))
        if class_.meta.extension:
            lines.append(layout.assignment("extension", string_literal(class_.meta.extension), 8))
        if self._keywords and class_.meta.profiles:
            stood = [string_literal(self._keywords[p.profile]) for p in class_.meta.profiles]
            lines.append(layout.bracketed("profiles = [", stood, "]", 8))
        return tuple(lines)

    def _doc(self, classifier: Classifier) -> str:
        text = classifier.meta.doc.strip()
        if isinstance(classifier, Class) and classifier.is_abstract:
            text = f"{text}\n\nAbstract: only its subclasses have objects." if text else "Abstract class."
        if classifier.meta.deprecated:
            text += "\n\nDeprecated."
        return text if text.split() else f"``{classifier.name}``; the model has no description."

    # Fields

    def _line(self, member: Property, owner: Class | Compound) -> _Line:
        known = self._lines.get(member.id)
        if known is not None:
            return known
        name = self._table.by_id[member.id]
        value = self._types.of(member)
        if member.multiplicity.is_list:
            annotation, default = f"list[{value.annotation}]", "default_factory=list"
            parameter = layout.annotated(name, f"{annotation} | None", " = None", 8)
            assignment = layout.list_assignment(name, 8)
        else:
            fixed = self._fixed(member, value, owner)
            required = self._is_required(member, owner)
            annotation = value.annotation if required else f"{value.annotation} | None"
            expression = fixed or ("" if required else "None")
            rest = f" = {expression}" if expression else ""
            default = f"default={expression}" if expression else ""
            parameter = layout.annotated(name, annotation, rest, 8)
            assignment = layout.assignment(f"self.{name}", name, 8)
        head = layout.annotated(name, annotation, " = field(", 4)
        line = self._lines[member.id] = _Line(
            parameter=parameter,
            assignment=assignment,
            head=head,
            default=default,
            value=value,
            fence=not (layout.fits(parameter, 9) and layout.fits(assignment, 8) and layout.fits(head, 4)),
        )
        return line

    def _is_required(self, member: Property, owner: Class | Compound) -> bool:
        """Required in every profile that has the owner: an object of one profile alone must be possible."""
        if not member.multiplicity.is_required:
            return False
        if not self._keywords:
            return True
        stated = {p.profile for p in member.meta.profiles if not p.multiplicity or p.multiplicity.is_required}
        return all(p.profile in stated for p in owner.meta.profiles)

    def _fixed(self, member: Property, value: ValueType, owner: Class | Compound) -> str:
        if not isinstance(member, Attribute) or not member.is_fixed or member.default is None:
            return ""
        expression = self._types.fixed(member, value)
        if expression is None:
            self._report.add(
                "CIM721",
                at=member.meta.location,
                element=member.id,
                property=f"{owner.name}.{member.name}",
                value=member.default,
                type=value.annotation,
            )
        return expression or ""

    def _field(self, member: Property, owner: Class | Compound, space: str, line: _Line) -> PyField:
        value, meta = line.value, member.meta
        name = self._table.by_id[member.id]
        entries = ['"type": "Element"']
        if name != member.name:
            entries.append(f'"name": {string_literal(member.name)}')
        own_space = meta.extension if self._space else _namespace(meta.uri)
        if own_space and own_space != space:
            entries.append(f'"namespace": {string_literal(own_space)}')
        if self._is_required(member, owner):
            entries.append('"required": True')
        if meta.uri:
            entries.append(f'"iri": {string_literal(meta.uri)}')
        entries.append(f'"multiplicity": "{member.multiplicity}"')
        if value.unit:
            entries.append(f'"unit": {string_literal(value.unit)}')
        if value.multiplier:
            entries.append(f'"multiplier": {string_literal(value.multiplier)}')
        if isinstance(member, Attribute) and member.is_fixed and member.default is not None:
            entries.append(f'"fixed": {string_literal(member.default)}')
        if isinstance(member, AssociationEnd) and member.inverse in self._ends:
            class_, end = self._ends[member.inverse]
            entries.append(f'"inverse": {string_literal(f"{class_.name}.{end.name}")}')
        if meta.extension:
            entries.append(f'"extension": {string_literal(meta.extension)}')
        if meta.deprecated:
            entries.append('"deprecated": True')
        if self._keywords and meta.profiles:
            stated = [
                f"{string_literal(self._keywords[p.profile])}: "
                f'"{member.multiplicity if p.multiplicity is None else p.multiplicity}"'
                for p in meta.profiles
            ]
            entries.append(layout.bracketed('"profiles": {', stated, "}", 12))
        return PyField(
            line.head,
            line.default,
            tuple(entries),
            "," if line.default else "",
            self._field_doc(member, value),
        )

    def _field_doc(self, member: Property, value: ValueType) -> str:
        text = member.meta.doc.strip()
        if value.unit or value.multiplier:
            text += f"\nUnit: {_symbol(value)}."
        if isinstance(member, Attribute) and member.default is not None:
            text += f"\n{'Always' if member.is_fixed else 'Initial value'}: {member.default}."
        if member.meta.extension:
            text += f"\nExtension of {member.meta.extension}"
        if member.meta.deprecated:
            text += "\nDeprecated."
        return docstring(text, 4) if text.split() else ""

    def _import(self, line: _Line, needs: Needs, *, inherited: bool) -> None:
        """What ``line`` names: an inherited line only types a parameter, unless it has a fixed value."""
        value = line.value
        now = not inherited or line.default.startswith("default=")
        if value.target is not None:
            needs.runtime("Reference", now=not inherited)
            needs.classes(value.target, now=False)
        elif value.needs is not None:
            needs.classes(value.needs.id, now=now)
        elif value.annotation == "Decimal":
            needs.decimal(now=now)
        elif value.annotation in DATATYPES:
            needs.datatype(value.annotation, now=now)

    # Envelope

    def _envelope(self, envelope: Envelope, needs: Needs) -> PyClass:
        """The document element's class: one list for each root.

        A root's field is named as its class, so it gets the underscore of every such clash.
        """
        needs.dataclass = needs.field = True
        needs.runtime("CimObject", now=True)
        fields: list[PyField] = []
        lines: list[_Line] = []
        for root in envelope.roots:
            class_ = self._unit.index.class_by_id[root.class_]
            class_name = self._table.by_id[class_.id]
            annotation, name = f"list[{class_name}]", f"{class_name}_"
            head = layout.annotated(name, annotation, " = field(", 4)
            parameter = layout.annotated(name, f"{annotation} | None", " = None", 8)
            assignment = layout.list_assignment(name, 8)
            entries = ['"type": "Element"', f'"name": {string_literal(class_.name)}']
            if root.multiplicity.is_required:
                entries.append('"required": True')
            entries.append(f'"multiplicity": "{root.multiplicity}"')
            fields.append(PyField(head, "default_factory=list", tuple(entries), ",", ""))
            fence = not (layout.fits(parameter, 9) and layout.fits(assignment, 8) and layout.fits(head, 4))
            lines.append(_Line(parameter, assignment, head, "", ValueType(annotation=class_name), fence))
        head = layout.class_head(self._table.envelope, "CimObject")
        return PyClass(
            head=head,
            doc=docstring(envelope.doc or f"Document of {self._unit.name}.", 4),
            meta=(
                layout.assignment("name", string_literal(envelope.name), 8),
                layout.assignment("namespace", string_literal(envelope.namespace), 8),
            ),
            fields=tuple(fields),
            parameters=tuple(line.parameter for line in lines),
            assignments=tuple(line.assignment for line in lines),
            fence=not layout.fits(head, 0) or any(line.fence for line in lines),
        )


def _namespace(uri: str) -> str:
    return uri[: max(uri.rfind("#"), uri.rfind("/")) + 1]


def _symbol(value: ValueType) -> str:
    """Multiplier and unit as they are read: ``MW``, ``kV/h``."""
    if "/" not in value.unit and "/" not in value.multiplier:
        return value.multiplier + value.unit
    unit, _, per = value.unit.partition("/")
    multiplier, _, per_multiplier = value.multiplier.partition("/")
    return f"{multiplier if multiplier != '1' else ''}{unit}/{per_multiplier}{per}"
