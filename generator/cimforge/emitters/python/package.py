"""The lazy ``__init__`` of every package, and the table of documents."""

from __future__ import annotations

from collections.abc import Iterator

from cimforge.emitters.protocol import Request, Unit
from cimforge.emitters.python import layout
from cimforge.emitters.python.view import PyDocuments, PyPackage
from cimforge.emitters.quoting import docstring, string_literal
from cimforge.ir.ids import ElementId
from cimforge.ir.value import Struct

RUNTIME_NAMES = ("CimObject", "InvalidMessage", "Reference", "from_json", "from_xml", "to_json", "to_xml")


class Home(Struct, frozen=True, kw_only=True):
    """One module and what its package offers of it."""

    unit: Unit
    module: str
    """Dotted, from the package's root."""
    names: tuple[str, ...]
    """A message module's document class; every class of a family's module."""
    is_variant: bool

    @property
    def package(self) -> str:
        """Dotted name of the package that the module stands in; empty for the root."""
        return self.module.rpartition(".")[0]

    @property
    def stem(self) -> str:
        """The module's own name."""
        return self.module.rpartition(".")[2]

    @classmethod
    def of(cls, unit: Unit, module: str, elements: tuple[ElementId, ...]) -> Home:
        """The home that ``module`` of ``unit`` is for ``elements``."""
        table = unit.names["python"]
        is_document = unit.model.envelope is not None
        names = (table.envelope,) if is_document else tuple(table.by_id[e] for e in elements)
        is_variant = unit.spec is not None and bool(unit.spec.variant)
        return cls(unit=unit, module=module, names=names, is_variant=is_variant)


def packages(request: Request, homes: list[Home]) -> Iterator[tuple[str, PyPackage]]:
    """Every package, root first, dotted, with its view."""
    folders = {""}
    for home in homes:
        parts = home.package.split(".") if home.package else []
        folders.update(".".join(parts[: i + 1]) for i in range(len(parts)))
    for folder in sorted(folders):
        inner = [f.rpartition(".")[2] for f in folders if f and f.rpartition(".")[0] == folder]
        yield folder, _package(request, folder, inner, [h for h in homes if h.package == folder])


def _package(request: Request, folder: str, inner: list[str], homes: list[Home]) -> PyPackage:
    modules = sorted({*inner, *(h.stem for h in homes)})
    home_by_name = {m: f".{m}" for m in modules}
    offered: dict[str, set[str]] = {}
    if not folder:
        home_by_name.update(dict.fromkeys(RUNTIME_NAMES, "._runtime"))
        offered["._runtime"] = set(RUNTIME_NAMES)
    # A name that two modules have goes to the standard one; of two equals neither is offered.
    claims: dict[str, list[Home]] = {}
    for home in homes:
        for name in home.names:
            claims.setdefault(name, []).append(home)
    for name, claimants in claims.items():
        first = [h for h in claimants if not h.is_variant] or claimants
        if len(first) == 1 and name not in home_by_name:
            home_by_name[name] = f".{first[0].stem}"
            offered.setdefault(f".{first[0].stem}", set()).add(name)
    imports = [layout.import_from(".", modules, 4)] if modules else []
    imports += [layout.import_from(m, offered[m], 4) for m in sorted(offered)]
    return PyPackage(
        header=request.header,
        doc=docstring(_doc(request, folder), 0),
        imports="\n".join(imports),
        all=tuple(map(string_literal, sorted(home_by_name))),
        homes=tuple(
            f"{string_literal(name)}: {string_literal(home_by_name[name])}" for name in sorted(home_by_name)
        ),
    )


def _doc(request: Request, folder: str) -> str:
    if not folder:
        return (
            f"{request.name} {request.version}".rstrip()
            + ": classes, and messages as XML and JSON.\n\nEverything loads at its first use. "
            "Reading and writing need lxml, dates and durations need xsdata."
        )
    for group in request.groups:
        if group.code.lower() == folder:
            return f"{group.code}: {group.name}.\n\n{group.doc}"
    return f"Package {folder}."


def documents(request: Request, homes: list[Home]) -> PyDocuments:
    """The table that finds a document's class: a variant's documents are found by the standard class."""
    entries: dict[str, str] = {}
    for home in sorted(homes, key=lambda h: (not h.is_variant, h.module)):
        envelope = home.unit.model.envelope
        if envelope is not None:
            name = home.unit.names["xsd"].envelope or envelope.name
            tag = f"{{{envelope.namespace}}}{name}" if envelope.namespace else name
            pair = f"({string_literal('.' + home.module)}, {string_literal(home.names[0])})"
            key = string_literal(tag)
            line = f"{key}: {pair}"
            if len(line) + 5 > layout.WIDTH:
                module, name = pair[1:-1].split(", ")
                line = f"{key}: (\n        {module},\n        {name},\n    )"
            entries[key] = line
    return PyDocuments(header=request.header, documents=tuple(entries[k] for k in sorted(entries)))
