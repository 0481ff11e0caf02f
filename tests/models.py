"""The model of docs/design/output.md, made by hand: what every emitter's tests start from."""

from __future__ import annotations

import keyword

from cimforge.emitters.protocol import Unit
from cimforge.ir.facts import Location, SourceFile
from cimforge.ir.ids import ElementId
from cimforge.ir.index import Index
from cimforge.ir.model import (
    AssociationEnd,
    Attribute,
    Class,
    Compound,
    Datatype,
    Enumeration,
    EnumLiteral,
    Envelope,
    Meta,
    Model,
    Multiplicity,
    Package,
    Primitive,
    PrimitiveKind,
    Profile,
    Property,
    Root,
)
from cimforge.ir.names import NameTable
from cimforge.ir.profile import ProfileSpec
from cimforge.ir.service import Service
from cimforge.ir.value import replace

CIM = "http://iec.ch/TC57/CIM100#"
NAMESPACE = "http://cimforge.example/2026/EndDeviceControls#"
ACME = "http://acme.example/cim/2026#"

ONE = Multiplicity(lower=1, upper=1)
OPTIONAL = Multiplicity(lower=0, upper=1)
MANY = Multiplicity(lower=0, upper=None)
SOME = Multiplicity(lower=1, upper=None)


def element(name: str) -> ElementId:
    """Id of a profile's element: its own, not the information model's."""
    return ElementId(f"EndDeviceControls:{name}")


def meta(name: str, doc: str = "", **more: object) -> Meta:
    """Meta of an element restricted from the CIM element ``name``."""
    return replace(
        Meta(uri=CIM + name, doc=doc, based_on=ElementId(CIM + name)), **more  # type: ignore[arg-type]  # test brevity
    )


PRIMITIVES = {
    kind: Primitive(id=ElementId(CIM + name), name=name, kind=kind, meta=Meta(uri=CIM + name))
    for kind, name in (
        (PrimitiveKind.STRING, "String"),
        (PrimitiveKind.BOOLEAN, "Boolean"),
        (PrimitiveKind.INTEGER, "Integer"),
        (PrimitiveKind.FLOAT, "Float"),
        (PrimitiveKind.DECIMAL, "Decimal"),
        (PrimitiveKind.DATE, "Date"),
        (PrimitiveKind.DATE_TIME, "DateTime"),
        (PrimitiveKind.TIME, "Time"),
        (PrimitiveKind.DURATION, "Duration"),
        (PrimitiveKind.MONTH_DAY, "MonthDay"),
        (PrimitiveKind.URI, "URI"),
    )
}


def primitive(kind: PrimitiveKind) -> ElementId:
    """Id of the primitive of ``kind``."""
    return PRIMITIVES[kind].id


def end_device_controls() -> Model:
    """The profile of docs/design/output.md, with its envelope.

    ``EndDeviceControlType`` is the target of a reference and has no properties in the profile: nothing
    holds it by value, so no document contains one.
    """
    package = Package(id=element("LoadControl"), name="LoadControl")
    control = Class(
        id=element("EndDeviceControl"),
        name="EndDeviceControl",
        package=package.id,
        attributes=(
            Attribute(
                id=element("EndDeviceControl.mRID"),
                name="mRID",
                type=primitive(PrimitiveKind.STRING),
                multiplicity=ONE,
                order=0,
                meta=meta("IdentifiedObject.mRID", "Master resource identifier, unique in all the exchange."),
            ),
            Attribute(
                id=element("EndDeviceControl.drProgramLevel"),
                name="drProgramLevel",
                type=primitive(PrimitiveKind.INTEGER),
                multiplicity=OPTIONAL,
                order=1,
                meta=meta(
                    "EndDeviceControl.drProgramLevel", "Level of the demand response programme; zero is full."
                ),
            ),
            Attribute(
                id=element("EndDeviceControl.priceSignal"),
                name="priceSignal",
                type=primitive(PrimitiveKind.DECIMAL),
                multiplicity=OPTIONAL,
                order=2,
                meta=meta(
                    "EndDeviceControl.priceSignal", "Price that the control announces, per kilowatt hour."
                ),
            ),
            Attribute(
                id=element("EndDeviceControl.primaryDeviceTiming"),
                name="primaryDeviceTiming",
                type=element("EndDeviceTiming"),
                multiplicity=OPTIONAL,
                order=4,
                meta=meta("EndDeviceControl.primaryDeviceTiming", "Timing of the control at the device."),
            ),
        ),
        ends=(
            AssociationEnd(
                id=element("EndDeviceControl.EndDevices"),
                name="EndDevices",
                type=element("EndDevice"),
                multiplicity=MANY,
                containment="value",
                order=3,
                meta=meta("EndDeviceControl.EndDevices", "Devices that receive the control."),
            ),
            AssociationEnd(
                id=element("EndDeviceControl.EndDeviceControlType"),
                name="EndDeviceControlType",
                type=element("EndDeviceControlType"),
                multiplicity=ONE,
                containment="reference",
                order=5,
                meta=meta("EndDeviceControl.EndDeviceControlType", "Kind of the control, by its code."),
            ),
        ),
        meta=meta("EndDeviceControl", "Instructs an end device to perform an action."),
    )
    device = Class(
        id=element("EndDevice"),
        name="EndDevice",
        package=package.id,
        attributes=(
            Attribute(
                id=element("EndDevice.mRID"),
                name="mRID",
                type=primitive(PrimitiveKind.STRING),
                multiplicity=ONE,
                order=0,
                meta=meta("IdentifiedObject.mRID", "Master resource identifier, unique in all the exchange."),
            ),
            Attribute(
                id=element("EndDevice.isVirtual"),
                name="isVirtual",
                type=primitive(PrimitiveKind.BOOLEAN),
                multiplicity=OPTIONAL,
                order=1,
                meta=meta("EndDevice.isVirtual", "True where no physical device stands behind it."),
            ),
        ),
        meta=meta("EndDevice", "Asset that performs an end device function such as metering."),
    )
    control_type = Class(
        id=element("EndDeviceControlType"),
        name="EndDeviceControlType",
        package=package.id,
        meta=meta("EndDeviceControlType", "Kind of a control, composed of four codes."),
    )
    timing = Compound(
        id=element("EndDeviceTiming"),
        name="EndDeviceTiming",
        package=package.id,
        attributes=(
            Attribute(
                id=element("EndDeviceTiming.duration"),
                name="duration",
                type=element("Minutes"),
                multiplicity=OPTIONAL,
                order=0,
                meta=meta("EndDeviceTiming.duration", "How long the control lasts."),
            ),
            Attribute(
                id=element("EndDeviceTiming.randomisation"),
                name="randomisation",
                type=element("RandomisedKind"),
                multiplicity=OPTIONAL,
                order=1,
                meta=meta("EndDeviceTiming.randomisation", "Whether start or end vary at random."),
            ),
        ),
        meta=meta("EndDeviceTiming", "Timing for the control actions of end devices."),
    )
    kind = Enumeration(
        id=element("RandomisedKind"),
        name="RandomisedKind",
        package=package.id,
        literals=tuple(
            EnumLiteral(
                id=element(f"RandomisedKind.{name}"),
                name=name,
                order=order,
                meta=meta(f"RandomisedKind.{name}", doc),
            )
            for order, (name, doc) in enumerate(
                (("none", "No randomisation."), ("start", "The start varies."), ("end", "The end varies."))
            )
        ),
        meta=meta("RandomisedKind", "How the start or end of a control is spread at random."),
    )
    minutes = Datatype(
        id=element("Minutes"),
        name="Minutes",
        package=package.id,
        value=primitive(PrimitiveKind.FLOAT),
        unit="min",
        meta=meta("Minutes", "Time in minutes."),
    )
    used = (
        PrimitiveKind.BOOLEAN,
        PrimitiveKind.DECIMAL,
        PrimitiveKind.FLOAT,
        PrimitiveKind.INTEGER,
        PrimitiveKind.STRING,
    )
    return Model(
        name="EndDeviceControls",
        version="1.0",
        sources=(SourceFile(path="cim/LoadControl.ttl", format="rdfs", sha256="0" * 64),),
        profiles=(
            Profile(
                id=ElementId("EndDeviceControls"),
                keyword="EndDeviceControls",
                uri="http://cimforge.example/2026/EndDeviceControls",
                version="1.0",
                title="End device controls",
                doc="Commands to end devices.",
            ),
        ),
        packages=(package,),
        classes=(device, control, control_type),
        enumerations=(kind,),
        primitives=tuple(PRIMITIVES[k] for k in used),
        datatypes=(minutes,),
        compounds=(timing,),
        envelope=Envelope(
            name="EndDeviceControls",
            namespace=NAMESPACE,
            roots=(Root(class_=control.id, multiplicity=SOME),),
            doc="Commands to end devices.",
        ),
        namespaces=(("cim", CIM),),
    )


def end_device_controls_spec() -> ProfileSpec:
    """The profile file of `end_device_controls`, as far as an emitter reads it."""
    return ProfileSpec(
        name="EndDeviceControls",
        namespace=NAMESPACE,
        version="1.0",
        title="End device controls",
        doc="Commands to end devices.",
        service=Service(
            group="EDO",
            noun="EndDeviceControls",
            requests=("create", "change", "cancel", "close", "get"),
            events=("created", "changed", "canceled", "closed"),
            aligns_with="IEC 61968-9",
        ),
        location=Location(file="profiles/EDO/EndDeviceControls.toml", line=1),
    )


def names(model: Model, target: str, module: str = "") -> NameTable:
    """A NameTable by the rules of docs/design/output.md, for models whose names do not collide otherwise."""
    taken = {c.name for c in model.classifiers} if target == "python" else set()
    by_id: dict[ElementId, str] = {c.id: c.name for c in model.classifiers}
    owners: tuple[Class | Compound, ...] = (*model.classes, *model.compounds)
    for owner in owners:
        ends: tuple[Property, ...] = owner.ends if isinstance(owner, Class) else ()
        for member in (*owner.attributes, *ends):
            clash = target == "python" and (member.name in taken or keyword.iskeyword(member.name))
            by_id[member.id] = f"{member.name}_" if clash else member.name
    for enumeration in model.enumerations:
        for literal in enumeration.literals:
            clash = target == "python" and keyword.iskeyword(literal.name)
            by_id[literal.id] = f"{literal.name}_" if clash else literal.name
    return NameTable(
        target=target,
        by_id=by_id,
        modules={c.id: module for c in model.classifiers} if module else {},
        module_order=(module,) if module else (),
        envelope=model.envelope.name if model.envelope else "",
    )


def unit(model: Model, spec: ProfileSpec | None = None) -> Unit:
    """``model`` as a message unit of group EDO, with names for every target."""
    return Unit(
        name=model.name,
        model=model,
        index=Index(model),
        spec=spec or end_device_controls_spec(),
        names={
            "python": names(model, "python", "edo.end_device_controls"),
            "xsd": names(model, "xsd"),
            "openapi": names(model, "openapi"),
        },
    )
