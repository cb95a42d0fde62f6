"""YAML read so that nothing is lost: decimals stay exact; a key written twice, or 010 (octal), is an error.

PyYAML is loaded on first use, with its C reader where it was built in.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lindung.law.errors import LawError
from lindung.law.wording import Words

if TYPE_CHECKING:
    import yaml

_WHOLE = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?")


def read_yaml(path: Path) -> object:
    """The content of one YAML file; raises LawError naming the file and the line."""
    import yaml

    try:
        return yaml.load(path.read_bytes(), Loader=_loader())
    except OSError as error:
        reason = error.strerror or str(error)
    except (yaml.YAMLError, ValueError) as error:
        reason = " ".join(str(error).split())
    raise LawError(Words(id=f"{path} tidak dapat dibaca: {reason}", en=f"{path} cannot be read: {reason}"))


@cache
def _loader() -> type[yaml.SafeLoader | yaml.CSafeLoader]:
    from decimal import Decimal

    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class ExactLoader(base):  # type: ignore[misc]  # the base class is chosen when the module runs
        """Decimals instead of binary fractions; no silent last-one-wins for repeated keys."""

        def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                if key.value in seen:
                    raise yaml.YAMLError(f"the key {key.value!r} stands twice{key.start_mark}")
                seen.add(str(key.value))
            mapping: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
            return mapping

    def matched(shape: re.Pattern[str], loader: Any, node: yaml.ScalarNode) -> str:
        text: str = loader.construct_scalar(node).replace("_", "")
        if not shape.fullmatch(text):
            raise yaml.YAMLError(f"{text[:60]!r} is not a plain decimal number{node.start_mark}")
        return text

    def decimal(loader: Any, node: yaml.ScalarNode) -> Decimal:
        return Decimal(matched(_DECIMAL, loader, node))

    def whole(loader: Any, node: yaml.ScalarNode) -> int:
        return int(matched(_WHOLE, loader, node))

    ExactLoader.add_constructor("tag:yaml.org,2002:float", decimal)
    ExactLoader.add_constructor("tag:yaml.org,2002:int", whole)
    return ExactLoader
