"""What the tests of all UML readers share: facts as a person writes them, folder cases, damage."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from cimforge.diagnostics import Report
from cimforge.ir.facts import Facts, Ref
from cimforge.readers.source import RawSource
from cimforge.readers.xml_stream import XmlStream, open_xml
from lxml import etree

CASES = Path(__file__).resolve().parent.parent / "cases" / "readers"

Read = Callable[[RawSource, XmlStream, Report], Facts | None]
Expect = Callable[[Path, str], None]


def read_xml(reader: Read, data: bytes, path: str = "input.xmi") -> tuple[Facts | None, Report]:
    """What ``reader`` makes of ``data``, or of its not being XML."""
    report = Report()
    source = RawSource(path=path, data=data)
    stream = open_xml(source, report)
    return (None if stream is None else reader(source, stream, report)), report


def read_case(reader: Read, folder: Path) -> tuple[Facts | None, Report]:
    """What ``reader`` makes of the one input of a folder."""
    (file,) = folder.glob("input.*")
    return read_xml(reader, file.read_bytes(), file.name)


def by_line(report: Report) -> list[str]:
    """The diagnostics: each with line, severity and the lines of other places."""
    return [
        f"{d.location.line or '-'} {d.code} {report.severity(d)}: {d.message}"
        + "".join(f"\n  see line {r.line}" for r in d.related)
        for d in report.diagnostics
    ]


def check_case(folder: Path, facts: Facts | None, problems: Iterable[str], expect: Expect) -> None:
    """``facts`` are those of ``facts.json``, ``problems`` the lines of ``diagnostics.txt``, where they stand."""
    found = "".join(f"{line}\n" for line in problems)
    if found or (folder / "diagnostics.txt").is_file():
        expect(folder / "diagnostics.txt", found)
    if facts is None:
        assert not (folder / "facts.json").exists()
        return
    expect(folder / "facts.json", json.dumps(plain(facts), indent=1, ensure_ascii=False) + "\n")


def plain(value: object) -> object:
    """Facts as JSON that a person can write: references in a word, without places and defaults."""
    if isinstance(value, Ref):
        return f"{value.by} {value.value}"
    if isinstance(value, tuple):
        return [plain(v) for v in value]
    if not isinstance(value, msgspec.Struct):
        return value
    found: dict[str, object] = {}
    for field in msgspec.structs.fields(value):
        content = getattr(value, field.name)
        made = field.default_factory
        default = field.default if made is msgspec.NODEFAULT else made()
        if field.name not in ("location", "sources") and content != default:
            found[field.name] = plain(content)
    return found


def check_damage(folder: Path, reader: Read) -> None:
    """Sixty damaged copies of a case's input: each is read, or refused as unreadable; no id stands twice."""
    (file,) = folder.glob("input.*")
    root = etree.parse(file, etree.XMLParser(load_dtd=False, no_network=True)).getroot()
    for seed in range(60):
        facts, report = read_xml(reader, damaged(root, random.Random(f"{folder.name} {seed}")))
        assert all(d.message for d in report.diagnostics)
        if facts is None:
            assert report.has_unreadable
            continue
        for kind in (facts.packages, facts.classes, facts.members, facts.connectors):
            ids = [f.id for f in kind]
            assert len(set(ids)) == len(ids)


def damaged(root: etree._Element, chance: random.Random) -> bytes:
    """A copy of the document in which a few elements are lost, doubled, moved or renamed."""
    root = copy.deepcopy(root)
    for _ in range(chance.randint(1, 4)):
        elements = list(root.iterdescendants("*"))
        if not elements:
            break
        element, other = chance.choice(elements), chance.choice(elements)
        names = list(element.attrib)
        match chance.randrange(6):
            case 0 if names:
                del element.attrib[chance.choice(names)]
            case 1 if names:
                element.set(
                    chance.choice(names), chance.choice(["", " ", "x y", "G.0", "n", "-1", "\N{BOM}"])
                )
            case 2:
                element.getparent().remove(element)
            case 3:
                element.addnext(copy.deepcopy(element))
            case 4 if other not in element.iterancestors():
                other.append(copy.deepcopy(element))
            case _:
                element.tag, other.tag = other.tag, element.tag
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)
