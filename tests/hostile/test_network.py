"""No file makes a command reach for the network: a listener of ours hears nothing.

`tests/house` sees the sockets that Python opens; this also sees those that libraries written in C would.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hostile.bad_bytes import sound, with_doc, with_doctype
from tests.hostile.runs import cimforge
from tests.hostile.sketch import ALL, ROOTS, WRITERS, Format


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """A socket on this machine that notes whoever comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        yield server


def reaching(format_: Format, address: bytes) -> Iterator[bytes]:
    """Files that name ``address`` in every way that a reader could follow."""
    if format_ == "ttl":
        yield sound("ttl").replace(b"@prefix", b"@base <%s> .\n@prefix" % address, 1)
        yield sound("ttl") + b"<%s> <http://www.w3.org/2002/07/owl#imports> <%s> .\n" % (address, address)
        return
    if format_ == "qea":
        yield WRITERS["qea"](with_doc(address.decode()))
        return
    if format_ == "nt":
        yield sound("nt") + b"<%s> <http://www.w3.org/2002/07/owl#imports> <%s> .\n" % (address, address)
        return
    if format_ == "jsonld":
        body = sound("jsonld")
        yield b'{"@context": "%s", "@graph": %s}' % (address, body)
        yield b'{"@context": [{}, "%s"], "@graph": %s}' % (address, body)
        yield b'{"@context": {"@version": 1.1, "@import": "%s"}, "@graph": %s}' % (address, body)
        yield body.replace(b'"@id"', b'"@context": "%s", "@id"' % address, 1)
        yield b'{"@context": {"x": {"@id": "%s", "@context": "%s"}}, "x": {}, "@graph": %s}' % (
            address,
            address,
            body,
        )
        return
    root = ROOTS[format_]
    start = b"<" + root + b" "
    yield sound(format_).replace(b"?>\n", b'?>\n<!DOCTYPE %s SYSTEM "%s">\n' % (root, address), 1)
    yield sound(format_).replace(b"?>\n", b'?>\n<!DOCTYPE %s PUBLIC "-//x" "%s">\n' % (root, address), 1)
    yield sound(format_).replace(b"?>\n", b'?>\n<?xml-stylesheet type="text/xsl" href="%s"?>\n' % address, 1)
    yield with_doctype(b'<!ENTITY x SYSTEM "%s">' % address, b"&x;")(format_)
    yield with_doctype(b'<!ENTITY %% x SYSTEM "%s">\n%%x;' % address)(format_)
    yield with_doctype(b'<!NOTATION n SYSTEM "%s">\n<!ENTITY x SYSTEM "%s" NDATA n>' % (address, address))(
        format_
    )
    location = (
        b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x %s" ' % address
    )
    yield sound(format_).replace(start, start + location, 1)
    include = b'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="%s"/>' % address
    yield sound(format_).replace(b"</%s>" % root, include + b"</%s>" % root)


@pytest.mark.parametrize("format_", ALL)
def test_nobody_comes(format_: Format, listener: socket.socket, tmp_path: Path) -> None:
    address = b"http://127.0.0.1:%d/model.dtd" % listener.getsockname()[1]
    for i, data in enumerate(reaching(format_, address)):
        assert address in data
        path = tmp_path / f"model{i}.{format_}"
        path.write_bytes(data)
        ended = cimforge("build", path, "--out", tmp_path / f"out{i}")
        assert ended.status in (0, 2), ended
        with pytest.raises(BlockingIOError):
            listener.accept()
