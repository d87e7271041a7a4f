"""What one walk finds in a module: references, calls, imports and definitions, each once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from k3ls.semantics import BindingKind, Module, kind_of, stays_tensorflow
from k3ls.syntax import parse, text
from tests.semantics.seen import module_of


def references(module: Module) -> list[str]:
    found = sorted(module.references, key=lambda one: (one.offset, -one.node.end_byte))
    return [".".join(one.names) for one in found]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("tf.nn.relu(x)", ["tf.nn.relu", "x"]),
        ("f(x).shape", [".shape", "f", "x"]),
        ("x[tf.a] += tf.b", ["x", "tf.a", "tf.b"]),
        ("x.y += tf.b", ["x.y", "tf.b"]),
        ("x += x", ["x", "x"]),
        ("x.y = x.z[0] = 1", ["x", "x.z"]),
        ("x = y = z", ["z"]),
        ("x: A", ["A"]),
        ("f(tf=1, **a)", ["f", "a"]),
        ("(tf.keras).layers", ["tf.keras.layers"]),
        ("def f(a, b=c): pass", ["c"]),
        ("class A(B, metaclass=M): pass", ["B", "M"]),
        ("import a.b as c\nfrom d import e", []),
        ("global a, b", []),
        ("del a, b.c, d[e]", ["b.c", "d", "e"]),
        ("'a' 'tf.b' f'tf.c {d}'  # tf.e", ["d"]),
        ("@a.b\n# c\n@d\ndef e(): pass", ["a.b", "d"]),
        ("with a as b, c as d.e: pass", ["a", "c", "d"]),
        ("for a.b, c[d] in e: pass", ["a", "c", "d", "e"]),
        ("match a:\n  case b.c | D(e=f.g.h): i", ["a", "b.c", "D", "f.g.h", "i"]),
        ("match a:\n  case _: pass", ["a"]),
        ("lambda a, b=c: a", ["c", "a"]),
        ("f(a, \\\n  b)", ["f", "a", "b"]),
        ("print >>f, x", ["f", "x"]),
        ("x = tf.", ["x", "tf"]),
        ("f(tf.nn.", ["f", "tf.nn"]),
    ],
)
def test_references(source: str, expected: list[str]) -> None:
    assert references(module_of(source)) == expected


def test_a_reference_knows_its_nodes_and_its_call() -> None:
    module = module_of("(tf.nn).relu(x)(y)\nmatch z:\n  case tf.float32: pass\n")
    first, *rest = module.references
    assert first.names == ["tf", "nn", "relu"]
    assert [text(node) for node in first.nodes] == ["tf", "tf.nn", "(tf.nn).relu"]
    assert first.call is not None
    assert text(first.call) == "(tf.nn).relu(x)"
    assert first.offset == first.node.start_byte
    (value,) = [one for one in rest if one.names == ["tf", "float32"]]
    assert [text(node) for node in value.nodes] == ["tf", "tf.float32"]
    assert {text(one.node): one.call for one in rest} == {
        "x": None,
        "y": None,
        "z": None,
        "tf.float32": None,
    }


def test_calls_are_found_once_with_their_scope() -> None:
    module = module_of("a[b()] += c()\ndef f():\n    d().e(g())\n    x.y = z = h()\n")
    found = [(text(call), scope.name) for item in module.items for call, scope in item.calls]
    assert sorted(found) == [
        ("b()", ""),
        ("c()", ""),
        ("d()", "f"),
        ("d().e(g())", "f"),
        ("g()", "f"),
        ("h()", "f"),
    ]


@pytest.mark.parametrize(
    ("source", "module", "star", "names"),
    [
        ("import a", "", False, [("a", None, "a", "a")]),
        (
            "import a.b, c.d as e",
            "",
            False,
            [("a.b", None, "a", "a"), ("c.d", "e", "e", "c.d")],
        ),
        ("from a.b import c", "a.b", False, [("c", None, "c", "a.b.c")]),
        (
            "from a import (b as c,\n  d)",
            "a",
            False,
            [("b", "c", "c", "a.b"), ("d", None, "d", "a.d")],
        ),
        ("from a import *", "a", True, []),
        ("from . import a", ".", False, [("a", None, "a", ".a")]),
        ("from .. a import b", "..a", False, [("b", None, "b", "..a.b")]),
        ("from __future__ import a", "__future__", False, [("a", None, "a", "__future__.a")]),
    ],
)
def test_imports(
    source: str, module: str, star: bool, names: list[tuple[str, str | None, str, str]]
) -> None:
    (statement,) = module_of(source).imports
    assert (statement.module, statement.star) == (module, star)
    found = [(one.path, one.alias, one.binding.name, one.binding.target) for one in statement.names]
    assert found == names
    for one in statement.names:
        assert text(one.name_node).replace(" ", "") == one.path
        assert text(one.node).startswith(text(one.name_node))
        assert one.binding.statement == statement.node
        assert one.binding.kind is BindingKind.IMPORT


def test_where_an_import_stands() -> None:
    module = module_of(
        "import a\nif x:\n    import b\ndef f():\n    import c\n    try:\n        import d\n"
        "    finally:\n        import e\n"
    )
    places = {
        statement.names[0].path: (statement.scope.name, statement.branch is not None)
        for statement in module.imports
    }
    assert places == {
        "a": ("", False),
        "b": ("", True),
        "c": ("f", False),
        "d": ("f", True),
        "e": ("f", False),
    }


def test_definitions() -> None:
    module = module_of(
        """
        @decorate
        class A(B):
            @one
            @two(3)
            def method(self):
                return lambda: self
        def f():
            class C: pass
        x = lambda: 1
        """
    )
    first, second, third = module.items
    assert [scope.name for scope in first.classes] == ["A"]
    assert [scope.name for scope in first.functions] == ["method", ""]
    assert [scope.name for scope in second.functions] == ["f"]
    assert [scope.name for scope in second.classes] == ["C"]
    assert [scope.kind.name for scope in third.functions] == ["LAMBDA"]
    method = first.functions[0]
    assert method.method_class() is first.classes[0]
    assert [text(node) for node in method.decorators] == ["one", "two(3)"]
    assert [text(node) for node in first.classes[0].decorators] == ["decorate"]
    assert [text(node) for node in method.returns] == ["lambda: self"]
    (binding,) = module.scope.bindings["A"]
    assert binding.statement == first.node
    assert binding.inner is first.classes[0]


def test_attributes_of_an_object() -> None:
    module = module_of(
        """
        class A:
            def __init__(self, x, /):
                self.a = self.b = x
                self.c, (other.d, self.e) = x
                self.f.g = x
                def inner(self):
                    self.h = x
            def m(this):
                this.a += 1
                self.i = 1
                with x as this.j: pass
        def f(self):
            self.k = 1
        """
    )
    (cls,) = module.items[0].classes
    found = {
        name: [(binding.kind.name, binding.item) for binding in bindings]
        for name, bindings in cls.attributes.items()
    }
    assert found == {
        "a": [("ASSIGNMENT", None), ("AUGMENTED", None)],
        "b": [("ASSIGNMENT", None)],
        "c": [("ASSIGNMENT", 0)],
        "e": [("ASSIGNMENT", -1)],
        "j": [("WITH", None)],
    }


KINDS = {
    "import x": "IMPORT",
    "from a import x": "IMPORT",
    "x = 1": "ASSIGNMENT",
    "(x := 1)": "ASSIGNMENT",
    "type x = int": "ASSIGNMENT",
    "x: int": "ANNOTATION",
    "x += 1": "AUGMENTED",
    "def x(): pass": "FUNCTION",
    "class x: pass": "CLASS",
    "for x in y: pass": "LOOP",
    "with y as x: pass": "WITH",
    "try: pass\nexcept y as x: pass": "EXCEPT",
    "try: pass\nexcept* y as x: pass": "EXCEPT",
    "match y:\n  case x: pass": "PATTERN",
    "del x": "DELETE",
}


@pytest.mark.parametrize(("source", "kind"), KINDS.items())
def test_kinds_of_bindings(source: str, kind: str) -> None:
    (binding,) = module_of(source).scope.bindings["x"]
    assert binding.kind is BindingKind[kind]


PIECES = (
    "def f(x, y=1, *z: int, **w) -> tf.A:\n",
    "class A(B):\n",
    "    ",
    "    return self.x\n",
    "self.x, y = f(tf.nn.relu)\n",
    "for x in tf.a: ",
    "match x:\n    case {'a': tf.B(c)}: pass\n",
    "with x as (y, z): pass\n",
    "try:\n    import a.b as c\nexcept E as e: pass\n",
    "from tensorflow.keras import *\n",
    "ds.map(lambda x: f(x))\n",
    "[x for x in tf.a if (y := x)]",
    "global x; nonlocal y\n",
    "del (x, y)\n",
    "x += tf.a\n",
    "type X[T: int] = x\n",
    "f'{x!r:>{y}}'",
    "@tf.function\n",
    "lambda x=y: ",
    "async ",
    "await ",
    "tf.",
    ".x",
    "x",
    "(",
    ")",
    "[",
    "]",
    "{",
    ":",
    "=",
    ",",
    "*",
    "'",
    '"""',
    "\\\n",
    "\n",
    "\r",
    "é",
    "😀",
    "\0",
)


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_text_is_walked(pieces: list[str]) -> None:
    module = Module(parse("".join(pieces).encode()))
    for reference in module.references:
        module.qualified(reference)
        kind_of(module, reference.node, reference.scope)
        stays_tensorflow(module, reference.scope)
    assert all(one.node.start_byte == one.offset for one in module.references)
    places = [(one.offset, one.node.end_byte) for one in module.references]
    assert len(set(places)) == len(places)


DEEP = 10_000


@pytest.mark.parametrize(
    "source",
    [
        "(" * DEEP,
        "x = " + "(" * DEEP + "tf" + ")" * DEEP + "\nx.y",
        "x = " + "[" * DEEP + "]" * DEEP + "\nx.y",
        "x = " + "f(" * DEEP + ")" * DEEP + "\nx.y",
        "x = " + "lambda: " * DEEP + "tf\nx.y",
        "x = tf" + ".b" * DEEP + "\nx.y",
        "x = tf" + ".b()" * DEEP + "\nx.y",
        "x = " + "tf + " * DEEP + "tf\nx.y",
        "x = " + "a = " * DEEP + "tf\nx.y",
        "x = tf\n" + "x = x.y\n" * DEEP,
        "x = tf\n" + "x = f(x)\n" * DEEP + "ds.map(x)",
        "if a: x = tf\n" + "elif b: x = tf\n" * DEEP + "x.y",
        "def f(x):\n  while x:\n" + "    x = x * x + x\n" * 20 + "    x.y()",
        "x = ds" + ".map(f).take(1)" * 40,
        "f'{" * 100 + "x" + "}'" * 100,
    ],
    ids=lambda source: source[:16],
)
@pytest.mark.timeout(20)
def test_deep_and_long_code_takes_no_long(source: str) -> None:
    module = Module(parse(b"import tensorflow as tf\n" + source.encode()))
    last = max(module.references, key=lambda one: one.node.end_byte, default=None)
    for reference in module.references:
        module.qualified(reference)
    if last is not None:
        kind_of(module, last.node, last.scope)
    for item in module.items:
        for call, scope in item.calls[:50]:
            kind_of(module, call, scope)
    assert not stays_tensorflow(module, module.scope)
