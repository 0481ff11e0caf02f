"""Run as a process of its own: import a generated package, use every class, and say what was found.

    python probe.py FOLDER PACKAGE

Prints one JSON object. Raises whatever goes wrong.
"""

import dataclasses
import importlib
import json
import pkgutil
import sys
from enum import Enum

folder, name = sys.argv[1:]
sys.path.insert(0, folder)
package = importlib.import_module(name)
classes, enums = [], []
for info in pkgutil.walk_packages(package.__path__, f"{name}."):
    module = importlib.import_module(info.name)
    if "._" in info.name or info.ispkg:
        continue
    for word in module.__all__:
        found = getattr(module, word)
        assert found.__name__ == word, (word, found)
        if issubclass(found, Enum):
            enums.append({"name": word, "values": [m.value for m in found], "doc": found.__doc__})
            for member in found:
                assert isinstance(member.iri, str)
                assert found(member.value) is member
            continue
        required, wire, docs = {}, [], []
        for field in dataclasses.fields(found):
            wire.append(field.metadata.get("name", field.name))
            if field.default is field.default_factory is dataclasses.MISSING:
                required[field.name] = "x"
        thing = found(**required)
        assert thing == found(**required)
        assert repr(thing).startswith(word + "(")
        for field in dataclasses.fields(found):
            getattr(thing, field.name)
        text = package.to_json(thing)
        assert package.from_json(found, text) == thing, word
        data = package.to_xml(thing)
        assert package.from_xml(found, data) == thing, word
        classes.append(
            {"name": word, "wire": found.Meta.name, "fields": wire, "doc": found.__doc__, "module": info.name}
        )
for word in package.__all__:
    getattr(package, word)
for row in (*classes, *enums):
    getattr(package, row["name"])
json.dump({"classes": classes, "enums": enums}, sys.stdout)
