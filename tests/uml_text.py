"""UML models as a page of text, for tests of passes: what a reader of any UML format would state.

    == grid.xmi                                  a file (`== grid.ttl rdfs` for a format other than xmi1)
    profile EQ version=2.0 modified=2024-05-01   its profile, with two statements of a header
    table European=http://example.org/eu#        a row of the table of namespaces that goes with it
    prefix acme=http://acme.example/#            a prefix that its head binds
    package Grid @P «CIMExtension» {nsuri=http://acme.example/#}
    package Sub in P
    class Asset in P @A «European» {baseuri=…} abstract "What it is."
      kind: AssetKind [0..1] = 3 «deprecated»    an attribute; a type in quotes is a name without a link
      on                                         a member without a type
    gen B > A «CIMExtension»                     B derives from A
    assoc A.asset [0..1] o-- B.parts [0..*] «x» {tag=value}    ends named by class and role; o is a diamond
    dep A > B «IsBasedOn»
    note Diagram 3                               what the reader counts

Elements are known by ``@id``, else by their name; members' ids are ``<class id>.<name>``. A location is the line in
the text. In a file of the format ``rdfs`` classes and members carry URIs, ``uri=…``.
"""

from __future__ import annotations

import re
from typing import Any

from cimforge.ir.facts import (
    ClassFact,
    ConnectorFact,
    EndFact,
    Facts,
    Location,
    MemberFact,
    PackageFact,
    ProfileFact,
    Ref,
    SourceFile,
    SpaceFact,
)
from cimforge.ir.ids import ElementId

_MARKS = re.compile(r'«(?P<st>[^»]*)»|\{(?P<tags>[^}]*)\}|@(?P<id>\S+)|uri=(?P<uri>\S+)|"(?P<doc>[^"]*)"')
_ASSOC = re.compile(
    r"(?P<a>\w[\w-]*)\.(?P<ra>\w*)\s*\[(?P<ma>[^\]]*)\]\s*(?P<da>o?)--(?P<db>o?)\s*"
    r"(?P<b>\w[\w-]*)\.(?P<rb>\w*)\s*\[(?P<mb>[^\]]*)\]"
)


def _marks(text: str) -> tuple[str, dict[str, Any]]:
    """``text`` without its marks, and what they say."""
    said: dict[str, Any] = {"stereotypes": (), "tags": (), "doc": "", "id": "", "uri": ""}
    for found in _MARKS.finditer(text):
        if found["st"] is not None:
            said["stereotypes"] += (found["st"],)
        elif found["tags"] is not None:
            said["tags"] += tuple(tuple(t.strip().split("=", 1)) for t in found["tags"].split(";"))
        else:
            key = next(k for k in ("id", "uri", "doc") if found[k] is not None)
            said[key] = found[key]
    return _MARKS.sub("", text).strip(), said


def read_uml(text: str) -> tuple[Facts, ...]:
    """The facts of each file that ``text`` describes."""
    files: list[dict[str, Any]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        word, _, rest = line.strip().partition(" ")
        if word == "==":
            path, _, form = rest.partition(" ")
            files.append(_empty(path, form or "xmi1"))
            continue
        at = Location(file=files[-1]["sources"][0].path, line=number)
        if line.startswith(" "):
            _member(files[-1], line.strip(), at)
        else:
            _element(files[-1], word, rest, at)
    return tuple(Facts(**{k: tuple(v) if isinstance(v, list) else v for k, v in f.items()}) for f in files)


def _empty(path: str, form: str) -> dict[str, Any]:
    kinds = ("profiles", "packages", "classes", "members", "connectors", "namespaces", "spaces", "notes")
    return {"sources": [SourceFile(path=path, format=form, sha256="")], **{kind: [] for kind in kinds}}


def _element(file: dict[str, Any], word: str, rest: str, at: Location) -> None:
    if word == "profile":
        name, *pairs = rest.split()
        said = dict(p.split("=", 1) for p in pairs)
        version = said.pop("version", "")
        header = tuple((f"http://purl.org/dc/terms/{name}", value) for name, value in said.items())
        profile = ProfileFact(
            id=ElementId(f"uml:{name}"), keyword=name, version=version, header=header, location=at
        )
        file["profiles"].append(profile)
    elif word == "table":
        name, _, space = rest.partition("=")
        file["spaces"].append(SpaceFact(stereotype=name, namespace=space, location=at))
    elif word == "prefix":
        file["namespaces"].append(tuple(rest.split("=", 1)))
    elif word == "note":
        kind, count = rest.split()
        file["notes"].append((kind, int(count)))
    elif word in ("package", "class", "enumeration"):
        _classifier(file, word, rest, at)
    else:
        _connector(file, word, rest, at)


def _classifier(file: dict[str, Any], word: str, rest: str, at: Location) -> None:
    plain, said = _marks(rest)
    words = plain.split()
    abstract = "abstract" in words
    words = [w for w in words if w != "abstract"]
    home = Ref(by="id", value=words[2]) if len(words) > 2 else None
    id_ = ElementId(said.pop("id") or said["uri"] or words[0])
    if word == "package":
        file["packages"].append(PackageFact(id=id_, name=words[0], parent=home, location=at, **said))
        return
    is_uml = file["sources"][0].format != "rdfs"
    file["classes"].append(
        ClassFact(
            id=id_,
            name=words[0],
            package=home,
            is_abstract=abstract if is_uml else None,
            metaclass="Enumeration" if word == "enumeration" else "Class",
            location=at,
            **said,
        )
    )


def _member(file: dict[str, Any], line: str, at: Location) -> None:
    owner = file["classes"][-1]
    line, _, default = line.partition(" = ")
    typed = re.search(r':\s*("?)([\w#/.:@-]+)"?', line)
    type_ = Ref(by="name" if typed[1] else "id", value=typed[2]) if typed else None
    if typed:
        line = line[: typed.start()] + line[typed.end() :]
    multiplicity = re.search(r"\[([^\]]*)\]", line)
    line = re.sub(r"\[[^\]]*\]", "", line)
    value, more = _marks(default)
    plain, said = _marks(line)
    said = {k: said[k] or more[k] for k in said}
    id_ = said.pop("id") or said["uri"] or f"{owner.id}.{plain}"
    file["members"].append(
        MemberFact(
            id=ElementId(id_),
            owner=Ref(by="id", value=owner.id),
            name=plain,
            type=type_,
            multiplicity=multiplicity[1] if multiplicity else "",
            default=value or None,
            position=sum(m.owner.value == owner.id for m in file["members"]),
            location=at,
            **said,
        )
    )


def _connector(file: dict[str, Any], word: str, rest: str, at: Location) -> None:
    plain, said = _marks(rest)
    del said["uri"]
    id_ = said.pop("id") or f"{word}{len(file['connectors']) + 1}"
    if word == "assoc":
        found = _ASSOC.match(plain)
        assert found, plain
        source, target = _end(found, "a", f"{id_}-source"), _end(found, "b", f"{id_}-target")
        kind = "Association"
    else:
        child, parent = (Ref(by="id", value=side.strip()) for side in plain.split(">"))
        source = EndFact(id=ElementId(f"{id_}-source"), element=child)
        target = EndFact(id=ElementId(f"{id_}-target"), element=parent)
        kind = {"gen": "Generalization", "dep": "Dependency"}[word]
    file["connectors"].append(
        ConnectorFact(id=ElementId(id_), kind=kind, source=source, target=target, location=at, **said)
    )


def _end(found: re.Match[str], side: str, id_: str) -> EndFact:
    return EndFact(
        id=ElementId(id_),
        element=Ref(by="id", value=found[side]),
        role=found[f"r{side}"],
        multiplicity=found[f"m{side}"],
        aggregation="shared" if found[f"d{side}"] else "",
    )
