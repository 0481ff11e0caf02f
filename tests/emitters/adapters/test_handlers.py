"""Business code behind an adapter: typed calls, replies, refusals, events, audit."""

from __future__ import annotations

import base64
import gzip
import json
import logging
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from starlette.testclient import TestClient

from tests.emitters.adapters.test_operations import CREATE, EDC, HEADER, JSON, NS, XML, errors_of, request

QUERY = {"Header": {"Verb": "get", "Noun": "EndDeviceControls", "MessageID": "q-1", "Context": "TESTING"}}


@pytest.fixture(scope="session")
def adapter(built: Path) -> Any:
    """Package ``grid_adapter``."""
    return import_module("grid_adapter")


@pytest.fixture(scope="session")
def edc(built: Path) -> Any:
    """Module of the message classes."""
    return import_module("grid.edo.end_device_controls")


@pytest.fixture
def serve(built: Path) -> Callable[..., TestClient]:
    """A client of the adapter over a service with the given methods."""
    service = import_module("grid_edo.service")
    create_app = import_module("grid_edo.app").create_app

    def client(**methods: Any) -> TestClient:
        handler = type("Handler", (service.EndDeviceControlsService,), methods)()
        return TestClient(create_app([handler]))

    return client


def post(client: TestClient, body: str | bytes | dict[str, Any], path: str = "", **headers: str) -> Any:
    form = JSON if isinstance(body, dict) else XML
    content = json.dumps(body) if isinstance(body, dict) else body
    headers = {"content-type": form, **headers}
    return client.post(f"/EndDeviceControls{path}", content=content, headers=headers)


def test_create_gets_the_typed_payload_and_returns_ids(serve: Any, adapter: Any, edc: Any) -> None:
    seen: list[tuple[Any, Any]] = []

    def create(self: Any, header: Any, payload: Any) -> Any:
        seen.append((header, payload))
        return adapter.Response.ok(ids=["t-1", adapter.ID(value="t-2", kind="transaction")])

    client = serve(create=create)
    for body in (CREATE, request()):
        response = post(client, body)
        assert response.status_code == 200
        assert errors_of(response) == ("OK", [], True)
    assert post(client, request()).json()["Reply"]["ID"] == [
        {"value": "t-1"},
        {"value": "t-2", "kind": "transaction"},
    ]
    (header, payload), (_, from_json), _ = seen
    assert header.MessageID == "m-1"
    assert payload == from_json
    assert isinstance(payload, edc.EndDeviceControls)
    assert payload.EndDeviceControl_[0].EndDeviceControlType_.ref == "3.31.0.23"


def test_coroutines_are_handlers_too(serve: Any, adapter: Any, edc: Any, corpus: Path) -> None:
    control = edc.EndDeviceControl(mRID="c-9", EndDeviceControlType_=edc.Reference("1"), drProgramLevel=0)

    async def get(self: Any, header: Any, request: Any) -> Any:
        assert adapter.received.get().Header is header
        return adapter.Response.ok(edc.EndDeviceControls(EndDeviceControl_=[control]))

    client = serve(get=get)
    found = post(client, QUERY, "/query").json()
    assert found["Header"]["Context"] == "TESTING"
    assert found["Payload"] == {
        "EndDeviceControls": {
            "EndDeviceControl": [{"mRID": "c-9", "drProgramLevel": 0, "EndDeviceControlType": {"ref": "1"}}]
        }
    }
    response = post(client, QUERY, "/query", accept=XML)
    root = etree.fromstring(response.content)
    etree.XMLSchema(etree.parse(corpus / "golden/es-cim/Part100_XSDs/Message.xsd")).assertValid(root)
    assert root.findtext(f".//{{{EDC}}}mRID") == "c-9"


def test_reply_satisfies_a_stricter_deployment(serve: Any, adapter: Any, corpus: Path) -> None:
    """A published variant makes Timestamp, MessageID and CorrelationID mandatory, the IDs UUIDs."""
    client = serve(create=lambda self, header, payload: adapter.Response.ok())
    body = CREATE.replace("m-1", "5b0d1f4a-93c7-4f0e-8a1d-2e6c7b9f0d35")
    strict = etree.XMLSchema(etree.parse(corpus / "xsd/dlms-cim/xsd/Message.xsd"))
    strict.assertValid(etree.fromstring(post(client, body).content))


def test_ids_stand_in_for_a_payload(serve: Any, adapter: Any) -> None:
    seen: list[Any] = []

    def cancel(self: Any, header: Any, payload: Any, ids: Any) -> Any:
        seen.append((payload, [i.value for i in ids]))
        return adapter.Response.ok()

    client = serve(cancel=cancel)
    header = {"Verb": "cancel", "Noun": "EndDeviceControls"}
    both = {"Header": header, "Payload": {"ID": [{"value": "1"}]}, "Request": {"ID": [{"value": "2"}]}}
    assert errors_of(post(client, both, "/cancel")) == ("OK", [], True)
    assert errors_of(post(client, {**request(), "Header": header}, "/cancel")) == ("OK", [], True)
    assert seen[0] == (None, ["1", "2"])
    assert seen[1][1] == []
    assert seen[1][0].EndDeviceControl_[0].mRID == "c-1"
    assert errors_of(post(client, {"Header": header}, "/cancel")) == ("FAILED", ["1.7"], True)


def test_a_handler_says_no_with_a_code(serve: Any, adapter: Any) -> None:
    for code, status in (("2.24", 422), ("7.2", 401), ("7.5", 403), ("5.7", 404), ("X.1", 422), ("5.2", 501)):

        def create(self: Any, header: Any, payload: Any, code: str = code) -> Any:
            raise adapter.Refused(code, "why \x00 not")

        response = post(serve(create=create), CREATE)
        assert response.status_code == status
        assert errors_of(response) == ("FAILED", [code], True)
        assert b"why ? not" in response.content

    def partial(self: Any, header: Any, payload: Any) -> Any:
        return adapter.Response.partial(errors=[])

    def failed(self: Any, header: Any, payload: Any) -> Any:
        return adapter.Response.failed("6.1", "held back")

    def bare(self: Any, header: Any, payload: Any) -> Any:
        return adapter.Response(reply=adapter.Reply(Result="FAILED"))

    assert errors_of(post(serve(create=partial), CREATE)) == ("PARTIAL", ["0.2"], True)
    assert errors_of(post(serve(create=failed), CREATE)) == ("FAILED", ["6.1"], True)
    assert errors_of(post(serve(create=bare), CREATE)) == ("FAILED", ["5.3"], True)


class Wrong:
    """Handlers that fail, each in a way of its own."""

    @staticmethod
    def raises(self: Any, header: Any, payload: Any) -> Any:
        raise RuntimeError("secret of the house")

    @staticmethod
    async def raises_later(self: Any, header: Any, payload: Any) -> Any:
        raise RuntimeError("secret of the house")

    @staticmethod
    def returns_nothing(self: Any, header: Any, payload: Any) -> Any:
        return None

    @staticmethod
    def returns_what_no_message_can_hold(self: Any, header: Any, payload: Any) -> Any:
        payload.EndDeviceControl_[0].mRID = "nul \x00"
        return import_module("grid_adapter").Response.ok(payload)

    @staticmethod
    def returns_what_breaks_the_profile(self: Any, header: Any, payload: Any) -> Any:
        payload.EndDeviceControl_.clear()
        return import_module("grid_adapter").Response.ok(payload)


@pytest.mark.parametrize("name", [n for n in vars(Wrong) if "_" not in n[:1]])
@pytest.mark.parametrize("body", [CREATE, request()], ids=["xml", "json"])
def test_a_failing_handler_still_answers(
    name: str, body: Any, serve: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "grid_adapter"):
        response = post(serve(create=getattr(Wrong, name)), body)
    assert response.status_code == 500
    assert errors_of(response) == ("FAILED", ["5.3"], True)
    assert b"secret" not in response.content
    assert b"Traceback" not in response.content
    assert any(r.exc_info for r in caplog.records)


def test_foreign_content_is_left_out_not_refused(serve: Any, adapter: Any) -> None:
    """EXT-7: an adapter ignores extensions that it does not know; the handler can still find them."""
    raw: list[str] = []

    def create(self: Any, header: Any, payload: Any) -> Any:
        raw.append(adapter.received.get().Payload.any[0])
        return adapter.Response.ok(payload)

    acme = 'xmlns:acme="http://acme.example/x#"'
    body = CREATE.replace("<mRID>", f'<acme:x {acme}><mRID>no</mRID></acme:x><mRID acme:y="1" {acme}>')
    body = body.replace("</Header>", f"<acme:Trace {acme}/></Header>")
    response = post(serve(create=create), body)
    assert errors_of(response) == ("OK", [], True)
    assert [e.text for e in etree.fromstring(response.content).iter(f"{{{EDC}}}mRID")] == ["c-1"]
    assert "acme:x" in raw[0].xml

    message = request()
    message["Header"]["acme:trace"] = {"a": 1}
    message["Payload"]["EndDeviceControls"]["EndDeviceControl"][0]["acme:x"] = [{"y": None}]
    assert errors_of(post(serve(create=create), message)) == ("OK", [], True)
    assert raw[1].json["EndDeviceControl"][0]["acme:x"] == [{"y": None}]


def test_compressed_payload_is_unpacked(serve: Any, adapter: Any) -> None:
    seen: list[Any] = []

    def create(self: Any, header: Any, payload: Any) -> Any:
        seen.append(payload.EndDeviceControl_[0].mRID)
        return adapter.Response.ok()

    document = CREATE[CREATE.index("<EndDeviceControls") : CREATE.index("</Payload>")]
    packed = base64.b64encode(gzip.compress(document.encode())).decode()
    body = f"{HEADER}</Header><Payload><Compressed>{packed}</Compressed><Format>XML</Format></Payload>"
    assert errors_of(post(serve(create=create), body + "</RequestMessage>")) == ("OK", [], True)
    assert seen == ["c-1"]


def test_each_message_is_audited(serve: Any, adapter: Any, caplog: pytest.LogCaptureFixture) -> None:
    client = serve(create=lambda self, header, payload: adapter.Response.ok())
    with caplog.at_level(logging.INFO, "grid_adapter.audit"):
        body = request()
        body["Header"]["User"] = {"UserID": 'eve"\n"direction": "sent'}
        post(client, body)
        post(client, "<broken")
    entries = [json.loads(r.getMessage()) for r in caplog.records if ".audit" in r.name]
    assert [(e["direction"], e.get("Result"), e.get("errors")) for e in entries] == [
        ("received", None, None),
        ("sent", "OK", None),
        ("rejected", None, ["1.8"]),
        ("sent", "FAILED", ["1.8"]),
    ]
    assert entries[0]["MessageID"] == entries[1]["CorrelationID"] == "m-1"
    assert entries[0]["User"] == 'eve"\n"direction": "sent'
    assert len(entries[0]["sha256"]) == 64
    assert all("\n" not in r.getMessage() for r in caplog.records)


def test_services_are_one_for_each_noun(built: Path) -> None:
    service = import_module("grid_edo.service").EndDeviceControlsService
    create_app = import_module("grid_edo.app").create_app
    with pytest.raises(ValueError, match="two services for EndDeviceControls"):
        create_app([service(), service()])
    assert create_app([])


def test_events_are_built_and_sent(built: Path, adapter: Any, edc: Any, corpus: Path) -> None:
    schema = etree.XMLSchema(etree.parse(corpus / "golden/es-cim/Part100_XSDs/Message.xsd"))
    sent: list[Any] = []

    class Sink:
        def send(self, event: Any) -> None:
            sent.append(event)

    payload = edc.EndDeviceControls(
        EndDeviceControl_=[edc.EndDeviceControl(mRID="c", EndDeviceControlType_=edc.Reference("1"))]
    )
    events = import_module("grid_edo.service").EndDeviceControlsEvents
    assert [v for v in vars(events) if not v.startswith("_") and v != "binding"] == [
        "created",
        "changed",
        "canceled",
        "closed",
    ]
    cause = adapter.Header(Verb="create", Noun="EndDeviceControls", MessageID="m-1", Context="TESTING")
    for media_type in (XML, JSON):
        publisher = events(Sink(), source="HES", media_type=media_type)
        message = publisher.canceled(payload, cause)
        assert (message.Header.Verb, message.Header.CorrelationID) == ("canceled", "m-1")
        assert (message.Header.Context, message.Header.Source) == ("TESTING", "HES")
    root = etree.fromstring(sent[0].body)
    schema.assertValid(root)
    assert root.tag == f"{{{NS}}}EventMessage"
    assert root.findtext(f".//{{{EDC}}}mRID") == "c"
    found = json.loads(sent[1].body)
    assert found["Payload"]["EndDeviceControls"]["EndDeviceControl"][0]["mRID"] == "c"
    assert found["Header"]["MessageID"] != sent[0].message.Header.MessageID


def test_a_webhook_gets_the_event_and_a_failure_is_not_silent(built: Path, adapter: Any, edc: Any) -> None:
    got: list[tuple[str, bytes]] = []

    class Subscriber(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append((self.headers["content-type"], self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200 if self.path == "/ok" else 503)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Subscriber)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}"
        events = import_module("grid_edo.service").EndDeviceControlsEvents
        payload = edc.EndDeviceControls(
            EndDeviceControl_=[edc.EndDeviceControl(mRID="c", EndDeviceControlType_=edc.Reference("1"))]
        )
        events(adapter.WebhookSink(f"{url}/ok")).created(payload)
        assert got[0][0] == XML
        assert b"<Verb>created</Verb>" in got[0][1]
        with pytest.raises(OSError, match="503"):
            events(adapter.WebhookSink(f"{url}/no")).created(payload)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    with pytest.raises(ValueError, match="http"):
        adapter.WebhookSink("file:///etc/passwd")
