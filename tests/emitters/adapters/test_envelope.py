"""The envelope against the schema of IEC 61968-100: real messages, made ones, and damaged ones."""

from __future__ import annotations

import json
import random
from importlib import import_module
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import xmlschema
from cimforge.emitters.openapi.envelope import envelope_schemas
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

NS = "http://iec.ch/TC57/2011/schema/message"
XML_TEXT = st.text(
    st.characters(codec="utf-8", exclude_characters="\r", exclude_categories=("Cc", "Cs", "Co", "Cn")),
    max_size=12,
)


@pytest.fixture(scope="session")
def env(built: Path) -> Any:
    return import_module("grid_adapter.envelope")


@pytest.fixture(scope="session")
def xml_form(built: Path) -> Any:
    return import_module("grid_adapter.xml_form")


@pytest.fixture(scope="session")
def json_form(built: Path) -> Any:
    return import_module("grid_adapter.json_form")


@pytest.fixture(scope="session")
def errors(built: Path) -> Any:
    return import_module("grid_adapter.errors")


@pytest.fixture(scope="session")
def schema(corpus: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(corpus / "golden/es-cim/Part100_XSDs/Message.xsd"))


def outline(element: etree._Element) -> tuple[Any, ...]:
    """What an element says, without comments, prefixes and blanks between elements."""
    children = [c for c in element if isinstance(c.tag, str)]
    text = (element.text or "").strip() if children else (element.text or "")
    hints = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
    attributes = sorted((k, v) for k, v in element.attrib.items() if k != hints)
    return (element.tag, tuple(attributes), text.strip(), tuple(map(outline, children)))


def test_real_messages_survive(corpus: Path, xml_form: Any, env: Any) -> None:
    files = sorted((corpus / "golden/es-cim").glob("*/Message_Examples/*.xml"))
    assert len(files) == 3
    kinds = []
    for file in files:
        message = xml_form.from_xml(file.read_bytes())
        kinds.append((type(message).__name__, message.Header.Verb, message.Header.Noun))
        again = etree.fromstring(xml_form.to_xml(message))
        assert outline(again) == outline(etree.parse(file).getroot())
    assert kinds == [
        ("RequestMessage", "create", "MaintenanceOrders"),
        ("RequestMessage", "create", "NuclearGenerationStations"),
        ("RequestMessage", "get", "NuclearGenerationStations"),
    ]


def full_request(env: Any) -> Any:
    """A RequestMessage in which every field is set that the schema lets stand together."""
    time = env.XmlDateTime.from_string("2026-01-31T12:00:00.250Z")
    some_id = env.ID(value="4711", idType="meter", idAuthority="acme", kind="other", objectType="Meter")
    return env.RequestMessage(
        Header=env.Header(
            Verb="create",
            Noun="EndDeviceControls",
            Revision="1",
            ReplayDetection=env.ReplayDetection(Nonce="n", Created=time),
            Context="TESTING",
            Timestamp=time,
            Source="HES",
            AsyncReplyFlag=False,
            ReplyAddress="queue",
            AckRequired=True,
            User=env.User(UserID="u", Organization="o"),
            MessageID="5b0d1f4a-93c7-4f0e-8a1d-2e6c7b9f0d35",
            CorrelationID="5b0d1f4a-93c7-4f0e-8a1d-2e6c7b9f0d36",
            Comment="<&> ü",
            Property=[env.MessageProperty(Name="a", Value=""), env.MessageProperty(Name="b")],
        ),
        Request=env.RequestParameters(
            StartTime=time,
            EndTime=time,
            Option=[env.Option(name="x", value="1"), env.Option(name="y")],
            ID=[some_id, env.ID(value="")],
        ),
        Payload=env.Payload(
            any=[env.AnyElement(name="{urn:x}A", xml='<A xmlns="urn:x" b="1"> t <!-- c --></A>')],
            Format="XML",
        ),
    )


def full_response(env: Any) -> Any:
    """A ResponseMessage in which every field is set."""
    error = env.Error(
        code="5.3",
        level="FATAL",
        reason="r",
        details="d",
        xpath="m:Header",
        stackTrace="s",
        Location=env.Location(node="n", pipeline="p", stage="s"),
        ID=env.ID(value="1"),
        relatedID=env.ID(value="2", kind="uuid"),
        object=env.ObjectType(
            mRID="m",
            Name=[
                env.Name(
                    name="n",
                    NameType=env.NameType(
                        name="t",
                        description="d",
                        NameTypeAuthority=env.NameTypeAuthority(name="a", description="b"),
                    ),
                )
            ],
            objectType="o",
        ),
        operationId=0,
    )
    operation = env.Operation(operationId=-1, noun="N", verb="create", elementOperation=False)
    return env.ResponseMessage(
        Header=env.Header(Verb="reply", Noun="N"),
        Reply=env.Reply(Result="PARTIAL", Error=[error], ID=[env.ID(value="9")], operationId=7),
        Payload=env.Payload(
            OperationSet=env.OperationSet(
                enforceMsgSequence=True, enforceTransactionalIntegrity=False, Operation=[operation]
            )
        ),
    )


def test_everything_that_can_stand_validates(
    env: Any, xml_form: Any, json_form: Any, schema: etree.XMLSchema
) -> None:
    for message in (full_request(env), full_response(env)):
        data = xml_form.to_xml(message)
        # xs:QName needs its prefix declared; no prefix of ours is.
        data = data.replace(b">m:Header<", b">Header<")
        schema.assertValid(etree.fromstring(data))
    for message in (full_request(env), full_response(env)):
        assert xml_form.from_xml(xml_form.to_xml(message)) == message
        assert json_form.from_json(json_form.to_json(message), type(message)) == message


def test_replies_satisfy_a_stricter_deployment(env: Any, xml_form: Any, corpus: Path) -> None:
    """A published variant makes Timestamp, MessageID and CorrelationID mandatory, the IDs UUIDs."""
    strict = etree.XMLSchema(etree.parse(corpus / "xsd/dlms-cim/xsd/Message.xsd"))
    strict.assertValid(etree.fromstring(xml_form.to_xml(full_request(env))))


def _messages(env: Any) -> st.SearchStrategy[Any]:
    time = st.datetimes().map(env.XmlDateTime.from_datetime)
    maybe = lambda s: st.none() | s  # noqa: E731  (a strategy in one line)
    ids = st.builds(
        env.ID,
        value=XML_TEXT,
        idType=maybe(XML_TEXT),
        kind=maybe(st.sampled_from(["name", "uuid", "transaction", "other"])),
    )
    header = st.builds(
        env.Header,
        Verb=st.sampled_from(env.VERBS),
        Noun=XML_TEXT,
        Context=maybe(XML_TEXT),
        Timestamp=maybe(time),
        AsyncReplyFlag=maybe(st.booleans()),
        User=maybe(st.builds(env.User, UserID=XML_TEXT, Organization=maybe(XML_TEXT))),
        MessageID=maybe(XML_TEXT),
        Property=st.lists(st.builds(env.MessageProperty, Name=XML_TEXT, Value=maybe(XML_TEXT)), max_size=2),
    )
    request = st.builds(
        env.RequestParameters,
        StartTime=maybe(time),
        Option=st.lists(st.builds(env.Option, name=XML_TEXT, value=maybe(XML_TEXT)), max_size=2),
        ID=st.lists(ids, max_size=2),
    )
    payload = st.builds(env.Payload, ID=st.lists(ids, max_size=2), Format=maybe(XML_TEXT))
    error = st.builds(
        env.Error,
        code=XML_TEXT,
        level=maybe(st.sampled_from(["INFORM", "WARNING", "FATAL", "CATASTROPHIC"])),
        ID=maybe(ids),
        operationId=maybe(st.integers(-(10**17), 10**17)),
    )
    reply = st.builds(
        env.Reply, Result=st.sampled_from(["OK", "PARTIAL", "FAILED"]), Error=st.lists(error, max_size=2)
    )
    return st.one_of(
        st.builds(env.RequestMessage, Header=header, Request=maybe(request), Payload=maybe(payload)),
        st.builds(env.ResponseMessage, Header=header, Reply=reply, Payload=maybe(payload)),
        st.builds(env.EventMessage, Header=header, Payload=maybe(payload)),
        st.builds(env.FaultMessage, Reply=reply),
    )


@given(data=st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_message_validates_and_survives(
    data: st.DataObject, env: Any, xml_form: Any, json_form: Any, schema: etree.XMLSchema
) -> None:
    message = data.draw(_messages(env))
    xml = xml_form.to_xml(message)
    schema.assertValid(etree.fromstring(xml))
    assert xml_form.from_xml(xml) == message
    assert json_form.from_json(json_form.to_json(message), type(message)) == message


def test_json_form_is_the_one_of_our_openapi_document(env: Any, json_form: Any) -> None:
    schemas = envelope_schemas()
    for message, parts in (
        (full_request(env), ("Header", "Request")),
        (full_response(env), ("Header", "Reply")),
    ):
        document = json.loads(json_form.to_json(message))
        for part in parts:
            for found in document[part].get("Error", ()):
                del found["object"]  # superseded by ID, and so not in the document
            jsonschema.validate(
                document[part], {"$ref": f"#/components/schemas/{part}", "components": {"schemas": schemas}}
            )


def _damaged(root: etree._Element, seed: int) -> etree._Element:
    chance = random.Random(seed)
    elements = [e for e in root.iter() if isinstance(e.tag, str) and e.getparent() is not None]
    element = chance.choice(elements)
    parent = element.getparent()
    assert parent is not None
    match chance.randrange(6):
        case 0:
            parent.remove(element)
        case 1:
            parent.insert(chance.randrange(len(parent) + 1), element)
        case 2:
            twin = etree.fromstring(etree.tostring(element))
            parent.insert(chance.randrange(len(parent) + 1), twin)
        case 3:
            element.tag = f"{{{NS}}}{chance.choice(['Noun', 'Reply', 'Nonsense', 'ID', 'Value'])}"
        case 4:
            element.set(chance.choice(["kind", "idType", "x"]), chance.choice(["uuid", "y"]))
        case 5:
            if len(element) == 0:
                element.text = chance.choice(["", "x", "true", "12", "FATAL", "2026-02-30T00:00:00", " 1 "])
    return root


def test_damage_is_seen_just_as_the_schema_sees_it(
    env: Any, xml_form: Any, errors: Any, corpus: Path
) -> None:
    """xmlschema is the judge, over 1,500 documents with one thing changed.

    Not libxml2: it lets two branches of the choice in Payload stand together.
    """
    schema = xmlschema.XMLSchema(str(corpus / "golden/es-cim/Part100_XSDs/Message.xsd"))
    seen = {True: 0, False: 0}
    for seed in range(1500):
        message = full_request(env) if seed % 2 else full_response(env)
        data = xml_form.to_xml(message).replace(b">m:Header<", b">Header<")
        root = etree.fromstring(etree.tostring(_damaged(etree.fromstring(data), seed)))
        valid = schema.is_valid(root)
        verb = root.findtext(f"{{{NS}}}Header/{{{NS}}}Verb")
        if verb not in (None, *env.VERBS):
            continue  # read on purpose, so that the reply can name the message; the server refuses it
        seen[valid] += 1
        try:
            xml_form.from_xml(etree.tostring(root))
            found = "reads it"
        except errors.InvalidEnvelope as problem:
            found = str(problem)
        assert (found == "reads it") is valid, f"{found}: {etree.tostring(root).decode()}"
    assert min(seen.values()) > 100


ACME = '<acme:Trace xmlns:acme="http://acme.example/x#" acme:n="1"><acme:a>7</acme:a></acme:Trace>'


def test_extensions_are_kept_where_the_schema_has_room(env: Any, xml_form: Any, json_form: Any) -> None:
    data = (
        f'<ResponseMessage xmlns="{NS}"><Header><Verb>reply</Verb><Noun>N</Noun>{ACME}{ACME}</Header>'
        f"<Reply><Result>OK</Result>{ACME}<operationId>3</operationId></Reply></ResponseMessage>"
    ).encode()
    message = xml_form.from_xml(data)
    assert [e.name for e in message.Header.any] == ["{http://acme.example/x#}Trace"] * 2
    assert outline(etree.fromstring(xml_form.to_xml(message))) == outline(etree.fromstring(data))
    assert json_form.from_json(json_form.to_json(message), env.ResponseMessage) == message


@pytest.mark.parametrize(
    "header",
    [
        f"<Verb>get</Verb>{ACME}<Noun>N</Noun>",
        f"{ACME}<Verb>get</Verb><Noun>N</Noun>",
        f"<Verb>get</Verb><Noun>N</Noun>{ACME}<Comment>c</Comment>",
        "<Verb>get</Verb><Noun>N</Noun><Trace xmlns=''/>",
    ],
)
def test_extensions_elsewhere_are_refused(header: str, xml_form: Any, errors: Any) -> None:
    data = f'<RequestMessage xmlns="{NS}"><Header>{header}</Header></RequestMessage>'.encode()
    with pytest.raises(errors.InvalidEnvelope):
        xml_form.from_xml(data)


def test_prefixed_keys_are_extensions_in_json(env: Any, json_form: Any, xml_form: Any) -> None:
    data = b'{"Header": {"Verb": "get", "Noun": "N", "acme:Trace": {"a": [1, null]}}}'
    message = json_form.from_json(data, env.RequestMessage)
    assert json.loads(json_form.to_json(message)) == json.loads(data)
    assert b"Trace" not in xml_form.to_xml(message)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b'{"Header": {"Verb": "get", "Noun": "N", "trace": 1}}', "trace"),
        (b'{"Header": {"Verb": "get"}}', "Noun is missing"),
        (b'{"Header": {"Verb": "get", "Noun": 1}}', "no string"),
        (b'{"Header": {"Verb": "get", "Noun": "N", "AckRequired": "true"}}', "no boolean"),
        (b'{"Header": {"Verb": "get", "Noun": "N", "Property": {}}}', "no list"),
        (b'{"Header": []}', "no object"),
        (b"[]", "no object"),
        (b'{"Request": {}}', "Header is missing"),
        (b'{"Header": {"Verb": "get", "Noun": "N"}, "Reply": {"Result": "OK"}}', "Reply"),
        (b'{"Header": {"Verb": "get", "Noun": "N"}, "Payload": {"ID": ["1"], "Compressed": "x"}}', "kind"),
    ],
)
def test_json_is_read_strictly(data: bytes, says: str, env: Any, json_form: Any, errors: Any) -> None:
    with pytest.raises(errors.InvalidEnvelope, match=says):
        json_form.from_json(data, env.RequestMessage)


def test_error_texts_are_those_of_the_register(errors: Any) -> None:
    from cimforge.irm.errors import ERROR_TEXT_BY_CODE

    assert dict(ERROR_TEXT_BY_CODE) == errors.ERROR_TEXTS


def test_statuses_are_those_of_our_openapi_document(errors: Any) -> None:
    from cimforge.emitters.openapi.envelope import CODES_BY_STATUS

    listed: dict[str, set[int]] = {}
    for status, (_, _, codes) in CODES_BY_STATUS.items():
        for code, _ in codes:
            listed.setdefault(code, set()).add(int(status))
    assert {c: errors.http_status(c) for c in listed if errors.http_status(c) not in listed[c]} == {}
