"""Rules CIM701-719: output files."""

from __future__ import annotations

from cimforge.diagnostics.rule import Rule
from cimforge.ir.ids import Code

RULES: tuple[Rule, ...] = (
    Rule(
        code=Code("CIM701"),
        name="path-outside-output",
        severity="error",
        message="`{path}` cannot be written: {problem}",
        remedy="rename the model element that the file is named after",
        unreadable=True,
        explain="""\
A file to be written has a path that leaves the output folder: it is absolute, or has a `..` in it. cimforge writes
inside its output folder only, so nothing was written.

Example: a class called `../../etc/profile`.

Remedy: rename the element. If no element has such a name, report the fault.""",
    ),
    Rule(
        code=Code("CIM702"),
        name="output-not-a-folder",
        severity="error",
        message="the output folder cannot be made: `{path}` is {what}",
        remedy="name another folder with --out or `output.dir`, or move what is there away",
        unreadable=True,
        explain="""\
The output folder, or a folder that it stands in, is a file or a dangling link.

Example: `cimforge build --out model.xmi`.

Remedy: name another folder. cimforge never replaces a file by a folder.""",
    ),
    Rule(
        code=Code("CIM703"),
        name="edited-generated-file",
        severity="error",
        message="`{path}` was edited by hand since the last build; nothing was written",
        remedy="move the edit elsewhere and restore the file, or give it up with --force",
        explain="""\
manifest.json holds the digest of every file as the last build wrote it. This file has other bytes now, and a build
would overwrite (or remove) them. cimforge does not destroy work: it writes nothing at all.

Example: a method added by hand to python/irm/edo/end_device_controls.py.

Remedy: put hand-written code into files of your own (a subclass, or handlers.py of an adapter, which is yours), then
build with --force, which overwrites the edit. `cimforge check` shows the difference.""",
    ),
    Rule(
        code=Code("CIM704"),
        name="foreign-file",
        severity="error",
        message="`{path}` is in the way, and cimforge did not write it; nothing was written",
        remedy="move the file away, or have it overwritten with --force",
        explain="""\
A build would write this file, but one is there that the last build's manifest.json does not list: somebody else's.
Foreign files are kept. The same is said of all files if manifest.json is lost.

Example: a README.md of your own, where a new version of an emitter writes one too.

Remedy: move it away, or build with --force, which overwrites it.""",
    ),
    Rule(
        code=Code("CIM705"),
        name="linked-output",
        severity="error",
        message="`{path}` is {what}; cimforge writes no file there",
        remedy="remove the link or folder, or choose another output folder",
        explain="""\
cimforge replaces regular files only and never writes through a link inside its output folder, since the bytes would
land elsewhere. Nothing was written. The output folder itself may be a link.

Example: generated/python/irm linked to the source tree of an application.

Remedy: remove the link; --force replaces a linked file (never the file that it leads to), but not a linked folder.""",
    ),
    Rule(
        code=Code("CIM706"),
        name="unusable-file-name",
        severity="error",
        message="`{path}` cannot be a file name everywhere: {problem}",
        remedy="rename the model element that the file is named after",
        unreadable=True,
        explain="""\
The output has to stand on every common file system. A part of a path therefore has at most 100 bytes, no control or
invisible characters, none of < > : " | ? * \\, no dot or blank at its end, and is no device name of Windows.

Example: a profile called `CON`.

Remedy: rename the element or give the profile another name.""",
    ),
    Rule(
        code=Code("CIM707"),
        name="colliding-file-names",
        severity="error",
        message="`{path}` and `{other}` would be one file where letter case does not count",
        remedy="rename one of the model elements that the files are named after",
        unreadable=True,
        explain="""\
Two paths of the output are equal, or differ only in letter case or in characters that Unicode holds to be equivalent:
macOS and Windows would keep one of them. It is also said of a file that bears the name of a folder.

Example: the profiles `Bids` and `BIDS` in one group.

Remedy: rename one of the two.""",
    ),
    Rule(
        code=Code("CIM708"),
        name="output-not-written",
        severity="error",
        message="the output was not written, and is as it was: {problem}",
        remedy="make room, or make the output folder writable, and build again",
        unreadable=True,
        explain="""\
The operating system refused to write: a full disk, a quota, a read-only folder. The new files are staged inside the
output folder (.cimforge) before any is put in place, and every change made is taken back, so the previous output
stands whole.

Example: a build into a folder that is mounted read-only.

Remedy: remove the cause and build again.""",
    ),
    Rule(
        code=Code("CIM709"),
        name="unreadable-manifest",
        severity="error",
        message="the manifest of the last build cannot be read: {problem}",
        remedy="restore manifest.json from version control, or build with --force",
        explain="""\
manifest.json says which files of the output folder are cimforge's. Without it nothing there can be told from a foreign
file, so nothing was written.

Example: the marks of a merge conflict in manifest.json.

Remedy: restore either version of the file. --force builds as if the folder had no manifest: it overwrites every file
that it writes, and removes none.""",
    ),
    Rule(
        code=Code("CIM710"),
        name="stale-output",
        severity="error",
        message="`{path}` is {state}",
        remedy="run `cimforge build` with the same arguments, and commit the result",
        explain="""\
`cimforge check` builds in memory and compares. A file is *missing* (a build would write it), *changed* (it is as the
last build left it, and a build now would write other bytes), *stale* (a build now would remove it) or *edited by hand*.

Example: a profile was changed and the output was not built again.

Remedy: build again. Where a file was edited by hand, see edited-generated-file.""",
    ),
    Rule(
        code=Code("CIM711"),
        name="interrupted-build",
        severity="error",
        message="a build was killed while it put its files in place: the output belongs to two builds",
        remedy="run `cimforge build`: it completes the interrupted one first",
        explain="""\
While a build puts its files in place, a journal stands in the output folder (.cimforge/journal.json). It is still
there, so the process was killed in those milliseconds, and old and new files stand side by side.

Example: the machine lost power.

Remedy: build again. Do not remove .cimforge by hand: the journal is what tells our files from edited ones.""",
    ),
    Rule(
        code=Code("CIM712"),
        name="formatter-refused",
        severity="error",
        message="black refuses `{path}`: {problem}",
        remedy='set `format = "none"` under [output], and report the fault',
        explain="""\
With `format = "black"` each emitted Python file goes through black, in the style of your pyproject.toml. black holds
this one to be no valid Python, which is a fault of the emitter. Nothing was written.

Example: an emitted file that needs a newer Python than black knows.

Remedy: build with `format = "none"` and report the fault.""",
    ),
    Rule(
        code=Code("CIM713"),
        name="unreadable-output",
        severity="error",
        message="the output cannot be compared: {problem}",
        remedy="make the output folder readable",
        unreadable=True,
        explain="""\
`cimforge check` has to read every file of the output folder, and the operating system refused one.

Example: files of another user, without permission to read.

Remedy: correct the permissions, then check again.""",
    ),
)
