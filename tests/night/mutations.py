"""Small wrongs that a careful test must notice: each is one change at one place of a module's syntax tree.

What is left alone, because no behaviour hangs on it: annotations, docstrings, decorators, ``__slots__``, what only a
type checker reads, the length that ``zip`` asserts, and texts that people read (f-strings, the arguments of ``Words``).
"""

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_EXCHANGED = {"min": "max", "max": "min", "any": "all", "all": "any"}
_LEFT_ALONE = {"annotation", "returns", "decorator_list"}
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Mutant:
    """One wrong. ``name`` holds no line number, so that it outlives changes elsewhere; ``source`` is the module.

    ``where`` is the function or class it lies in, as Python names it (``Share.column``), or ``module``.
    """

    module: str
    line: int
    where: str
    name: str
    source: str

    @property
    def is_static(self) -> bool:
        """Whether it lies outside every function: in a module or in the body of a class."""
        return self.where == "module" or self.where.rpartition(".")[2].lstrip("_")[:1].isupper()


class _Slot(NamedTuple):
    """A node at its place: ``parent.field``, or one of its items."""

    parent: ast.AST
    field: str
    item: int | None
    node: ast.AST
    where: str

    def put(self, node: ast.AST) -> None:
        if self.item is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.item] = node


def mutants(module: str, source: str) -> Iterator[Mutant]:
    """Every mutant of a module's source text, from top to bottom."""
    tree = ast.parse(source)
    names: Counter[str] = Counter()
    for slot in _slots(tree, "module"):
        for changed in _changes(slot):
            name = f"{module} {slot.where}: {_text(slot.node)} -> {_text(changed)}"
            if isinstance(slot.node, ast.Constant) and isinstance(slot.parent, ast.expr):
                name += f" in {_text(slot.parent)}"
            names[name] += 1
            # In its place for as long as the text is written: copying the tree would take longer than all else.
            slot.put(changed)
            mutated = ast.unparse(ast.fix_missing_locations(tree))
            slot.put(slot.node)
            yield Mutant(
                module,
                getattr(slot.node, "lineno", 0),
                slot.where,
                name if names[name] == 1 else f"{name} ({names[name]})",
                mutated,
            )


def _text(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]} ... {text[-_SHOWN // 2 :]}"


def _slots(parent: ast.AST, where: str) -> Iterator[_Slot]:
    for name, value in ast.iter_fields(parent):
        if name in _LEFT_ALONE:
            continue
        for item, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(node, ast.AST) or _says_nothing(node):
                continue
            inner = where
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                inner = node.name if where == "module" else f"{where}.{node.name}"
            yield _Slot(parent, name, item, node, inner)
            yield from _slots(node, inner)


def _says_nothing(node: ast.AST) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.JoinedStr():
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.keyword(arg="strict"):
            return True
        case ast.Call(func=ast.Name(id="Words")) | ast.Subscript(value=ast.Name(id="Literal")):
            return True
        case ast.Assign(targets=[ast.Name(id="__slots__" | "__all__")]):
            return True
    return False


def _changes(slot: _Slot) -> Iterator[ast.AST]:
    node = slot.node
    match node:
        case ast.Compare(ops=[op]):
            for other in _COMPARISONS[type(op)]:
                yield ast.Compare(node.left, [other()], node.comparators)
        case ast.Compare():
            for at, op in enumerate(node.ops):
                for other in _COMPARISONS[type(op)]:
                    yield ast.Compare(node.left, [*node.ops[:at], other(), *node.ops[at + 1 :]], node.comparators)
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            yield ast.BinOp(node.left, _ARITHMETIC[type(node.op)](), node.right)
        case ast.AugAssign() if type(node.op) in _ARITHMETIC:
            yield ast.AugAssign(node.target, _ARITHMETIC[type(node.op)](), node.value)
        case ast.BoolOp():
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        case ast.UnaryOp(op=ast.Not() | ast.USub()):
            yield node.operand
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield ast.Constant(node.value + 1)
            yield ast.Constant(node.value - 1)
        case ast.Constant(value=str()):
            yield ast.Constant(f"{node.value}~")
        case ast.Call(func=ast.Name(id=name)) if name in _EXCHANGED:
            yield ast.Call(ast.Name(_EXCHANGED[name], ast.Load()), node.args, node.keywords)
        case ast.Expr(value=ast.Call()):
            yield ast.Pass()
        case ast.Return(value=ast.expr() as value) if not (isinstance(value, ast.Constant) and value.value is None):
            yield ast.Return(ast.Constant(None))
    plain = not isinstance(node, ast.Compare) or len(node.ops) > 1
    asks = isinstance(slot.parent, ast.If | ast.IfExp | ast.While) and slot.field == "test"
    if plain and (asks or (isinstance(slot.parent, ast.comprehension) and slot.field == "ifs")):
        yield ast.UnaryOp(ast.Not(), node)
