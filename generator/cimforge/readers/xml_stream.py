"""The strict loader for large files: elements are handed out as they are complete, then freed.

It reads what `strict_xml.parse_xml` reads and refuses what that refuses, in the same words.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Literal

from lxml import etree

from cimforge.diagnostics import Report
from cimforge.ir.facts import Location
from cimforge.readers.source import RawSource
from cimforge.readers.strict_xml import (
    ATTRIBUTE_LIMIT,
    XINCLUDE,
    encoding_of,
    explain,
    has_long_tag,
    parse_xml,
)
from cimforge.readers.xml_lines import line_of

CHUNK = 32 * 1024
"""Bytes that are fed at a time. What is not handed out yet is never much more, whole elements apart."""

_FIRST_CHUNK = 4 * 1024

_PROLOG = re.compile(rb"(?:\xef\xbb\xbf)?(?:\s+|<\?.*?\?>|<!--.*?-->)*+<", re.DOTALL)
"""Everything before the document type or, without one, the root; up to its ``<``."""

Step = Literal["open", "whole", "close"]
IsFrame = Callable[[etree._Element], bool]


def open_xml(source: RawSource, report: Report) -> XmlStream | None:
    """The document, read as far as its root's start tag; None after an error, which is reported.

    Errors are those of `parse_xml` that show before the end of the root's start tag, or anywhere in a
    document that declares entities: that one is read as a tree. libxml2 frees what stands in an entity when
    it finds the entity broken, and lxml would go on handing it out.
    """
    data = source.data
    encoding = encoding_of(source, report)
    if encoding is None:
        return None
    declared = _declared(data, encoding)
    if "ENTITY" in declared:
        tree = parse_xml(source, report)
        return None if tree is None else XmlStream(source, report, tree.getroot(), encoding, is_tree=True)
    has_doctype = "DOCTYPE" in declared
    parser = _parser(has_doctype=has_doctype, events=("start",))
    root = None
    with suppress(etree.XMLSyntaxError, UnicodeDecodeError):
        for chunk in _utf8(data, encoding, _FIRST_CHUNK):
            parser.feed(chunk)
            root = next((element for _, element in parser.read_events()), None)
            if root is not None:
                break
    with suppress(etree.XMLSyntaxError):
        parser.close()
    if root is None:
        parse_xml(source, report)
        return None
    return XmlStream(source, report, root, encoding, has_doctype=has_doctype)


class XmlStream:
    """A document of which only the root's start tag is known, until `walk` reads it.

    Comments and processing instructions are left out; texts are exact.
    """

    root: etree._Element
    """The root with its attributes; what it holds is of no account."""

    is_sound: bool
    """After `walk`: whether the whole document is well-formed and within the limits."""

    def __init__(
        self,
        source: RawSource,
        report: Report,
        root: etree._Element,
        encoding: str,
        *,
        has_doctype: bool = False,
        is_tree: bool = False,
    ) -> None:
        self.source = source
        self.root = root
        self.is_sound = False
        self._report = report
        self._encoding = encoding
        self._has_doctype = has_doctype
        self._is_tree = is_tree
        self._is_crowded = not is_tree and has_long_tag(source.data)
        self._has_includes = not is_tree and XINCLUDE.encode(encoding) in source.data
        self._includes: list[tuple[Location, str]] = []

    def walk(self, is_frame: IsFrame) -> Iterator[tuple[Step, etree._Element]]:
        """Every element that stands in nothing but frames, in document order; each is freed afterwards.

        The root is a frame, and every child of a frame for which ``is_frame`` is true when its start tag
        has been read. A frame is handed out twice, at its start (``open``, attributes only) and at its end
        (``close``, empty). Any other child of a frame is handed out when it is complete (``whole``), with its
        parents around it; it is removed from its frame when the next step is asked for, but lives as long as
        it is referred to.

        Whoever keeps what a walk gave has to ask `is_sound` at the end: of a document that breaks on its last
        line, everything before that line has been handed out. Errors are reported then, as `parse_xml` does,
        and likewise an ``xi:include`` (CIM123).
        """
        for step, element in self._tree_steps(is_frame) if self._is_tree else self._steps(is_frame):
            if self._is_crowded and step != "close" and _too_many_attributes(element, step):
                parse_xml(self.source, self._report)
                self.is_sound = False
                return
            if self._has_includes and step == "whole":
                self._includes.extend(_includes(element, self.source.path))
            yield step, element
        if self.is_sound:
            for at, href in self._includes:
                self._report.add("CIM123", at=at, href=href)

    def _tree_steps(self, is_frame: IsFrame) -> Iterator[tuple[Step, etree._Element]]:
        self.is_sound = True
        spine = _Spine(is_frame)
        yield spine.enter(self.root, is_whole=True)
        yield from spine.advance()

    def _steps(self, is_frame: IsFrame) -> Iterator[tuple[Step, etree._Element]]:
        data = self.source.data
        parser = _parser(has_doctype=self._has_doctype, events=("start",), tag=self.root.tag)
        spine = _Spine(is_frame)
        try:
            for chunk in _utf8(data, self._encoding, CHUNK):
                parser.feed(chunk)
                for _, element in parser.read_events():
                    if not spine.frames:
                        yield spine.enter(element, is_whole=False)
                yield from spine.advance()
            parser.close()
        except etree.XMLSyntaxError as error:
            explain(self.source, self._encoding, error, self._report)
            return
        except UnicodeDecodeError:
            parse_xml(self.source, self._report)
            return
        finally:
            # A parser that is left in the middle of a document stays locked.
            with suppress(etree.XMLSyntaxError):
                parser.close()
        self.is_sound = True
        yield from spine.finish()


class _Spine:
    """The frames that are open, outermost first, and what may be handed out of them."""

    def __init__(self, is_frame: IsFrame) -> None:
        self.frames: list[etree._Element] = []
        self._is_whole: list[bool] = []
        self._is_frame = is_frame

    def enter(self, frame: etree._Element, *, is_whole: bool) -> tuple[Step, etree._Element]:
        self.frames.append(frame)
        self._is_whole.append(is_whole)
        return "open", frame

    def advance(self) -> Iterator[tuple[Step, etree._Element]]:
        """What has become complete: an element is when another follows it, or when its parent is."""
        is_whole = self._is_whole[0] if self._is_whole else False
        for depth, frame in enumerate(self.frames):
            is_whole = is_whole or (depth > 0 and frame.getnext() is not None)
            self._is_whole[depth] = is_whole
        while self.frames:
            frame = self.frames[-1]
            for child in frame:
                is_whole = self._is_whole[-1] or child.getnext() is not None
                if not is_whole and len(child) == 0:
                    return  # its text is not complete, which may be needed for its line
                if self._is_frame(child):
                    yield self.enter(child, is_whole=is_whole)
                    break
                if not is_whole:
                    return
                yield "whole", child
                frame.remove(child)
            else:
                if not self._is_whole[-1]:
                    return
                self.frames.pop()
                self._is_whole.pop()
                yield "close", frame
                if self.frames:
                    self.frames[-1].remove(frame)

    def finish(self) -> Iterator[tuple[Step, etree._Element]]:
        """All that is left: the document is complete."""
        self._is_whole[0] = True
        return self.advance()


def _declared(data: bytes, encoding: str) -> set[str]:
    """Which of ``DOCTYPE`` and ``ENTITY`` stand behind ``<!``; perhaps in a comment only."""
    words = ("DOCTYPE", "ENTITY")
    if not encoding.startswith("utf-16"):
        # A document type stands before the root; seldom is the whole file searched.
        start = _PROLOG.match(data)
        if start is not None and not data.startswith(b"!", start.end()):
            return set()
    return {word for word in words if f"<!{word}".encode(encoding) in data}


def _parser(*, has_doctype: bool, **options: Any) -> etree.XMLPullParser:
    """A parser as strict as that of `parse_xml`; what it is fed is UTF-8, whatever the file is in."""
    return etree.XMLPullParser(
        encoding="utf-8",
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=has_doctype,
        **options,
    )


def _utf8(data: bytes, encoding: str, size: int) -> Iterator[bytes]:
    """``data`` as UTF-8 in pieces of about ``size`` bytes; `UnicodeDecodeError` if it is in another encoding.

    Python recodes faster than libxml2 does, and bytes that are ASCII need no recoding at all.
    """
    if encoding == "utf-8":
        start = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        for at in range(start, len(data), size):
            yield data[at : at + size]
        return
    decoder = getincrementaldecoder(encoding)()
    is_wide = encoding.startswith("utf-16")
    start = 2 if is_wide and data.startswith((b"\xff\xfe", b"\xfe\xff")) else 0
    for at in range(start, len(data), size):
        chunk = data[at : at + size]
        yield chunk if not is_wide and chunk.isascii() else decoder.decode(chunk).encode()
    decoder.decode(b"", final=True)


def _too_many_attributes(element: etree._Element, step: Step) -> bool:
    where = "self::*" if step == "open" else "descendant-or-self::*"
    return bool(element.xpath(f"boolean({where}[count(@*) > {ATTRIBUTE_LIMIT}])"))


def _includes(element: etree._Element, path: str) -> Iterator[tuple[Location, str]]:
    for include in element.iter(f"{{{XINCLUDE}}}include"):
        yield Location(file=path, line=line_of(include)), include.get("href", "")
