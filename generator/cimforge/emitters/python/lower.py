"""From a unit's model and names to the views of its modules."""

from __future__ import annotations

import keyword

from cimforge.diagnostics import Report
from cimforge.emitters.protocol import Unit
from cimforge.emitters.python import layout
from cimforge.emitters.python.enums import enum_view
from cimforge.emitters.python.fields import Fields, Line, namespace
from cimforge.emitters.python.imports import Needs
from cimforge.emitters.python.inheritance import Inheritance
from cimforge.emitters.python.types import DATATYPES
from cimforge.emitters.python.view import PyClass, PyField, PyModule
from cimforge.emitters.quoting import docstring, string_literal
from cimforge.ir.ids import ElementId
from cimforge.ir.model import Class, Classifier, Compound, Enumeration, Envelope


class UnitLowering:
    """The views of one unit's modules.

    Args:
        unit: A message unit or a family.
        header: The header line, without comment mark.
        report: Takes CIM720 and CIM721.
    """

    def __init__(self, unit: Unit, header: str, report: Report) -> None:
        self._unit = unit
        self._model = unit.model
        self._header = header
        self._table = unit.names["python"]
        self._wire = unit.names["xsd"]
        for name in self._table.by_id.values():
            if not name.isidentifier() or keyword.iskeyword(name):
                raise AssertionError(f"no Python identifier: {name!r}")
        self._inheritance = Inheritance(unit, report)
        self._fields = Fields(unit, report)
        self._space = unit.model.envelope.namespace if unit.model.envelope else ""

    def modules(self) -> list[tuple[str, PyModule, tuple[ElementId, ...]]]:
        """Every module with its dotted name, its view and the elements in it, in module order."""
        homes, order = self._table.modules, self._table.module_order
        enums: dict[str, list[Enumeration]] = {m: [] for m in order}
        classes: dict[str, list[Compound | Class]] = {m: [] for m in order}
        for enumeration in self._model.enumerations:
            enums[homes[enumeration.id]].append(enumeration)
        everything: tuple[Compound | Class, ...] = (*self._model.compounds, *self._inheritance.classes)
        for class_ in everything:
            classes[homes[class_.id]].append(class_)
        found = []
        for name in order:
            envelope = self._model.envelope if name == order[-1] else None
            elements = tuple(c.id for c in (*enums[name], *classes[name]))
            if elements or envelope:
                found.append((name, self._module(name, enums[name], classes[name], envelope), elements))
        return found

    def _module(
        self,
        name: str,
        enums: list[Enumeration],
        classes: list[Compound | Class],
        envelope: Envelope | None,
    ) -> PyModule:
        names = self._table.by_id
        needs = Needs(name, self._table, enum=bool(enums))
        class_views = [self._class(c, needs) for c in classes]
        offered = [names[c.id] for c in (*enums, *classes)]
        if envelope:
            class_views.append(self._envelope(envelope, needs))
            offered.append(self._table.envelope)
        return PyModule(
            header=self._header,
            doc=docstring(self._module_doc(name), 0),
            imports=needs.block(),
            all=tuple(map(string_literal, sorted(offered))),
            namespace=layout.assignment("__NAMESPACE__", string_literal(self._space), 0) if envelope else "",
            enums=tuple(enum_view(e, _doc(e), names) for e in enums),
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
            subject = f"Its subject is that of {spec.service.aligns_with}; it is no profile of that standard."
            lines += ["", subject]
        return "\n".join(lines)

    def _class(self, class_: Class | Compound, needs: Needs) -> PyClass:
        base = "CimObject"
        if class_.id in self._inheritance.base:
            base_id = self._inheritance.base[class_.id]
            base = self._table.by_id[base_id]
            needs.classes(base_id, now=True)
        else:
            needs.runtime(base, now=True)
        space = self._space or namespace(class_.meta.uri)
        own = self._inheritance.own[class_.id]
        fields = tuple(self._fields.field(p, class_, space) for p in own)
        # Where nothing is added, the base's __init__ does.
        every = self._inheritance.all[class_.id] if own else ()
        lines = [self._fields.line(p, class_) for p in every]
        for position, line in enumerate(lines):
            _import(line, needs, inherited=position < len(every) - len(own))
        return _view(
            layout.class_head(self._table.by_id[class_.id], base),
            _doc(class_),
            self._meta(class_, space),
            fields,
            lines,
            needs,
        )

    def _meta(self, class_: Class | Compound, space: str) -> list[str]:
        facts = [
            ("name", self._wire.by_id[class_.id]),
            ("namespace", space),
            ("iri", class_.meta.uri),
            ("extension", class_.meta.extension),
        ]
        lines = [layout.assignment(key, string_literal(value), 8) for key, value in facts if value]
        if self._fields.keywords and class_.meta.profiles:
            stood = [string_literal(self._fields.keywords[p.profile]) for p in class_.meta.profiles]
            # A tuple of one has its comma, and black does not break it.
            one = f"profiles = ({stood[0]},)"
            lines.append(one if len(stood) == 1 else layout.bracketed("profiles = (", stood, ")", 8))
        return lines

    def _envelope(self, envelope: Envelope, needs: Needs) -> PyClass:
        needs.runtime("CimObject", now=True)
        class_by_id = self._unit.index.class_by_id
        pairs = [self._fields.root(root, class_by_id[root.class_]) for root in envelope.roots]
        facts = (("name", self._wire.envelope or envelope.name), ("namespace", envelope.namespace))
        return _view(
            layout.class_head(self._table.envelope, "CimObject"),
            envelope.doc or f"Document of {self._unit.name}.",
            [layout.assignment(key, string_literal(value), 8) for key, value in facts if value],
            tuple(field for _, field in pairs),
            [line for line, _ in pairs],
            needs,
        )


def _view(
    head: str, doc: str, meta: list[str], fields: tuple[PyField, ...], lines: list[Line], needs: Needs
) -> PyClass:
    needs.dataclass = True
    needs.field = needs.field or bool(fields)
    return PyClass(
        head=head,
        doc=docstring(doc, 4),
        meta="\n        ".join(meta),
        fields=fields,
        parameters="\n        ".join([f"{line.parameter}," for line in lines]),
        assignments="\n        ".join([line.assignment for line in lines]),
        fence=not layout.fits(head, 0) or any(line.fence for line in lines),
    )


def _import(line: Line, needs: Needs, *, inherited: bool) -> None:
    """What ``line`` names: an inherited line only types a parameter, unless it has a fixed value."""
    value = line.value
    now = not inherited or (line.default.startswith("default=") and line.default != "default=None")
    if value.target is not None:
        needs.runtime("Reference", now=not inherited)
        needs.classes(value.target, now=False)
    elif value.needs is not None:
        needs.classes(value.needs.id, now=now)
    elif value.annotation == "Decimal":
        needs.decimal(now=now)
    elif value.annotation in DATATYPES:
        needs.datatype(value.annotation, now=now)


def _doc(classifier: Classifier) -> str:
    text = classifier.meta.doc.strip()
    if isinstance(classifier, Class) and classifier.is_abstract:
        text = f"{text}\n\nAbstract: only its subclasses have objects." if text else "Abstract class."
    if classifier.meta.deprecated:
        text += "\n\nDeprecated."
    return text if text.split() else f"``{classifier.name}``; the model has no description."
