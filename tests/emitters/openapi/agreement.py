"""Run as a script: is each sample of a build's OpenAPI documents the same to bindings, schemas and xsdata?

Argument: the output folder of a build with python, xsd and openapi. Prints one line per noun, and fails at
the first disagreement. A process of its own, since it imports generated code.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from lxml import etree
from xsdata.formats.dataclass.serializers import JsonSerializer
from xsdata.formats.dataclass.serializers.dict import DictFactory

MESSAGE = "http://iec.ch/TC57/2011/schema/message"


def binding(package: Path, group: str, noun: str) -> Any:
    """The class of the noun's document, in the standard profile's module."""
    for file in sorted((package / group.lower()).glob("[a-z]*.py"), key=lambda f: len(f.stem)):
        module = importlib.import_module(f"{package.name}.{group.lower()}.{file.stem}")
        if hasattr(module, noun):
            return getattr(module, noun)
    raise LookupError(noun)


def main(out: Path) -> None:
    (package,) = (out / "python").iterdir()
    sys.path.insert(0, str(package.parent))
    runtime = importlib.import_module(f"{package.name}._runtime")
    for file in sorted((out / "openapi").iterdir()):
        document = json.loads(file.read_text(encoding="utf-8"))
        for path, item in document["paths"].items():
            if path.count("/") > 1 or "post" not in item:
                continue
            noun = item["post"]["x-cim-noun"]
            content = item["post"]["requestBody"]["content"]
            sample = content["application/json"]["examples"]["sample"]["value"]["Payload"][noun]
            message = etree.fromstring(content["application/xml"]["examples"]["sample"]["value"])
            element = message.find(f"{{{MESSAGE}}}Payload")[0]
            cls = binding(package, file.stem, noun)

            of_json = runtime.from_json(cls, json.dumps(sample))
            of_xml = runtime.from_xml(cls, etree.tostring(element))
            assert of_json == of_xml, f"{noun}: JSON and XML sample differ"

            written = etree.fromstring(runtime.to_xml(of_json))
            schema = etree.XMLSchema(etree.parse(str(out / "xsd" / file.stem / f"{noun}.xsd")))
            schema.assertValid(element)
            schema.assertValid(written)

            assert json.loads(runtime.to_json(of_json)) == sample, f"{noun}: JSON is not kept"
            validator = Draft202012Validator(
                {
                    "$ref": f"#/components/schemas/{noun}.{noun}",
                    "components": document["components"],
                }
            )
            by_xsdata = JsonSerializer(dict_factory=DictFactory.FILTER_NONE).render(of_json)
            validator.validate(json.loads(by_xsdata))
            print(noun)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
