"""A questionnaire written down as its authors would: long texts folded, options on a line, no aliases."""

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

WIDTH = 120
ON_A_LINE = 100  # characters that a mapping of single values may take


class _Writer(yaml.SafeDumper):
    """The plain dumper, with lists set in and no aliases."""

    def ignore_aliases(self, _data: Any) -> bool:  # noqa: ANN401 - whatever stands in a tree
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)


class OnALine(dict[str, Any]):
    """A mapping that stands on one line, where there is room."""


def _mapping(writer: _Writer, mapping: OnALine) -> yaml.Node:
    short = len(str(mapping)) < ON_A_LINE
    return writer.represent_mapping("tag:yaml.org,2002:map", mapping.items(), flow_style=short)


def _list(writer: _Writer, members: list[Any]) -> yaml.Node:
    short = all(isinstance(each, str) for each in members) and len(str(members)) < ON_A_LINE
    return writer.represent_sequence("tag:yaml.org,2002:seq", members, flow_style=short)


def _text(writer: _Writer, text: str) -> yaml.Node:
    style = ">" if len(text) > ON_A_LINE else None
    return writer.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Writer.add_representer(OnALine, _mapping)
_Writer.add_representer(list, _list)
_Writer.add_representer(str, _text)


def written(tree: Mapping[str, Any], remarks: Iterable[str]) -> str:
    """Return a tree as YAML, with remarks above it."""
    body = yaml.dump(dict(tree), Dumper=_Writer, sort_keys=False, allow_unicode=True, width=WIDTH)
    return "".join(f"# {remark}".rstrip() + "\n" for remark in remarks) + body
