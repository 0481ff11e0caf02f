"""What an element of XMI 1.x says, once everything that it refers to is known."""

from __future__ import annotations

from cimforge.ir.facts import Ref
from cimforge.ir.ids import ElementId
from cimforge.readers.identity import element_id
from cimforge.readers.xmi1_collected import Collected
from cimforge.readers.xmi1_tags import Tagged
from cimforge.readers.xmi1_written import Written


class Reading:
    """One file being read: what was found in it."""

    def __init__(self, found: Collected) -> None:
        self.found = found
        self._refs: dict[str, Ref] = {}

    def tagged(self, written: Written, key: str) -> Tagged:
        """The tagged values of an element: those in it, then those elsewhere that name it by ``key``.

        A value whose text the exporter left out is reported (CIM158).
        """
        found, tagged = self.found, written.tagged
        if not (found.tagged or tagged.open or tagged.memos):
            return tagged
        if key and (apart := found.tagged.pop(key, None)):
            tagged.open = [*(tagged.open or ()), *apart]
        if tagged.open:
            found.tags.finish(tagged)
        for tag in tagged.memos or ():
            name = written.name or written.kind
            found.report.add("CIM158", at=found.at(written), tag=tag, name=name)
        return tagged

    def type_of(self, written: Written) -> Ref | None:
        """The type of an attribute, or the class at an association end; None where the file states none.

        A reference to a placeholder is its label: a reference by name.
        """
        if written.type and (ref := self.ref(written.type)) is not None:
            return ref
        return Ref(by="name", value=written.type_name) if written.type_name else None

    def ref(self, raw: str) -> Ref | None:
        """What the ``xmi.id`` ``raw`` leads to: an element by id, or, for a placeholder, a label."""
        ref = self._refs.get(raw)
        if ref is None and (label := self.found.labels.get(raw)) != "":
            ref = Ref(by="name", value=label) if label else Ref(by="id", value=self.id_of(raw))
            self._refs[raw] = ref
        return ref

    def id_of(self, raw: str) -> ElementId:
        """The id that ``raw`` stands for, whether or not the file holds such an element."""
        return self.found.ids.get(raw) or element_id(self.found.path, raw)

    def stereotypes(self, written: Written, key: str) -> tuple[str, ...]:
        """Every stereotype of an element once, in the order found; references to it are by ``key``.

        The shapes are: a ``stereotype`` attribute (a name, or ids), a nested ``Stereotype`` (named or by
        reference), EA's tagged values, and stereotypes elsewhere that list what they extend. A reference to a
        stereotype that is not in the file is reported (CIM157).
        """
        ea, extended = written.tagged.ea, self.found.extended.get(key, ())
        if not (ea or extended or written.stereotypes or written.stereotype):
            return ()
        known = self.found.stereotypes
        stated: list[str] = []
        if text := written.stereotype:
            ids = text.split()
            stated.extend([known[i] for i in ids] if all(i in known for i in ids) else [text])
        for at, name in written.stereotypes:
            if at in known:
                stated.append(known[at])
            elif name:
                stated.append(name)
            elif at:
                name = written.name or written.kind
                self.found.report.add("CIM157", at=self.found.at(written), name=name, reference=at)
        return tuple(dict.fromkeys(filter(None, (*stated, *written.tagged.stereotypes, *extended))))
