"""The page of the JSON that ``check`` and ``refute`` print, from the schemas that are shipped."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

INTRODUCTION = """\
# JSON

`symbolic-equiv check --json` and `symbolic-equiv refute --json` print one object each. These are their schemas. The
package carries them as `symbolic_equiv/report/schema.json` and `refute_schema.json` (JSON Schema, draft 2020-12), and
the tests hold what is printed against them. A field in **bold** is always there.
"""

SCHEMAS = {"check": "schema.json", "refute": "refute_schema.json"}


def page() -> str:
    """The page in Markdown."""
    parts = [INTRODUCTION]
    for command, file in SCHEMAS.items():
        schema = json.loads(files("symbolic_equiv.report").joinpath(file).read_text("utf-8"))
        parts.append(f"## {command} --json\n")
        if "properties" in schema:
            parts += [f"{_prose(schema)}\n", _table(schema, command)]
        else:
            parts.append(f"The object is {_type(schema, command)}.\n")
        for name, each in schema["$defs"].items():
            if "properties" in each:
                parts += [f"### {name} {{ #{command}-{name} }}\n", f"{_prose(each)}\n", _table(each, command)]
            elif _is_named(each):
                parts += [f"### {name} {{ #{command}-{name} }}\n", f"{_prose(each)}{_type(each, command)}\n"]
    return "\n".join(parts)


def _is_named(schema: dict[str, Any]) -> bool:
    """Whether a definition is shown by itself, and not in place where it is used."""
    return "properties" in schema or "enum" in schema


def _prose(schema: dict[str, Any]) -> str:
    return schema.get("description", "")


def _table(schema: dict[str, Any], command: str) -> str:
    required = schema.get("required", ())
    rows = ["| field | value | |", "|---|---|---|"]
    for name, each in schema["properties"].items():
        shown = f"**`{name}`**" if name in required else f"`{name}`"
        rows.append(f"| {shown} | {_type(each, command, schema)} | {_prose(each)} |")
    return "\n".join(rows) + "\n"


def _type(schema: dict[str, Any], command: str, around: dict[str, Any] | None = None) -> str:
    """What a value is, in words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        target = _definitions(command)[name]
        return f"[{name}](#{command}-{name})" if _is_named(target) else _type(target, command)
    if "const" in schema:
        return f"`{json.dumps(schema['const'])}`"
    if "enum" in schema:
        return ", ".join(f"`{word}`" for word in schema["enum"])
    if "oneOf" in schema:
        return " or ".join(_type(each, command) for each in schema["oneOf"])
    kind = schema.get("type", "any value")
    if isinstance(kind, list):
        return " or ".join(kind)
    if kind == "array":
        items = _type(schema["items"], command)
        return f"list of {items}" + (f" (with {_fields(schema['items'])})" if "properties" in schema["items"] else "")
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        names = schema.get("propertyNames", {}).get("enum")
        keys = f" from {', '.join(f'`{name}`' for name in names)}" if names else ""
        return f"object{keys}, each {_type(schema['additionalProperties'], command)}"
    if kind == "object" and "properties" in schema:
        return f"object with {_fields(schema)}"
    return kind


def _fields(schema: dict[str, Any]) -> str:
    return ", ".join(f"`{name}`" for name in schema["properties"])


def _definitions(command: str) -> dict[str, Any]:
    return json.loads(files("symbolic_equiv.report").joinpath(SCHEMAS[command]).read_text("utf-8"))["$defs"]
