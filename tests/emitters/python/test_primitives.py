"""Every primitive: each lexical form survives, each bad one is refused."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from xsdata.formats.dataclass.parsers import XmlParser

from tests import small_models as small
from tests.emitters.python.emitting import emitted, imported, request, write

GOOD = {
    "String": ["", " a ", "true"],
    "Boolean": ["true", "false"],
    "Integer": ["0", "-7", "123456789012345678901234567890"],
    "Float": ["0.0", "-1.5", "1e+300"],
    "Decimal": ["0", "0.10", "-12345678901234567890.123456789"],
    "Date": ["2026-02-28", "2026-02-28Z", "2026-02-28+01:00"],
    "DateTime": ["2026-02-28T00:00:00", "2026-02-28T23:59:59.123456789Z", "2026-02-28T12:00:00-05:30"],
    "Time": ["00:00:00", "12:30:00.500Z"],
    "Duration": ["P1Y2M3DT4H5M6.5S", "-PT15M"],
    "MonthDay": ["--02-29", "--12-31Z"],
    "URI": ["http://example.org/a b", "urn:x"],
}
BAD = {
    "Boolean": ["", "TRUE", "yes", "2"],
    "Integer": ["", "1.0", "1e3", "0x1", "１"],
    "Float": ["", "1,5", "nan", "1_0", "1e"],
    "Decimal": ["", "1e3", "INF", "NaN", "."],
    "Date": ["", "2026-02-30", "28.02.2026", "2026-02-28T00:00:00"],
    "DateTime": ["", "2026-02-28", "2026-02-28 00:00:00", "2026-13-01T00:00:00"],
    "Time": ["", "25:00:00", "12:00"],
    "Duration": ["", "15M", "P", "1 day"],
    "MonthDay": ["", "02-29", "--13-01"],
}


@pytest.fixture(scope="module")
def things(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, Any]]:
    """The module and the package of a class with a member of every primitive, single and listed."""
    members = [small.attribute(f"one{t}", t) for t in GOOD] + [
        small.attribute(f"all{t}", t, "0..*") for t in GOOD
    ]
    folder = tmp_path_factory.mktemp("primitives")
    write(
        folder, emitted(request(small.unit(small.model(small.class_("Thing", *members))), name="primitives"))
    )
    with imported(folder, "primitives.edo.things", "primitives") as (module, package):
        yield module, package


def _document(member: str, text: str) -> bytes:
    return f'<Things xmlns="{small.NS}"><Thing><{member}>{text}</{member}></Thing></Things>'.encode()


@pytest.mark.parametrize(("type_", "text"), [(t, x) for t, texts in GOOD.items() for x in texts])
def test_lexical_forms_survive(type_: str, text: str, things: tuple[Any, Any]) -> None:
    module, package = things
    for member in (f"one{type_}", f"all{type_}"):
        data = _document(member, text)
        message = package.from_xml(module.Things, data)
        assert XmlParser().from_bytes(data, module.Things) == message
        written = package.to_xml(message)
        assert f"<{member}>{text}</{member}>".encode() in written
        assert package.from_xml(module.Things, written) == message
        assert package.from_json(module.Things, package.to_json(message)) == message


@pytest.mark.parametrize(("type_", "text"), [(t, x) for t, texts in BAD.items() for x in texts])
def test_what_is_no_value_is_refused(type_: str, text: str, things: tuple[Any, Any]) -> None:
    module, package = things
    with pytest.raises(package.InvalidMessage) as caught:
        package.from_xml(module.Things, _document(f"one{type_}", text))
    assert caught.value.path == ("Things", "Thing[1]", f"one{type_}")


def test_white_space_around_a_value_is_no_part_of_it(things: tuple[Any, Any]) -> None:
    module, package = things
    for type_ in set(GOOD) - {"String", "URI"}:
        spaced = package.from_xml(module.Things, _document(f"one{type_}", f"\n {GOOD[type_][0]}\t"))
        assert spaced == package.from_xml(module.Things, _document(f"one{type_}", GOOD[type_][0]))


def test_decimals_keep_their_digits(things: tuple[Any, Any]) -> None:
    module, package = things
    for value in (Decimal("1E+3"), Decimal("0.00"), Decimal("-0")):
        message = module.Things(Thing_=[module.Thing(oneDecimal=value)])
        again = package.from_json(module.Things, package.to_json(message))
        assert again == message == package.from_xml(module.Things, package.to_xml(message))
    for value in (Decimal("NaN"), Decimal("Infinity")):
        message = module.Things(Thing_=[module.Thing(oneDecimal=value)])
        for out in (package.to_xml, package.to_json):
            with pytest.raises(package.InvalidMessage, match="oneDecimal"):
                out(message)
