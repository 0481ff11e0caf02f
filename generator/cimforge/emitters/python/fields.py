"""From a property to its field and its lines in ``__init__``."""

from __future__ import annotations

from cimforge.diagnostics import Report
from cimforge.emitters.facets import COUNTS, Useless, kind_of, of_value, tell, usable
from cimforge.emitters.patterns import as_regex
from cimforge.emitters.protocol import Unit
from cimforge.emitters.python import layout
from cimforge.emitters.python.types import Types, ValueType
from cimforge.emitters.python.view import PyField
from cimforge.emitters.quoting import docstring, string_literal
from cimforge.ir.choices import choice_by_option, options
from cimforge.ir.facets import stated
from cimforge.ir.ids import ElementId
from cimforge.ir.model import (
    NO_FACETS,
    AssociationEnd,
    Attribute,
    Class,
    Compound,
    InProfile,
    Multiplicity,
    Property,
    Root,
)
from cimforge.ir.value import Struct, replace


class Line(Struct, frozen=True):
    """One property: its field's first line, and its two lines in ``__init__``."""

    head: tuple[str, str, str]
    parameter: str
    assignment: str
    default: str
    """Argument of ``field``; empty for a required field."""
    value: ValueType
    is_required: bool
    fence: bool
    """A name too long for black's line."""


class Fields:
    """The fields of one unit's properties.

    Args:
        unit: A message unit or a family.
        report: Takes CIM721.
    """

    def __init__(self, unit: Unit, report: Report) -> None:
        model = unit.model
        self._names = unit.names["python"].by_id
        self._wire = unit.names["xsd"].by_id
        self._types = Types(unit)
        self._report = report
        self._index = unit.index
        self._choices = choice_by_option(unit.index)
        self.keywords = {p.id: p.keyword for p in model.profiles} if len(model.profiles) > 1 else {}
        """Keyword of each profile of a family; empty for a single profile."""
        self._is_message = model.envelope is not None
        self._end_by_id = unit.index.end_by_id
        self._lines: dict[ElementId, Line] = {}
        self._profile_entries: dict[tuple[tuple[InProfile, ...], Multiplicity, int], str] = {}

    def line(self, member: Property, owner: Class | Compound) -> Line:
        """The lines of ``member``, which ``owner`` states: the same in every subclass."""
        found = self._lines.get(member.id)
        if found is None:
            found = self._lines[member.id] = self._line(member, owner)
        return found

    def field(self, member: Property, owner: Class | Compound, space: str) -> PyField:
        """The field of ``member`` in ``owner``, whose XML namespace is ``space``."""
        line = self.line(member, owner)
        entries = ['"type": "Element"']
        if self._names[member.id] != self._wire[member.id]:
            entries.append(f'"name": {string_literal(self._wire[member.id])}')
        own_space = member.meta.extension if self._is_message else namespace(member.meta.uri)
        if own_space and own_space != space:
            entries.append(f'"namespace": {string_literal(own_space)}')
        if line.is_required:
            entries.append('"required": True')
        entries += self._facts(member, line)
        return _field(line, entries, _doc(member, line.value, self._one_of(member)))

    def _one_of(self, member: Property) -> str:
        """For an option of a choice: what the choice is between."""
        choice = self._choices.get(member.id)
        if choice is None:
            return ""
        names = [self._names[option.id] for option in options(choice, self._index)]
        return f"\n{choice.name}: one of {', '.join(names)}."

    def root(self, root: Root, class_: Class) -> tuple[Line, PyField]:
        """The list of a document's root objects.

        It is named as its class, so it gets the underscore of every such clash.
        """
        class_name = self._names[class_.id]
        required = root.multiplicity.is_required
        line = _list_line(f"{class_name}_", ValueType(annotation=class_name), is_required=required)
        entries = ['"type": "Element"', f'"name": {string_literal(self._wire[class_.id])}']
        if required:
            entries.append('"required": True')
        entries.append(f'"multiplicity": "{root.multiplicity}"')
        return line, _field(line, entries, "")

    def _line(self, member: Property, owner: Class | Compound) -> Line:
        name = self._names[member.id]
        value = self._types.of(member)
        is_required = self._is_required(member, owner)
        if member.multiplicity.is_list:
            return _list_line(name, value, is_required=is_required)
        expression = self._fixed(member, value, owner) or ("" if is_required else "None")
        annotation = value.annotation if is_required else f"{value.annotation} | None"
        return _fenced(
            head=layout.field_head(name, annotation),
            parameter=layout.annotated(name, annotation, f" = {expression}" if expression else "", 8),
            assignment=layout.assignment(f"self.{name}", name, 8),
            default=f"default={expression}" if expression else "",
            value=value,
            is_required=is_required,
        )

    def _is_required(self, member: Property, owner: Class | Compound) -> bool:
        """Required in every profile that has the owner: an object of one profile alone must be possible."""
        if not member.multiplicity.is_required:
            return False
        if not self.keywords:
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

    def _facts(self, member: Property, line: Line) -> list[str]:
        """Metadata entries beside xsdata's."""
        meta, value = member.meta, line.value
        entries = [f'"iri": {string_literal(meta.uri)}'] if meta.uri else []
        entries.append(f'"multiplicity": "{member.multiplicity}"')
        if value.unit:
            entries.append(f'"unit": {string_literal(value.unit)}')
        if value.multiplier:
            entries.append(f'"multiplier": {string_literal(value.multiplier)}')
        if isinstance(member, Attribute) and member.is_fixed and member.default is not None:
            entries.append(f'"fixed": {string_literal(member.default)}')
        choice = self._choices.get(member.id)
        if choice is not None:
            entries.append(f'"choice": {string_literal(self._wire[choice.id])}')
            entries.append(f'"choice_multiplicity": "{choice.multiplicity}"')
        if isinstance(member, Attribute):
            entries += self._facets(member, 12 + len(line.head[1]))
        if isinstance(member, AssociationEnd) and member.inverse in self._end_by_id:
            class_, end = self._end_by_id[member.inverse]
            entries.append(f'"inverse": {string_literal(f"{class_.name}.{end.name}")}')
        if meta.extension:
            entries.append(f'"extension": {string_literal(meta.extension)}')
        if meta.deprecated:
            entries.append('"deprecated": True')
        if self.keywords and meta.profiles:
            entries.append(self._profiles(member, 12 + len(line.head[1])))
        return entries

    def _facets(self, member: Attribute, indent: int) -> list[str]:
        """The facets that a value holds to; the pattern as a regular expression of Python."""
        facets = of_value(self._index, member)
        if facets == NO_FACETS:
            return []
        found, useless = usable(facets, kind_of(self._index, member.type))
        patterns: list[str] = []
        for text in found.patterns:
            if (regex := as_regex(text)) is None:
                reason = "no regular expression of Python says the same"
                useless += (Useless(facet="pattern", value=text, reason=reason),)
            else:
                patterns.append(regex)
        tell(self._report, member, useless, "the Python class")
        entries: list[str] = []
        if patterns:
            ahead = "".join(rf"(?=(?:{p})\Z)" for p in patterns[:-1])
            whole = f"{ahead}(?:{patterns[-1]})" if ahead else patterns[-1]
            entries.append(f'"pattern": {string_literal(whole)}')
        for facet in stated(replace(found, patterns=())):
            value = getattr(found, facet)
            if facet == "allowed":
                texts = [string_literal(v) for v in value]
                entries.append(layout.bracketed('"allowed": [', texts, "]", indent))
            else:
                text = str(int(value)) if facet in COUNTS else string_literal(value)
                entries.append(f'"{facet}": {text}')
        return entries

    def _profiles(self, member: Property, indent: int) -> str:
        """The multiplicity of ``member`` in each profile; many members have the same."""
        key = (member.meta.profiles, member.multiplicity, indent)
        found = self._profile_entries.get(key)
        if found is None:
            stated = [
                f"{string_literal(self.keywords[p.profile])}: "
                f'"{member.multiplicity if p.multiplicity is None else p.multiplicity}"'
                for p in member.meta.profiles
            ]
            found = self._profile_entries[key] = layout.bracketed('"profiles": {', stated, "}", indent)
        return found


def _field(line: Line, entries: list[str], doc: str) -> PyField:
    head, margin, end = line.head
    default = f"{line.default},\n        {margin}" if line.default else ""
    metadata = f",\n            {margin}".join(entries)
    closing = f"{margin})\n    {end}" if end else f"{margin})"
    return PyField(
        head,
        f"{margin}{default}metadata={{\n            {margin}{metadata},\n        {margin}}},",
        f"{closing}\n    {doc}" if doc else closing,
    )


def namespace(uri: str) -> str:
    """What stands before the local name of ``uri``."""
    return uri[: max(uri.rfind("#"), uri.rfind("/")) + 1]


def _list_line(name: str, value: ValueType, *, is_required: bool) -> Line:
    annotation = f"list[{value.annotation}]"
    return _fenced(
        head=layout.field_head(name, annotation),
        parameter=layout.annotated(name, f"{annotation} | None", " = None", 8),
        assignment=layout.list_assignment(name, 8),
        default="default_factory=list",
        value=value,
        is_required=is_required,
    )


def _fenced(
    *,
    head: tuple[str, str, str],
    parameter: str,
    assignment: str,
    default: str,
    value: ValueType,
    is_required: bool,
) -> Line:
    fits = layout.fits(head[0], 4) and layout.fits(parameter, 9) and layout.fits(assignment, 8)
    fence = not (fits and layout.fits(default, 9))
    return Line(head, parameter, assignment, default, value, is_required, fence)


def _doc(member: Property, value: ValueType, one_of: str) -> str:
    text = member.meta.doc.strip() + one_of
    if value.unit or value.multiplier:
        text += f"\nUnit: {symbol(value)}."
    if isinstance(member, Attribute) and member.default is not None:
        text += f"\n{'Always' if member.is_fixed else 'Initial value'}: {member.default}."
    if member.meta.extension:
        text += f"\nExtension of {member.meta.extension}"
    if member.meta.deprecated:
        text += "\nDeprecated."
    return docstring(text, 4) if text else ""


def symbol(value: ValueType) -> str:
    """Multiplier and unit as they are read: ``MW``, ``kV/h``."""
    unit, _, per = value.unit.partition("/")
    multiplier, _, per_multiplier = value.multiplier.partition("/")
    over = f"/{per_multiplier}{per}" if per or per_multiplier else ""
    return f"{multiplier if multiplier != '1' else ''}{unit}{over}"
