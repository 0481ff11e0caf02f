"""An adapter as it is emitted: every operation, every kind of damage, its own document."""

from __future__ import annotations

import base64
import gzip
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import etree
from starlette.testclient import TestClient

NS = "http://iec.ch/TC57/2011/schema/message"
EDC = "http://cimforge.example/2026/EndDeviceControls#"
JSON, XML = "application/json", "application/xml"
HEADER = f'<RequestMessage xmlns="{NS}"><Header><Verb>create</Verb><Noun>EndDeviceControls</Noun>'
CREATE = (
    HEADER + "<MessageID>m-1</MessageID></Header><Payload>"
    f'<EndDeviceControls xmlns="{EDC}"><EndDeviceControl><mRID>c-1</mRID>'
    '<EndDeviceControlType ref="3.31.0.23"/></EndDeviceControl></EndDeviceControls></Payload>'
    "</RequestMessage>"
)


@pytest.fixture(scope="module")
def client(built: Path) -> TestClient:
    """The adapter with the handlers.py that was emitted."""
    return TestClient(import_module("grid_edo.app").create_app())


@pytest.fixture(scope="module")
def document(built: Path) -> Any:
    return json.loads((built / "adapters/grid_edo/openapi.json").read_text())


def errors_of(response: Any) -> tuple[str, list[str], bool]:
    """Result, error codes, and whether the message has a header, of a reply in either form."""
    if response.headers["content-type"].startswith(JSON):
        reply = response.json()
        codes = [e["code"] for e in reply["Reply"].get("Error", ())]
        return reply["Reply"]["Result"], codes, "Header" in reply
    root = etree.fromstring(response.content)
    codes = [e.text or "" for e in root.iterfind(f"{{{NS}}}Reply/{{{NS}}}Error/{{{NS}}}code")]
    return (
        root.findtext(f"{{{NS}}}Reply/{{{NS}}}Result", ""),
        codes,
        root.find(f"{{{NS}}}Header") is not None,
    )


def test_every_operation_of_the_document_answers(client: TestClient, document: Any, corpus: Path) -> None:
    """With the samples of the document, in both forms: not attempted, properly said."""
    schema = etree.XMLSchema(etree.parse(corpus / "golden/es-cim/Part100_XSDs/Message.xsd"))
    operations = [
        (method.upper(), path, operation)
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]
    assert len(operations) == 5
    for method, path, operation in operations:
        content = operation["requestBody"]["content"]
        for form in (JSON, XML):
            sample = content[form]["examples"]["sample"]["value"]
            body = json.dumps(sample) if form == JSON else sample
            response = client.request(method, path, content=body, headers={"content-type": form})
            assert (response.status_code, response.headers["content-type"]) == (501, form)
            assert errors_of(response) == ("FAILED", ["5.2"], True)
            if form == JSON:
                reply = response.json()
                jsonschema.validate(
                    reply,
                    {"$ref": "#/components/schemas/ResponseMessage", "components": document["components"]},
                )
                assert reply["Header"]["CorrelationID"] == sample["Header"]["MessageID"]
                assert reply["Header"]["Noun"] == "EndDeviceControls"
            else:
                schema.assertValid(etree.fromstring(response.content))


def test_the_document_is_served_to_the_byte(client: TestClient, built: Path) -> None:
    response = client.get("/openapi.json")
    assert response.status_code == 200
    assert response.content == (built / "adapters/grid_edo/openapi.json").read_bytes()


def test_health_and_index(client: TestClient) -> None:
    assert client.get("/health").json() == {"status": "ok", "adapter": "grid_edo", "group": "EDO"}
    assert "POST /EndDeviceControls/query" in client.get("/").json()["operations"]


BOMB = '<!DOCTYPE a [<!ENTITY b "' + "x" * 100 + '">' + "]>" + CREATE
DAMAGED_XML = {
    "empty": (b"", 400, "1.8", False),
    "blanks": (b"  \n", 400, "1.8", False),
    "truncated": (CREATE[:-40].encode(), 400, "1.8", False),
    "wrong tag": (CREATE.replace("</Noun>", "</Nuun>").encode(), 400, "1.8", False),
    "bad byte": (CREATE.replace("c-1", "c-\xe9").encode("latin-1"), 400, "1.8", False),
    "doctype": (BOMB.encode(), 400, "1.8", False),
    "doctype alone": (b"<!DOCTYPE RequestMessage>" + CREATE.encode(), 400, "1.8", False),
    "external entity": (
        b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + CREATE.replace("c-1", "&e;").encode(),
        400,
        "1.8",
        False,
    ),
    "undeclared prefix": (CREATE.replace("<mRID>", "<x:mRID>").encode(), 400, "1.8", False),
    "nul": (CREATE.replace("c-1", "c\0").encode(), 400, "1.8", False),
    "nul reference": (CREATE.replace("c-1", "c&#0;").encode(), 400, "1.8", False),
    "utf-7": (b'<?xml version="1.0" encoding="UTF-7"?>' + CREATE.encode(), 400, "1.8", False),
    "gzip": (gzip.compress(CREATE.encode()), 400, "1.8", False),
    "json as xml": (b'{"Header": {}}', 400, "1.8", False),
    "html": (b"<!doctype html><html><body>hello</body></html>", 400, "1.8", False),
    "deep": (b"<a>" * 5000 + b"</a>" * 5000, 413, "3.1", False),
    "deep below libxml2's limit": (
        CREATE.replace("<mRID>c-1</mRID>", "<a>" * 150 + "</a>" * 150).encode(),
        413,
        "3.1",
        False,
    ),
    "crowd of attributes": (
        ("<a " + " ".join(f'a{n}=""' for n in range(100_000)) + "/>").encode(),
        413,
        "3.1",
        False,
    ),
    "other document": (f'<a xmlns="{NS}"/>'.encode(), 400, "1.8", False),
    "no namespace": (CREATE.replace(f' xmlns="{NS}"', "").encode(), 400, "1.8", False),
    "no header": (f'<RequestMessage xmlns="{NS}"/>'.encode(), 400, "1.5", False),
    "header without noun": (
        CREATE.replace("<Noun>EndDeviceControls</Noun>", "").encode(),
        400,
        "1.5",
        False,
    ),
    "header out of order": (
        CREATE.replace("<Verb>create</Verb>", "").replace("</Noun>", "</Noun><Verb>create</Verb>").encode(),
        400,
        "1.8",
        False,
    ),
    "unknown verb": (CREATE.replace(">create<", ">upsert<").encode(), 400, "2.9", True),
    "former verb": (CREATE.replace(">create<", ">update<").encode(), 400, "2.9", True),
    "other verb": (CREATE.replace(">create<", ">close<").encode(), 400, "2.9", True),
    "event verb": (CREATE.replace(">create<", ">created<").encode(), 400, "2.9", True),
    "other noun": (CREATE.replace("<Noun>EndDeviceControls", "<Noun>Assets").encode(), 400, "2.5", True),
    "no payload": (HEADER.encode() + b"</Header></RequestMessage>", 400, "1.7", True),
    "two documents": (
        CREATE.replace("<Payload>", f'<Payload><EndDeviceControls xmlns="{EDC}"/>').encode(),
        422,
        "3.1",
        True,
    ),
    "payload of another noun": (CREATE.replace(EDC, "urn:other#").encode(), 422, "1.8", True),
    "request that lacks a name": (
        CREATE.replace("<Payload>", "<Request><Option/></Request><Payload>").encode(),
        400,
        "1.6",
        True,
    ),
    "reply in a request": (
        CREATE.replace("<Payload>", "<Reply><Result>OK</Result></Reply><Payload>").encode(),
        422,
        "1.8",
        True,
    ),
    "response": (
        CREATE.replace("RequestMessage", "ResponseMessage")
        .replace("<Payload>", "<Reply><Result>OK</Result></Reply><Payload>")
        .encode(),
        422,
        "1.8",
        True,
    ),
    "fault": (
        f'<FaultMessage xmlns="{NS}"><Reply><Result>FAILED</Result></Reply></FaultMessage>'.encode(),
        400,
        "1.8",
        False,
    ),
    "missing member": (CREATE.replace("<mRID>c-1</mRID>", "").encode(), 422, "1.8", True),
    "missing root": (
        (
            CREATE[: CREATE.index("<EndDeviceControl>")] + "</EndDeviceControls></Payload></RequestMessage>"
        ).encode(),
        422,
        "1.8",
        True,
    ),
    "unknown member": (CREATE.replace("<mRID>", "<nonsense/><mRID>").encode(), 422, "1.8", True),
    "value of no integer": (
        CREATE.replace("</mRID>", "</mRID><drProgramLevel>xx</drProgramLevel>").encode(),
        422,
        "1.8",
        True,
    ),
    "compressed nonsense": (
        HEADER.encode() + b"</Header><Payload><Compressed>!!</Compressed></Payload></RequestMessage>",
        422,
        "1.8",
        True,
    ),
}


@pytest.mark.parametrize(("data", "status", "code", "has_header"), DAMAGED_XML.values(), ids=DAMAGED_XML)
def test_damaged_xml_meets_an_error_reply(
    data: bytes, status: int, code: str, has_header: bool, client: TestClient, corpus: Path
) -> None:
    response = client.post("/EndDeviceControls", content=data, headers={"content-type": XML})
    assert (response.status_code, response.headers["content-type"]) == (status, XML)
    assert errors_of(response) == ("FAILED", [code], has_header)
    schema = etree.XMLSchema(etree.parse(corpus / "golden/es-cim/Part100_XSDs/Message.xsd"))
    schema.assertValid(etree.fromstring(response.content))
    assert b"Traceback" not in response.content
    assert b"root:" not in response.content


def request(**more: Any) -> dict[str, Any]:
    """A create request in JSON, with parts replaced; None takes one away."""
    message: dict[str, Any] = {
        "Header": {"Verb": "create", "Noun": "EndDeviceControls", "MessageID": "m-1"},
        "Payload": {
            "EndDeviceControls": {
                "EndDeviceControl": [{"mRID": "c-1", "EndDeviceControlType": {"ref": "3.31.0.23"}}]
            }
        },
    }
    message.update(more)
    return {k: v for k, v in message.items() if v is not None}


GOOD = json.dumps(request())
DAMAGED_JSON = {
    "empty": (b"", 400, "1.8", False),
    "truncated": (GOOD[:-9].encode(), 400, "1.8", False),
    "trailing comma": (GOOD[:-1].encode() + b",}", 400, "1.8", False),
    "bytes": (b"\xff\xfe{}", 400, "1.8", False),
    "bad byte": (GOOD.replace("c-1", "c-\xe9").encode("latin-1"), 400, "1.8", False),
    "repeated key": (b'{"Header": {}, "Header": {}}', 400, "1.8", False),
    "NaN": (GOOD.replace('"c-1"', "NaN").encode(), 400, "1.8", False),
    "deep lists": (b"[" * 100_000 + b"]" * 100_000, 413, "3.1", False),
    "deep objects": (b'{"a":' * 100_000 + b"1" + b"}" * 100_000, 413, "3.1", False),
    "quotes only": (b'"' * 200_000, 400, "1.8", False),
    "open strings and brackets": (b'["\\"' * 50_000, 400, "1.8", False),
    "long number": (GOOD.replace('"c-1"', "1" * 5000).encode(), 400, "1.8", False),
    "list": (b"[]", 400, "1.8", False),
    "null": (b"null", 400, "1.8", False),
    "no header": (json.dumps(request(Header=None)).encode(), 400, "1.5", False),
    "surrogate in header": (
        b'{"Header": {"Verb": "create", "Noun": "EndDeviceControls", "Comment": "\\ud800"}}',
        400,
        "1.8",
        False,
    ),
    "nul in payload": (GOOD.replace("c-1", "c\\u0000").encode(), 422, "1.8", True),
    "unknown verb": (GOOD.replace('"create"', '"upsert"').encode(), 400, "2.9", True),
    "other noun": (GOOD.replace('"Noun": "EndDeviceControls"', '"Noun": "X"').encode(), 400, "2.5", True),
    "no payload": (json.dumps(request(Payload=None)).encode(), 400, "1.7", True),
    "payload of another noun": (json.dumps(request(Payload={"Assets": {}})).encode(), 422, "1.8", True),
    "payload is a list": (json.dumps(request(Payload=[])).encode(), 422, "1.8", True),
    "unknown part": (json.dumps(request(Nonsense={})).encode(), 422, "1.8", True),
    "unknown member": (GOOD.replace('"mRID"', '"nonsense": 1, "mRID"').encode(), 422, "1.8", True),
    "no root": (json.dumps(request(Payload={"EndDeviceControls": {}})).encode(), 422, "1.8", True),
    "number for text": (GOOD.replace('"c-1"', "1").encode(), 422, "1.8", True),
}


@pytest.mark.parametrize(("data", "status", "code", "has_header"), DAMAGED_JSON.values(), ids=DAMAGED_JSON)
def test_damaged_json_meets_an_error_reply(
    data: bytes, status: int, code: str, has_header: bool, client: TestClient, document: Any
) -> None:
    response = client.post("/EndDeviceControls", content=data, headers={"content-type": JSON})
    assert (response.status_code, response.headers["content-type"]) == (status, JSON)
    assert errors_of(response) == ("FAILED", [code], has_header)
    key = "ResponseMessage" if has_header else "FaultMessage"
    components = document["components"]
    jsonschema.validate(response.json(), {"$ref": f"#/components/schemas/{key}", "components": components})


def test_what_is_too_large_is_refused_before_it_is_read(built: Path) -> None:
    limits = import_module("grid_adapter.strict").Limits(max_bytes=1000)
    small = TestClient(import_module("grid_edo.app").create_app(limits=limits))
    response = small.post("/EndDeviceControls", content=b" " * 1001, headers={"content-type": XML})
    assert response.status_code == 413
    assert errors_of(response) == ("FAILED", ["3.1"], False)
    packed = base64.b64encode(gzip.compress(b"0" * 1_000_000)).decode()[:700]
    bomb = HEADER + f"</Header><Payload><Compressed>{packed}</Compressed></Payload></RequestMessage>"
    assert len(bomb) < 1000
    response = small.post("/EndDeviceControls", content=bomb, headers={"content-type": XML})
    assert errors_of(response) == ("FAILED", ["1.8"], True)


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "code"),
    [
        ("POST", "/Nonsense", {"content-type": JSON}, 404, "2.5"),
        ("GET", "/EndDeviceControls", {}, 405, "2.9"),
        ("DELETE", "/EndDeviceControls/query", {"content-type": JSON}, 405, "2.9"),
        ("POST", "/EndDeviceControls", {}, 415, "1.8"),
        ("POST", "/EndDeviceControls", {"content-type": "text/plain"}, 415, "1.8"),
        ("POST", "/EndDeviceControls", {"content-type": JSON, "accept": "image/png"}, 406, "1.8"),
        ("POST", "/EndDeviceControls", {"content-type": JSON, "content-encoding": "gzip"}, 415, "1.8"),
        ("POST", "/", {"content-type": JSON}, 405, "2.9"),
    ],
)
def test_what_is_no_operation_meets_a_fault(
    method: str, path: str, headers: dict[str, str], status: int, code: str, client: TestClient
) -> None:
    response = client.request(method, path, content=GOOD, headers=headers)
    assert response.status_code == status
    assert errors_of(response) == ("FAILED", [code], False)
    if status == 405:
        assert response.headers["allow"]


@pytest.mark.parametrize(
    ("accept", "sent", "form"),
    [
        (None, JSON, JSON),
        (None, XML, XML),
        ("*/*", XML, XML),
        (XML, JSON, XML),
        (f"{JSON};q=0.5, {XML}", JSON, XML),
        (f"text/html, {JSON};q=0.9, */*;q=0.1", XML, JSON),
        ("text/xml", JSON, XML),
        (f"{XML};q=0, {JSON};q=nonsense, */*;q=0.2", JSON, JSON),
        ("application/*", XML, XML),
    ],
)
def test_accept_is_honoured(accept: str | None, sent: str, form: str, client: TestClient) -> None:
    headers = {"content-type": sent, **({"accept": accept} if accept else {})}
    response = client.post("/EndDeviceControls", content=GOOD if sent == JSON else CREATE, headers=headers)
    assert (response.status_code, response.headers["content-type"]) == (501, form)


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "windows-1252"])
def test_encodings_in_use_are_read(encoding: str, client: TestClient) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + CREATE.replace("c-1", "cé")
    response = client.post("/EndDeviceControls", content=text.encode(encoding), headers={"content-type": XML})
    assert errors_of(response) == ("FAILED", ["5.2"], True)


def test_generic_and_typed_wrappers_are_read(client: TestClient) -> None:
    generic = CREATE.replace("RequestMessage", "Message")
    typed = (
        f'<t:CreateEndDeviceControls xmlns:t="urn:EndDeviceControlsMessage" xmlns="{NS}"><t:Header>'
        "<Verb>create</Verb><Noun>EndDeviceControls</Noun></t:Header><t:Payload>"
        f'<EndDeviceControls xmlns="{EDC}"><EndDeviceControl><mRID>1</mRID><EndDeviceControlType ref="1"/>'
        "</EndDeviceControl></EndDeviceControls></t:Payload></t:CreateEndDeviceControls>"
    )
    for body in (generic, typed):
        response = client.post("/EndDeviceControls", content=body, headers={"content-type": XML})
        assert errors_of(response) == ("FAILED", ["5.2"], True)
