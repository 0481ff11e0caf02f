"""A profile as the text of a selection: what `readers.selection` reads back as the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping

from cimforge.ir.facets import stated
from cimforge.ir.index import Index
from cimforge.ir.model import Class, Enumeration, Facets
from cimforge.ir.profile import ProfileSpec, PropertyRule, Selection
from cimforge.passes.lookup import Lookup
from cimforge.readers.selection_header import is_iec

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_CALLED = {"patterns": "pattern"}
_LISTS = frozenset(("patterns", "allowed"))
_WIDTH = 110


def as_toml(spec: ProfileSpec, base: Index, remark: str) -> str:
    """``spec``, complete as a selection has to be, as TOML, with ``remark`` as a comment at the head.

    Names that are URIs get a prefix of ``base`` where one is fit for it. Tables stand in the order of the
    selections, those of enumerations behind those of classes.
    """
    return "\n".join(_Writer(spec, base).lines(remark)) + "\n"


class _Writer:
    def __init__(self, spec: ProfileSpec, base: Index) -> None:
        self.spec = spec
        self.lookup = Lookup(base, spec)
        self.prefixes = {
            space: prefix
            for prefix, space in sorted(base.model.namespaces, reverse=True)
            if re.fullmatch(r"[A-Za-z][A-Za-z0-9-]{0,29}", prefix)
            and re.fullmatch(r"(https?://|urn:)\S*[#/]", space)
        }
        self.used: dict[str, str] = {}

    def lines(self, remark: str) -> Iterator[str]:
        """The whole, line by line."""
        spec = self.spec
        body = [*self._roots(), *self._tables()]
        yield from (f"# {line}".rstrip() for line in remark.splitlines())
        yield ""
        yield "[profile]"
        yield from _entries(self._header())
        if self.used:
            yield ""
            yield "[namespaces]"
            yield from _entries({prefix: self.used[prefix] for prefix in sorted(self.used)})
        if spec.extension:
            rule = spec.extension
            yield ""
            yield "[extension]"
            yield from _entries(
                {
                    "prefix": rule.prefix,
                    "namespace": rule.namespace,
                    "owner": rule.owner,
                    "version": rule.version,
                    "use_case": rule.use_case,
                    "description": rule.doc,
                }
            )
        yield from body

    def _header(self) -> dict[str, object]:
        spec, service = self.spec, self.spec.service
        said: dict[str, object] = {"noun": spec.name}
        if service:
            said["group"] = service.group
        said |= {
            "namespace": spec.namespace,
            "version": spec.version,
            "title": spec.title,
            "description": spec.doc,
        }
        if service:
            said |= {
                "authority": service.authority,
                "aligns_with": service.aligns_with,
                "confidence": service.confidence,
                "requests": list(service.requests),
                "events": list(service.events),
            }
        elif is_iec(spec.namespace):
            said["authority"] = "published"
        if spec.tightens != "refuse":
            said["tightens"] = spec.tightens
        return {key: value for key, value in said.items() if value != []}

    def _roots(self) -> Iterator[str]:
        yield ""
        yield "[roots]"
        yield from _entries({self._name(r.class_): str(r.multiplicity) for r in self.spec.roots})
        if not self.spec.roots:
            yield "# what stands directly in a document, such as:"
            yield from (
                f'# {_key(s.name or self._name(s.class_))} = "0..*"'
                for s in self.spec.selections
                if isinstance(self.lookup.classifier(s.class_), Class)
            )

    def _tables(self) -> Iterator[str]:
        enumerations: list[Selection] = []
        for selection in self.spec.selections:
            if isinstance(self.lookup.classifier(selection.class_), Enumeration):
                enumerations.append(selection)
            else:
                yield from self._class(selection)
        for selection in enumerations:
            yield from self._enumeration(selection)

    def _class(self, selection: Selection) -> Iterator[str]:
        yield from self._head("classes", selection)
        said: dict[str, object] = self._of(selection)
        if selection.bases is not None:
            said["extends"] = [self._name(b) for b in selection.bases]
        if selection.is_anonymous:
            said["inline"] = True
        if selection.is_abstract is not None:
            said["abstract"] = selection.is_abstract
        yield from _entries(said | _words(selection))
        for rule in selection.properties:
            yield from _entries({self._name(rule.property): self._member(rule)})

    def _enumeration(self, selection: Selection) -> Iterator[str]:
        yield from self._head("enumerations", selection)
        said = self._of(selection)
        if selection.literals is not None:
            said["values"] = list(selection.literals)
        if selection.is_anonymous:
            said["inline"] = True
        said |= _words(selection)
        yield from _entries(said or {"inline": False})

    def _head(self, kind: str, selection: Selection) -> Iterator[str]:
        yield ""
        yield f"[{kind}.{_key(selection.name or self._name(selection.class_))}]"

    def _of(self, selection: Selection) -> dict[str, object]:
        return {"of": self._name(selection.class_)} if selection.name else {}

    def _member(self, rule: PropertyRule) -> object:
        said: dict[str, object] = {}
        if rule.multiplicity is not None:
            said["multiplicity"] = str(rule.multiplicity)
        if rule.containment is not None:
            said["by"] = rule.containment
        if rule.targets:
            names = [self._name(t) for t in rule.targets]
            said["to"] = names[0] if len(names) == 1 else names
        if rule.order is not None:
            said["order"] = rule.order
        said |= _words(rule) | _facets(rule.facets)
        if not said:
            return True
        return said["multiplicity"] if said.keys() == {"multiplicity"} else said

    def _name(self, name: str) -> str:
        """``name``; with a prefix in place of its namespace, if it is a URI and that is fit for one."""
        at = max(name.rfind("#"), name.rfind("/")) + 1
        space, local = name[:at], name[at:]
        prefix = self.prefixes.get(space)
        if prefix is None or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_-]*", local):
            return name
        self.used[prefix] = space
        return f"{prefix}:{local}"


def _words(said: Selection | PropertyRule) -> dict[str, object]:
    words: dict[str, object] = {}
    if said.note:
        words["note"] = said.note
    if said.stereotypes:
        words["stereotypes"] = list(said.stereotypes)
    return words


def _facets(facets: Facets) -> dict[str, object]:
    found: dict[str, object] = {}
    for name in stated(facets):
        value = getattr(facets, name)
        if name in _LISTS:
            found[_CALLED.get(name, name)] = list(value)
        else:
            found[name] = int(value) if _WHOLE.fullmatch(value) and value != "-0" else value
    return found


def _entries(entries: Mapping[str, object]) -> Iterator[str]:
    for key, value in entries.items():
        yield f"{_key(key)} = {_value(value, len(_key(key)) + 3)}"


def _value(value: object, indent: int = 0) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case list():
            return _list([_value(v) for v in value], indent)
        case dict():
            return "{ " + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items()) + " }"
        case _:
            return _text(str(value))


def _list(items: Iterable[str], indent: int) -> str:
    """The items on one line or, where that gets long outside a table of its own, an item a line."""
    line = f"[{', '.join(items)}]"
    if not indent or len(line) + indent <= _WIDTH:
        return line
    return "[\n" + "".join(f"  {item},\n" for item in items) + "]"


def _text(text: str) -> str:
    """A basic string of TOML; what it cannot hold as it is stands as an escape."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)
