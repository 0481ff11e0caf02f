"""The adapters of the default model: all of them started, every operation asked for, in both forms."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import jsonschema
import pytest
from cimforge import pipeline
from cimforge.diagnostics import Report
from cimforge.resources import resource
from cimforge.settings.load import load_settings
from lxml import etree

from tests.emitters.adapters.building import running, write


@pytest.fixture(scope="module")
def default(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the bindings and adapters of the default model."""
    report = Report()
    settings = load_settings(resource("input_models") / "cimforge.toml", report)
    assert settings is not None
    build = pipeline.compile_project(settings, report)
    assert build is not None
    out = tmp_path_factory.mktemp("default")
    write(out, ((f.path, f.text) for f in build.files if f.path.startswith(("python/", "adapters/"))))
    return out


def test_each_adapter_starts_and_answers_each_operation(default: Path, corpus: Path) -> None:
    schema = etree.XMLSchema(etree.parse(corpus / "golden/es-cim/Part100_XSDs/Message.xsd"))
    packages = sorted(p.parent.name for p in (default / "adapters").glob("*/__main__.py"))
    assert len(packages) == 15
    asked = 0
    for package in packages:
        with running(package, default / "adapters") as address:
            document = json.loads((default / "adapters" / package / "openapi.json").read_bytes())
            for path, item in document["paths"].items():
                for method, operation in item.items():
                    for form, content in operation["requestBody"]["content"].items():
                        sample = content["examples"]["sample"]["value"]
                        body = sample if isinstance(sample, str) else json.dumps(sample)
                        request = urllib.request.Request(
                            address + path,
                            data=body.encode(),
                            method=method.upper(),
                            headers={"Content-Type": form},
                        )
                        with pytest.raises(urllib.error.HTTPError) as refused:
                            urllib.request.urlopen(request, timeout=20)
                        with refused.value as response:
                            reply = response.read()
                        assert refused.value.code == 501, (package, method, path, form, reply)
                        asked += 1
                        if form == "application/xml":
                            schema.assertValid(etree.fromstring(reply))
                            continue
                        key = "#/components/schemas/ResponseMessage"
                        found = json.loads(reply)
                        jsonschema.validate(found, {"$ref": key, "components": document["components"]})
                        assert found["Reply"]["Error"][0]["code"] == "5.2"
    assert asked > 100


def test_the_adapters_type_check(default: Path) -> None:
    packages = sorted(p.parent.name for p in (default / "adapters").glob("*/__init__.py"))
    run = subprocess.run(
        [
            *(sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir", "mypy"),
            *(part for package in packages for part in ("-p", package)),
        ],
        cwd=default,
        env={**os.environ, "MYPYPATH": "python:adapters"},
        capture_output=True,
        text=True,
    )
    assert (run.returncode, run.stdout) == (0, "")


def test_an_extension_of_ours_is_typed_and_others_are_left_out(default: Path) -> None:
    """The default model extends AssetList for one utility: its service reads and writes both forms."""
    code = """
import json, warnings
warnings.simplefilter("ignore")
from starlette.testclient import TestClient
from irm_adapter import Response
from irm_am import service
from irm_am.app import create_app

class Mine(service.AssetListService):
    def create(self, header, payload):
        print(payload.Asset_[0].inspectionGrade)
        return Response.ok(payload)

document = json.load(open("adapters/irm_am/openapi.json"))
content = document["paths"]["/AssetList"]["post"]["requestBody"]["content"]
sample = content["application/json"]["examples"]["sample"]["value"]
asset = sample["Payload"]["AssetList"]["Asset"][0]
asset["inspectionGrade"] = 3
sent = json.loads(json.dumps(sample))
asset["other:thing"] = {"a": [1]}
client = TestClient(create_app([Mine()]))
reply = client.post("/AssetList", json=sample)
print(reply.status_code, reply.json()["Payload"] == sent["Payload"])
xml = client.post("/AssetList", json=sample, headers={"accept": "application/xml"})
again = xml.text.replace("ResponseMessage", "RequestMessage").replace(">reply<", ">create<")
again = again.replace("<Reply><Result>OK</Result></Reply>", "")
other = '<o:thing xmlns:o="urn:other"><o:a>1</o:a></o:thing></Asset>'
again = again.replace("</Asset>", other, 1).replace("</ns0:Asset>", other, 1)
print(other in again)
reply = client.post("/AssetList", content=again, headers={"content-type": "application/xml"})
print(reply.status_code, reply.text.count("thing"), "inspectionGrade" in reply.text)
"""
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=default,
        env={**os.environ, "PYTHONPATH": f"python{os.pathsep}adapters"},
        capture_output=True,
        text=True,
    )
    assert run.stderr == ""
    assert run.stdout.splitlines() == ["3", "200 True", "3", "True", "3", "200 0 True"]
