"""Second half of reading XMI 2.x: facts from drafts and from what is said about them elsewhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cimforge.diagnostics import Report
from cimforge.ir.facts import ClassFact, Facts, Location, MemberFact, PackageFact, Ref, SourceFile
from cimforge.readers.identity import element_id
from cimforge.readers.source import RawSource
from cimforge.readers.uml_profile import profile_fact
from cimforge.readers.xmi2_applied import Applied
from cimforge.readers.xmi2_connectors import connector_facts
from cimforge.readers.xmi2_drafts import Draft, Instance, MemberDraft, Said
from cimforge.readers.xmi2_extension import EaExtension
from cimforge.readers.xmi2_model import Model

_PLACEHOLDER = re.compile(r"EA(?!ID_|PK_)[A-Za-z#+]*_(.*)", re.DOTALL)
"""A type of which EA knows but the name: ``EAJava_int``, ``EAnone_String``."""

_SHAPE = "Boundary"


@dataclass(slots=True)
class Assembly:
    """The drafts of one file, and what the extension and applied stereotypes say of them."""

    model: Model
    extension: EaExtension
    applied: Applied
    report: Report
    notes: Counter[str] = field(default_factory=Counter)
    ends: dict[str, MemberDraft] = field(default_factory=dict)
    """The members that are ends of associations, by ``xmi:id``."""

    def facts(self, source: RawSource, exporter: str) -> Facts:
        """All that the file says; without classes it is reported (CIM151)."""
        model = self.model
        self.notes = model.notes + self.extension.notes
        self.ends = {
            raw: model.members[raw]
            for c in model.connectors.values()
            for raw in c.ends
            if raw in model.members
        }
        frames = self._frames()
        shapes = self._shapes()
        packages = tuple(self._package(p, frames) for raw, p in model.packages.items() if raw not in frames)
        classes = tuple(
            ClassFact(
                id=c.id,
                name=c.name,
                package=self._within(c.within, frames),
                stereotypes=(said := self.said(c)).stereotypes,
                is_abstract=c.is_abstract or said.is_abstract,
                doc=said.doc,
                tags=said.tags,
                metaclass=c.kind,
                location=model.at(c),
            )
            for raw, c in model.classes.items()
            if raw not in shapes
        )
        members = tuple(self._members())
        connectors = tuple(f for c in model.connectors.values() for f in connector_facts(self, c))
        self._report_lost_applications()
        if not classes:
            self.report.add("CIM151", at=Location(file=source.path))
        return Facts(
            sources=(SourceFile(path=source.path, format="xmi2", sha256=source.sha256, exporter=exporter),),
            profiles=(profile_fact(source.path, packages, classes, members),) if classes else (),
            packages=packages,
            classes=classes,
            members=members,
            connectors=connectors,
            notes=tuple(sorted((self.notes + self._unmatched()).items())),
        )

    def said(self, draft: Draft, record: Said | None = None) -> Said:
        """What is said of ``draft`` in the model, by applied stereotypes and in EA's extension.

        ``record`` is the extension's, if it is not found by the draft's id. Where there is one, EA has put
        into it whatever it wrote by way of applied stereotypes too. A memo without text is reported (CIM158).
        """
        if record is None:
            record = self.extension.said.get(draft.raw)
        if record is None:
            applied = self.applied
            return Said(
                doc=draft.doc,
                stereotypes=tuple(dict.fromkeys(applied.stereotypes.get(draft.raw, ()))),
                tags=tuple(applied.tags.get(draft.raw, ())),
            )
        for tag in record.memos:
            self.report.add("CIM158", at=self.model.at(draft), tag=tag, name=draft.name or draft.kind)
        if draft.doc and not record.doc:
            record.doc = draft.doc
        return record

    def ref(self, to: str | Ref | None, label: str = "") -> Ref | None:
        """What a reference leads to: an element by id; a placeholder for a type by its name, or ``label``."""
        if to is None or to == "":
            return Ref(by="name", value=label) if label else None
        if isinstance(to, Ref):
            return to
        if (class_ := self.model.classes.get(to)) is not None:
            return Ref(by="id", value=class_.id)
        name = self.extension.labels.get(to)
        if name is None and (found := _PLACEHOLDER.fullmatch(to)):
            name = label or found[1]
        if name is None:
            return Ref(by="id", value=element_id(self.model.names.path, to))
        return Ref(by="name", value=name) if name else None

    def bounds(self, member: MemberDraft, said: Said) -> str:
        """The bounds of an attribute or end: EA's record, else the model's, where UML's default is 1."""
        if said.multiplicity:
            return said.multiplicity
        lower, upper = member.lower, member.upper
        if self.model.from_ea:
            return "" if lower is None and upper is None else f"{lower or ''}..{upper or ''}"
        return f"{'1' if lower is None else lower}..{'1' if upper is None else upper}"

    def _frames(self) -> frozenset[str]:
        """The root nodes of an EA project among the packages: EA has no element for them, only a record."""
        if not self.model.from_ea:
            return frozenset()
        said = self.extension.said
        frames = [
            raw
            for raw, package in self.model.packages.items()
            if not package.within and raw in said and not said[raw].kind
        ]
        if frames:
            self.notes["Package that is a project's root node"] += len(frames)
        return frozenset(frames)

    def _shapes(self) -> frozenset[str]:
        """Frames drawn on diagrams: EA writes them as classes, and only its record says what they are."""
        said = self.extension.said
        shapes = frozenset(r for r in self.model.classes if r in said and said[r].kind == _SHAPE)
        if shapes:
            self.notes[_SHAPE] += len(shapes)
        return shapes

    def _within(self, raw: str, frames: frozenset[str]) -> Ref | None:
        package = self.model.packages.get(raw)
        return None if package is None or raw in frames else Ref(by="id", value=package.id)

    def _package(self, draft: Draft, frames: frozenset[str]) -> PackageFact:
        said = self.said(draft)
        return PackageFact(
            id=draft.id,
            name=draft.name,
            parent=self._within(draft.within, frames),
            stereotypes=said.stereotypes,
            doc=said.doc,
            tags=said.tags,
            location=self.model.at(draft),
        )

    def _members(self) -> Iterator[MemberFact]:
        """Attributes and literals, in file order, and ends whose association is not in the file (CIM167)."""
        position: dict[str, int] = {}
        classes = self.model.classes
        for raw, member in self.model.members.items():
            if raw in self.ends or (owner := classes.get(member.within)) is None:
                continue
            place = position.get(owner.id, 0)
            position[owner.id] = place + 1
            said = self.said(member)
            is_literal = member.kind == "EnumerationLiteral"
            type_ = None if is_literal else self.ref(member.type, said.type)
            is_end = bool(member.association)
            if is_end:
                self.report.add(
                    "CIM167",
                    at=self.model.at(member),
                    element=member.id,
                    name=f"{owner.name}.{member.name}",
                    reference=member.association,
                )
            yield MemberFact(
                id=member.id,
                owner=Ref(by="id", value=owner.id),
                name=member.name,
                type=None if is_end else type_,
                range=type_ if is_end else None,
                multiplicity="" if is_literal else self.bounds(member, said),
                default=said.initial or self._default(member),
                is_constant=member.is_constant or said.is_constant,
                position=place,
                aggregation=member.aggregation if is_end else "",
                stereotypes=said.stereotypes,
                doc=said.doc,
                tags=said.tags,
                location=self.model.at(member),
            )

    def _default(self, member: MemberDraft) -> str | None:
        default = member.default
        if not isinstance(default, Instance):
            return default or None
        literal = self.model.members.get(default.raw)
        if literal is None:
            self.report.add(
                "CIM168", at=self.model.at(member), element=member.id, name=member.name, reference=default.raw
            )
            return None
        return literal.name

    def _report_lost_applications(self) -> None:
        """Report stereotypes that are applied to nothing in the file (CIM169)."""
        model = self.model
        for raw, places in self.applied.places.items():
            known = raw in model.packages or raw in model.classes or raw in model.members
            if not known and raw not in model.connectors and raw not in model.counted:
                for stereotype, at in places:
                    self.report.add("CIM169", at=at, stereotype=stereotype, reference=raw)

    def _unmatched(self) -> Counter[str]:
        """What the extension alone has, by kind: shapes and lines on diagrams that are no UML."""
        model = self.model
        return Counter(
            said.kind
            for raw, said in self.extension.said.items()
            if said.kind
            and not (raw in model.packages or raw in model.classes or raw in model.members)
            and not (raw in model.connectors or raw in model.counted)
        )
