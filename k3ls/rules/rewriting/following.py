"""Following the shapes of tensors through `call`, to build the layers that it calls.

Each statement of `call` becomes statements of `build` that compute the shapes which it gives and
build the layers with those they get; what no layer needs is left out in the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, count

from tree_sitter import Node

from k3ls.rules.context import Context
from k3ls.rules.rewriting.rewrite import RefusedError, literal
from k3ls.rules.rewriting.shapes import (
    Static,
    Tensor,
    Tensors,
    Unknown,
    Value,
    combined,
    dimensions,
    operation,
)
from k3ls.rules.rewriting.statements import Block, Line, pruned
from k3ls.semantics import (
    BindingKind,
    Kind,
    Scope,
    defines,
    kind_of,
    local_classes,
    method,
    sublayers,
)
from k3ls.syntax import argument_nodes, nodes_of, string_value, text, unparenthesized
from k3ls.text import Edit, merged

_DEPTH = 4
_LAYERS = "keras.layers."
WEIGHTED = frozenset(
    "AdditiveAttention BatchNormalization Bidirectional Conv1D Conv1DTranspose Conv2D"
    " Conv2DTranspose Conv3D Conv3DTranspose ConvLSTM1D ConvLSTM2D ConvLSTM3D Dense"
    " DepthwiseConv1D DepthwiseConv2D EinsumDense Embedding GRU GRUCell GroupNormalization LSTM"
    " LSTMCell LayerNormalization MultiHeadAttention PReLU RNN SeparableConv1D SeparableConv2D"
    " SimpleRNN SimpleRNNCell SpectralNormalization StackedRNNCells TimeDistributed".split()
)
# Layers that give what has the shape of their input.
_KEEPING = frozenset(
    "Activation ActivityRegularization AlphaDropout BatchNormalization Dropout ELU GaussianDropout"
    " GaussianNoise GroupNormalization Identity LayerNormalization LeakyReLU Masking PReLU ReLU"
    " Softmax SpatialDropout1D SpatialDropout2D SpatialDropout3D SpectralNormalization"
    " ThresholdedReLU UnitNormalization".split()
)
_RECURRENT = frozenset(
    "Bidirectional ConvLSTM1D ConvLSTM2D ConvLSTM3D GRU LSTM RNN SimpleRNN".split()
)
# Ops that give several tensors, and such whose result is no tensor.
_SEVERAL = frozenset(("array_split", "meshgrid", "moments", "split", "unstack"))
_STRUCTURES = frozenset("cond fori_loop in_top_k map scan shape top_k while_loop".split())

_STATIC_BUILTINS = frozenset("enumerate int len list max min range reversed tuple zip".split())


class Follower:
    """Follows `call` of a class in a method that has the shapes of arguments in variables.

    Attributes:
        built: the attributes whose layers were built.
        output: what `call` gives.
    """

    def __init__(self, context: Context, cls: Scope, taken: Iterable[str]) -> None:
        self.context = context
        self.module = context.module
        self.cls = cls
        self.taken = set(taken)
        self.done: set[str] = set()
        # Others may have been built where they come from.
        self.own = {one.name for one in sublayers(self.module, cls) if one.node.type == "call"}
        self.built: set[str] = set()
        self.output: Value = Unknown(cls.node)
        self.inputs: set[str] = set()
        self.names: dict[str, tuple[Edit, ...]] = {}
        self.lines: list[Line | Block] = []
        self.scope = cls
        self.env: dict[str, Value] = {}
        self.variables: dict[str, str] = {}
        self.values: dict[str, str] = {}
        self.loops: list[set[str]] = []
        self.nested = 0
        self.surely: set[str] = set()
        self.depth = 0

    def follow(self, call: Scope, arguments: Mapping[str, Value]) -> None:
        """Follow the method where these of its arguments are known.

        Raises:
            RefusedError: a layer is called with something of unknown shape.
        """
        self.inputs = {one.source for one in arguments.values() if isinstance(one, Tensor)}
        unknown = {name: Unknown(call.node) for name in parameters(call)}
        self.output = self.inline(call, {**unknown, **arguments})

    def building(self) -> list[Line | Block]:
        """The statements that build the layers that are called."""
        return pruned(self.lines, set(), building=True)[0]

    def shape_of_output(self) -> list[Line | Block]:
        """The statements that give the shape of the output.

        Raises:
            RefusedError: it isn't known.
        """
        if isinstance(self.output, Unknown):
            raise self.stopped(self.output.node)
        returned = Line(f"return {self.output.source}")
        return [*pruned(self.lines, returned.reads(), building=False)[0], returned]

    def name_for(self, path: str) -> str:
        name = self.context.name_at(path, self.cls.node, self.scope)
        self.names[name.source] = name.edits
        return name.source

    def imports(self, written: str) -> list[Edit]:
        """The imports that what was written in the end needs."""
        needed = [edits for name, edits in self.names.items() if f"{name}(" in written]
        return merged(dict.fromkeys(one for edits in needed for one in edits))

    def inline(self, function: Scope, arguments: Mapping[str, Value]) -> Value:
        """What a method gives for these arguments."""
        outer = self.scope, self.env, self.variables, self.values
        self.scope, self.env, self.variables, self.values = function, dict(arguments), {}, {}
        self.depth += 1
        try:
            body = function.node.child_by_field_name("body")
            result = self.block(_statements(body))
        finally:
            self.depth -= 1
            self.scope, self.env, self.variables, self.values = outer
        return result or Unknown(function.node)

    # Statements

    def block(self, statements: Sequence[Node]) -> Value | None:
        """Follows the statements; gives what is returned, None for nothing."""
        for index, statement in enumerate(statements):
            asked = self.leaving(statement)
            if asked is not None:
                return self.split(asked, statement, statements[index + 1 :])
            result = self.statement(statement)
            if result is not None:
                return result
        return None

    def leaving(self, node: Node) -> str | None:
        """The condition of an `if` that asks the layer alone and returns."""
        body = node.child_by_field_name("consequence")
        test = node.child_by_field_name("condition")
        if body is None or test is None or node.child_by_field_name("alternative") is not None:
            return None
        returns = body.named_children[-1].type == "return_statement"
        return self.asked(test) if returns else None

    def split(self, asked: str, node: Node, others: Sequence[Node]) -> Value | None:
        """Follow an `if` that returns, and what comes behind it."""
        outer, before = self.lines, self.env
        self.nested += 1
        body = node.child_by_field_name("consequence")
        self.lines, self.env = [], dict(before)
        result = self.block(_statements(body))
        first = self.lines
        self.lines, self.env = [], before
        other = self.block(others)
        self.nested -= 1
        outer.append(Block(f"if {asked}:", asked, first, self.lines))
        self.lines = outer
        return result if result == other else Unknown(node)

    def statement(self, node: Node) -> Value | None:
        if node.type == "expression_statement":
            for one in node.named_children:
                self.expression_statement(one)
        elif node.type == "return_statement":
            values = [self.value(one) for one in argument_nodes(node)]
            return values[0] if values else Static("None")
        elif node.type == "if_statement":
            self.condition(node)
        elif node.type == "for_statement":
            self.loop(node)
        elif node.type == "with_statement":
            return self.block(_statements(node.child_by_field_name("body")))
        elif self.calls_layers(node):
            raise self.stopped(node)
        elif node.type == "try_statement":
            # What catches an error is taken to give the same shapes.
            known = set(_assigned(node))
            self.block(_statements(node.child_by_field_name("body")))
            self.env.update({name: Unknown(node) for name in known if name not in self.env})
        else:
            self.forget(node)
        return None

    def expression_statement(self, node: Node) -> None:
        left = node.child_by_field_name("left")
        right = node.child_by_field_name("right")
        if node.type == "assignment" and left is not None and right is not None:
            self.bind(left, self.value(right), right)
        elif node.type == "augmented_assignment" and left is not None and right is not None:
            self.bind(
                left, combined([self.value(left), self.value(right)], node, self.name_for), right
            )
        else:
            self.value(node)

    def bind(self, target: Node, value: Value, node: Node) -> None:
        """Give a value to the names of an assignment."""
        if target.type == "identifier":
            self.env[text(target)] = self.stored(text(target), value)
        elif target.type in _PATTERNS:
            self.unpack(target, value, node)
        elif target.type == "subscript":
            whole = target.child_by_field_name("value")
            if whole is not None and text(whole) in self.env:
                self.env[text(whole)] = Unknown(node)
        elif target.type == "attribute":
            self.env[text(target)] = Unknown(node)

    def unpack(self, target: Node, value: Value, node: Node) -> None:
        names = [text(one) for one in argument_nodes(target)]
        plain = all(one.type == "identifier" for one in argument_nodes(target))
        # An argument may be a list; one tensor is none.
        single = isinstance(value, Tensor) and value.source not in self.inputs
        if not plain or single or isinstance(value, Unknown):
            self.env.update({text(one): Unknown(node) for one in nodes_of(target, "identifier")})
            return
        if isinstance(value, Tensors) and Unknown in map(type, value.items.values()):
            for index, name in enumerate(names):
                self.env[name] = self.stored(name, value.items.get(index, Unknown(node)))
            return
        if isinstance(value, Static):
            variables = [self.claimed(name) for name in names]
            self.env.update({k: Static(v, True) for k, v in zip(names, variables, strict=True)})
        else:
            variables = [self.variable(name) for name in names]
            self.env.update({k: Tensor(v) for k, v in zip(names, variables, strict=True)})
        self.emit(f"{', '.join(variables)} = {value.source}", *variables)

    def claimed(self, name: str) -> str:
        """The variable for a Python value of that name; another one where `build` or a method
        that is followed too has it for something else."""
        if name not in self.values:
            numbered = (f"{name}_{number}" for number in count(2))
            new = next(one for one in chain([name], numbered) if one not in self.taken)
            self.taken.add(new)
            self.values[name] = new
        return self.values[name]

    def stored(self, name: str, value: Value) -> Value:
        """The value once it is kept in a variable of `build`."""
        if isinstance(value, Unknown):
            return value
        if isinstance(value, Static):
            variable = self.claimed(name)
            self.emit(f"{variable} = {value.source}", variable)
            return Static(variable, value.shaped)
        variable = self.variable(name)
        if value.source != variable:
            self.emit(f"{variable} = {value.source}", variable)
        if isinstance(value, Tensor):
            return Tensor(variable)
        return _rooted(variable, value)

    def variable(self, name: str) -> str:
        """The variable for the shape of a name of `call`."""
        if name not in self.variables:
            self.variables[name] = self.fresh(name)
        return self.variables[name]

    def fresh(self, name: str, suffix: str = "shape") -> str:
        base = f"{name.strip('_') or 'other'}_{suffix}"
        numbered = (f"{base}_{number}" for number in count(2))
        new = next(one for one in chain([base], numbered) if one not in self.taken)
        self.taken.add(new)
        return new

    def emit(self, source: str, *sets: str) -> None:
        self.lines.append(Line(source, sets))

    def condition(self, node: Node) -> None:
        """An `if`: one that asks the layer alone stands in `build` as well; of others, as
        `if training`, each branch is followed, and the shapes are taken to be the same."""
        arms = [node, *node.children_by_field_name("alternative")]
        if any("isinstance(" in text(one) for one in _tests(arms)) and self.calls_layers(node):
            raise self.stopped(node)
        self.materialize(node)
        self.env = self.branches(arms, node)

    def branches(self, arms: Sequence[Node], node: Node) -> dict[str, Value]:
        """Follow the first of the arms of an `if`, and the others where it is not taken; gives
        what the names stand for behind them."""
        before = self.env
        if not arms:
            return before
        test = arms[0].child_by_field_name("condition")
        asked = self.asked(test) if test is not None else None
        body = arms[0].child_by_field_name("body" if test is None else "consequence")
        outer, self.lines, self.env = self.lines, [], dict(before)
        self.nested += asked is not None
        result = self.block(_statements(body))
        if asked is not None and result is not None and self.later(node):
            raise self.stopped(node)
        first, taken = self.lines, self.env
        self.lines, self.env = [], dict(before)
        other = self.branches(arms[1:], node)
        otherwise, self.lines = self.lines, outer
        self.nested -= asked is not None
        if asked is not None:
            self.lines.append(Block(f"if {asked}:", asked, first, otherwise))
            return {
                name: value if other.get(name) == value else Unknown(node)
                for name, value in {**other, **taken}.items()
            }
        self.lines += [*first, *otherwise]
        known = {k: v for k, v in before.items() if not isinstance(v, Unknown)}
        return {**other, **taken, **known} if test is not None else taken

    def later(self, node: Node) -> bool:
        """Whether layers are called behind a statement."""
        after = node.next_named_sibling
        while after is not None:
            if self.calls_layers(after):
                return True
            after = after.next_named_sibling
        return False

    def asked(self, test: Node) -> str | None:
        """The condition in `build`, if it depends on nothing but the layer and on which of its
        inputs there are."""
        match = re.fullmatch(r"(\w+) is (not )?None", text(test))
        value = self.env.get(match[1]) if match is not None else None
        if match is not None and isinstance(value, Tensor):
            return f"{value.source} is {match[2] or ''}None"
        found = self.value(test)
        return found.source if isinstance(found, Static) and not found.shaped else None

    def loop(self, node: Node) -> None:
        target = node.child_by_field_name("left")
        whole = node.child_by_field_name("right")
        body = node.child_by_field_name("body")
        if target is None or whole is None or body is None:
            return
        over = self.value(whole)
        if not isinstance(over, Static) or over.shaped:
            if self.calls_layers(body):
                raise self.stopped(node)
            self.forget(node)
            return
        self.materialize(node)
        outer = self.lines
        block = Block(f"for {self.enter(target)} in {over.source}:")
        self.lines = block.body
        if self.block(_statements(body)) is not None:
            raise self.stopped(node)
        self.loops.pop()
        self.lines = outer
        self.lines.append(block)

    def enter(self, target: Node) -> str:
        """Begin a loop; gives what its target is written as."""
        names = {text(one): self.claimed(text(one)) for one in nodes_of(target, "identifier")}
        self.env.update({name: Static(new) for name, new in names.items()})
        self.loops.append(set(names.values()))
        return re.sub(r"\w+", lambda name: names.get(name[0], name[0]), text(target))

    def materialize(self, node: Node) -> None:
        """Keep in variables what a block may give other values."""
        for name in _assigned(node):
            value = self.env.get(name)
            if isinstance(value, Tensor | Tensors) and value.source != self.variables.get(name):
                self.env[name] = self.stored(name, value)

    def forget(self, node: Node) -> None:
        self.env.update(dict.fromkeys(_assigned(node), Unknown(node)))

    def calls_layers(self, node: Node) -> bool:
        """Whether a layer that must be built is called in a statement."""
        return any(
            self.layer_kind(function) is not None
            for call in nodes_of(node, "call")
            if (function := call.child_by_field_name("function")) is not None
        )

    def stopped(self, node: Node) -> RefusedError:
        line = text(node).splitlines()[0]
        return RefusedError(
            f"the shape isn't known in line {node.start_point.row + 1}, `{line.rstrip(':')}`"
        )

    # Expressions

    def value(self, node: Node) -> Value:
        node = unparenthesized(node)
        handler = getattr(self, f"value_{node.type}", None)
        if handler is not None:
            found: Value = handler(node)
            return found
        if node.type in _CONSTANTS:
            return Static(text(node))
        parts = [self.value(one) for one in argument_nodes(node)]
        if node.type not in _OPERATORS:
            return Unknown(node)
        if not all(isinstance(one, Static) for one in parts):
            return combined(parts, node, self.name_for)
        shaped = any(isinstance(one, Static) and one.shaped for one in parts)
        equality = node.type == "comparison_operator" and re.search(r"[!=]=", text(node))
        if shaped and not equality:
            return Unknown(node)
        source = text(node)
        for one, part in zip(reversed(argument_nodes(node)), reversed(parts), strict=True):
            start, end = one.start_byte - node.start_byte, one.end_byte - node.start_byte
            data = source.encode()
            written = part.source.encode() if isinstance(part, Static) else b""
            source = (data[:start] + written + data[end:]).decode()
        return Static(f"({source})" if node.type == "binary_operator" else source)

    def value_identifier(self, node: Node) -> Value:
        name = text(node)
        if name in self.env:
            return self.env[name]
        return Unknown(node) if name in self.scope.bindings and name != "self" else Static(name)

    def value_attribute(self, node: Node) -> Value:
        if text(node) in self.env:
            return self.env[text(node)]
        inner = node.child_by_field_name("object")
        value = self.value(inner) if inner is not None else Unknown(node)
        if isinstance(value, Static) and not value.shaped:
            return Static(f"{value.source}.{text(node).rpartition('.')[2]}")
        if isinstance(value, Tensor) and text(node).endswith(".shape"):
            return Static(value.source, shaped=True)
        return Unknown(node)

    def value_subscript(self, node: Node) -> Value:
        whole = node.child_by_field_name("value")
        value = self.value(whole) if whole is not None else Unknown(node)
        indices = argument_nodes(node)[1:]
        if isinstance(value, Static):
            parts = [self.value(one) for one in indices]
            if all(isinstance(one, Static) for one in parts):
                return Static(f"{value.source}[{text(indices[0])}]", value.shaped)
            return Unknown(node)
        key = literal(indices[0]) if len(indices) == 1 else ...
        if isinstance(value, Tensors):
            if isinstance(key, int) and not value.items:
                return Tensor(f"{value.source}[{key}]")
            found = value.items.get(key) if isinstance(key, int | str) else None
            if found is None and isinstance(key, int) and key < 0:
                found = value.items.get(len(value.items) + key)
            return found or Unknown(node)
        if isinstance(value, Tensor):
            if isinstance(key, str) or (isinstance(key, int) and value.source in self.inputs):
                # An argument that is a list or a dictionary.
                return Tensor(f"{value.source}[{text(indices[0])}]")
            # A tensor without its batch, or a list of tensors that isn't known as one.
            return Unknown(node) if isinstance(key, int) else self.indexed(value, indices, node)
        return Unknown(node)

    def indexed(self, value: Tensor, indices: Sequence[Node], node: Node) -> Value:
        """A part of a tensor: `x[:, 0]`, `x[..., None]`."""
        kept: list[str] = []
        axis = 0
        trailing = any(one.type == "ellipsis" for one in indices)
        for number, one in enumerate(indices):
            if one.type == "ellipsis":
                rest = sum(text(other) not in _NEW_AXES for other in indices[number + 1 :])
                stop = f"-{rest}" if rest else ""
                kept.append(f"*{value.source}[{axis or ''}:{stop}]")
                axis = -rest
            elif text(one) in _NEW_AXES:
                kept.append("1")
            elif one.type == "slice" and text(one).strip(": ") == "":
                kept.append(f"{value.source}[{axis}]")
                axis += 1
            elif isinstance(literal(one), int):
                axis += 1
            else:
                return self.sliced(value, indices, node)
        if not trailing:
            kept.append(f"*{value.source}[{axis}:]")
        return Tensor(dimensions(kept))

    def sliced(self, value: Tensor, indices: Sequence[Node], node: Node) -> Value:
        """A part of a tensor by other indices, which Keras computes the shape of."""
        parts = [argument_nodes(one) if one.type == "slice" else [one] for one in indices]
        known = [self.value(one) for part in parts for one in part]
        if not all(isinstance(one, Static) and not one.shaped for one in known):
            return Unknown(node)
        return Tensor(f"{self.symbolic(value)}[{', '.join(map(text, indices))}].shape")

    def value_list(self, node: Node) -> Value:
        return self.several(list(enumerate(argument_nodes(node))), node)

    value_tuple = value_list
    value_expression_list = value_list

    def value_dictionary(self, node: Node) -> Value:
        pairs: list[tuple[int | str, Node]] = []
        for pair in argument_nodes(node):
            key = pair.child_by_field_name("key")
            value = pair.child_by_field_name("value")
            name = string_value(key) if key is not None else None
            if name is None or value is None:
                return Unknown(node)
            pairs.append((name, value))
        return self.several(pairs, node)

    def several(self, parts: Sequence[tuple[int | str, Node]], node: Node) -> Value:
        if not parts:
            # Tensors may be appended to it.
            return Tensors("[]", {})
        items: dict[int | str, Value] = {key: self.value(one) for key, one in parts}
        known = [one for one in items.values() if not isinstance(one, Unknown)]
        if len(known) < len(items):
            return Unknown(node)
        if all(isinstance(one, Static) for one in known):
            shaped = any(isinstance(one, Static) and one.shaped for one in known)
            return Static(_written(items), shaped)
        return Tensors(_written(items), items)

    def value_conditional_expression(self, node: Node) -> Value:
        parts = argument_nodes(node)
        first, other = self.value(parts[0]), self.value(parts[-1])
        # `states[0] if isinstance(states, list) else states`
        told = isinstance(first, Tensor) and isinstance(other, Tensors)
        return first if first == other or told else Unknown(node)

    def value_list_comprehension(self, node: Node) -> Value:
        body = node.child_by_field_name("body")
        clauses = [one for one in argument_nodes(node) if one != body]
        if body is None or len(clauses) != 1 or clauses[0].type != "for_in_clause":
            return self.unfollowed(node)
        target = clauses[0].child_by_field_name("left")
        whole = clauses[0].child_by_field_name("right")
        over = self.value(whole) if whole is not None else Unknown(node)
        if target is None or not isinstance(over, Static) or over.shaped:
            return self.unfollowed(node)
        inner = next(
            (one for item in self.module.items for one in item.scopes if one.node == node),
            self.scope,
        )
        outer, before, scope = self.lines, dict(self.env), self.scope
        self.scope = inner
        header = f"for {self.enter(target)} in {over.source}"
        block = Block(f"{header}:")
        self.lines = block.body
        value = self.value(body)
        self.loops.pop()
        self.lines, self.env, self.scope = outer, before, scope
        self.lines.append(block)
        if not isinstance(value, Tensor) or any(
            isinstance(one, Line) and not one.builds for one in block.body
        ):
            return Unknown(node)
        return Tensors(f"[{value.source} {header}]", {})

    def unfollowed(self, node: Node) -> Value:
        if self.calls_layers(node):
            raise self.stopped(node)
        return Unknown(node)

    value_lambda = unfollowed
    value_generator_expression = unfollowed
    value_dictionary_comprehension = unfollowed

    def value_call(self, node: Node) -> Value:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None or arguments.type != "argument_list":
            return self.unfollowed(node)
        positional: list[Value] = []
        named: dict[str, Value] = {}
        for one in argument_nodes(arguments):
            name = one.child_by_field_name("name")
            value = one.child_by_field_name("value")
            if one.type == "keyword_argument" and name is not None and value is not None:
                named[text(name)] = self.value(value)
            elif one.type in ("list_splat", "dictionary_splat"):
                named["*"] = Unknown(one)
            else:
                positional.append(self.value(one))
        kind = self.layer_kind(function)
        if kind is not None:
            return self.layer(function, kind, positional, named, node)
        inlined = self.own_method(function)
        if inlined is not None and self.depth < _DEPTH and "*" not in named:
            return self.inline(inlined, _bound(inlined, positional, named))
        if text(function).endswith((".get_shape", ".as_list")) and not positional:
            inner = function.child_by_field_name("object")
            shape = self.value(inner) if inner is not None else Unknown(node)
            if isinstance(shape, Unknown | Tensors):
                return Unknown(node)
            return Static(shape.source, shaped=True)
        names = self.module.names_of(function, self.scope)
        root, _, _ = names[0].partition(".") if names else ("", "", "")
        if root in ("tensorflow", "keras", "tf_keras"):
            op = names[0].rpartition(".")[2]
            if op == "reshape" and positional and isinstance(positional[0], Tensor):
                return self.reshaped(_last_node(node, "shape"), node)
            found = operation(op, positional, named, node, self.name_for)
            if isinstance(found, Unknown) and names[0].startswith("keras.ops."):
                return self.computed(function, positional, named, node)
            return found
        given = [*positional, *named.values()]
        static = [one for one in given if isinstance(one, Static)]
        if text(function) in _STATIC_BUILTINS and len(static) == len(given):
            sources = ", ".join(one.source for one in static)
            return Static(f"{text(function)}({sources})", any(one.shaped for one in static))
        if text(function).endswith(_VIEWS) and not given:
            inner = function.child_by_field_name("object")
            whole = self.value(inner) if inner is not None else Unknown(node)
            if isinstance(whole, Static) and not whole.shaped:
                return Static(f"{whole.source}.{text(function).rpartition('.')[2]}()")
        if text(function).endswith(".append") and len(positional) == 1:
            self.append(function, positional[0])
            return Static("None")
        single = len(positional) == 1 and set(named) <= {"training"}
        if single and re.search(r"\.\w*activation\w*(?:\[\w+\])?$", text(function)):
            return positional[0]
        return Unknown(node)

    def computed(
        self, function: Node, positional: Sequence[Value], named: Mapping[str, Value], node: Node
    ) -> Value:
        """What another op gives, whose shape Keras computes."""
        given = [*positional, *named.values()]
        if any(
            isinstance(one, Unknown) or (isinstance(one, Static) and one.shaped) for one in given
        ):
            return Unknown(node)
        name = text(function).rpartition(".")[2]
        sources = [self.symbolic(one) for one in positional]
        sources += [f"{key}={self.symbolic(one)}" for key, one in named.items()]
        called = f"{text(function)}({', '.join(sources)})"
        if name in _SEVERAL:
            return Tensors(f"[one.shape for one in {called}]", {})
        return Tensor(f"{called}.shape") if name not in _STRUCTURES else Unknown(node)

    def append(self, function: Node, value: Value) -> None:
        name = text(function).rpartition(".")[0]
        whole = self.env.get(name)
        if isinstance(whole, Tensors) and isinstance(value, Tensor | Tensors):
            self.emit(f"{whole.source} = [*{whole.source}, {value.source}]", whole.source)
            self.env[name] = Tensors(whole.source, {})
        elif name in self.env:
            self.env[name] = Unknown(function)

    def own_method(self, function: Node) -> Scope | None:
        """The method of the class that is called, `super().call` included."""
        source = text(function)
        if re.fullmatch(r"super\([^()]*\)\.call", source):
            owner = self.scope.method_class() or self.cls
            for base in local_classes(self.module, owner)[1:]:
                if "call" in base.bindings:
                    return base.bindings["call"][-1].inner
        match = re.fullmatch(r"self\.(\w+)", source)
        return method(self.module, self.cls, match[1]) if match is not None else None

    def layer_kind(self, function: Node) -> Kind | None:
        """What layer is called, if it is one that the class keeps."""
        kind = kind_of(self.module, function, self.scope)
        if kind is None or kind.type != "object" or not kind.is_a("keras.layers.Layer"):
            return None
        return None if text(function) == "self" else kind

    def layer(
        self,
        function: Node,
        kind: Kind,
        positional: Sequence[Value],
        named: Mapping[str, Value],
        node: Node,
    ) -> Value:
        """Build a layer with the shapes of what it is called with."""
        layer = self.value(function) if function.type != "call" else Unknown(function)
        if not isinstance(layer, Static):
            raise self.stopped(node)
        name = (kind.name or "").removeprefix(_LAYERS)
        library = kind.scope is None and kind.name not in (None, "keras.layers.Layer")
        if library and name not in WEIGHTED and name in _KEEPING:
            return positional[0] if positional else Unknown(node)
        if library and kind.name != "keras.Sequential" and name not in WEIGHTED:
            if positional and isinstance(positional[0], Tensor | Tensors):
                shape = f"{layer.source}.compute_output_shape({positional[0].source})"
                return self.result(shape, layer.source, node)
            return Unknown(node)
        shapes = self.shapes(function, kind, positional, named)
        if not shapes or any(isinstance(one, Unknown | Static) for one in shapes.values()):
            raise self.stopped(node)
        source = layer.source
        name_of = self.attributes(function)
        first = next(iter(shapes.values()))
        # What a `Sequential` begins with isn't known.
        own_build = library or (kind.scope is not None and defines(self.module, kind, "build"))
        if not own_build or name == "keras.Sequential":
            self.built |= name_of
            return self.run(source, positional, named, node)
        if not name_of or not name_of <= self.done:
            self.build(source, name_of, f"{source}.build({_arguments(shapes)})")
        if library and name in _KEEPING and isinstance(first, Tensor):
            return first
        several = _is_unpacked(node)
        if library or defines(self.module, kind, "compute_output_shape"):
            shape = f"{source}.compute_output_shape({_arguments(shapes)})"
            if "return_attention_scores" in named:
                return Tensors(shape, {0: Tensor(shape), 1: Unknown(node)})
            if several or self.returns_states(name_of):
                return Tensors(shape, {}) if not library or name in _RECURRENT else Unknown(node)
            return self.result(shape, source, node)
        spec = ", ".join(self.symbolic(one) for one in shapes.values())
        if several:
            return Unknown(node)
        return self.result(f"{source}.compute_output_spec({spec}).shape", source, node)

    def run(
        self, layer: str, positional: Sequence[Value], named: Mapping[str, Value], node: Node
    ) -> Value:
        """Build a layer by calling it with symbolic tensors."""
        tensors = {k: v for k, v in named.items() if isinstance(v, Tensor | Tensors)}
        if any(isinstance(one, Unknown) for one in positional):
            raise self.stopped(node)
        given = [self.symbolic(one) for one in positional]
        given += [f"{name}={self.symbolic(one)}" for name, one in tensors.items()]
        output = self.fresh(_attribute(layer), "output")
        source = f"{output} = {layer}({', '.join(given)})"
        self.lines.append(Line(source, (output,), builds=True))
        if _is_unpacked(node):
            return Tensors(f"[one.shape for one in {output}]", {})
        return Tensor(f"{output}.shape")

    def returns_states(self, attributes: set[str]) -> bool:
        return any(
            "return_state" in text(one.node)
            for one in sublayers(self.module, self.cls)
            if one.name in attributes
        )

    def build(self, layer: str, attributes: set[str], source: str) -> None:
        """Build a layer once: in a loop over other things, or where it may have been built by
        another name, only if it isn't yet."""
        if layer in self.surely:
            return
        if not self.loops and not self.nested:
            self.surely.add(layer)
        line = Line(source, builds=True)
        used = set(re.findall(r"\w+", layer))
        again = any(used.isdisjoint(names) for names in self.loops)
        if again or not attributes.isdisjoint(self.built) or not attributes <= self.own:
            test = f"not {layer}.built"
            self.lines.append(Block(f"if {test}:", test, [line]))
        else:
            self.lines.append(line)
        self.built |= attributes

    def result(self, shape: str, layer: str, node: Node) -> Value:
        """The shape that a layer gives, in a variable where it is a part of something else."""
        around = node.parent
        if around is None or around.type in ("assignment", "list_comprehension"):
            return Tensor(shape)
        variable = self.fresh(_attribute(layer))
        self.emit(f"{variable} = {shape}", variable)
        return Tensor(variable)

    def shapes(
        self,
        function: Node,
        kind: Kind,
        positional: Sequence[Value],
        named: Mapping[str, Value],
    ) -> dict[str, Value]:
        """The shapes that `build` of a layer takes, by parameter; a single one has no name."""
        name = (kind.name or "").removeprefix(_LAYERS)
        if name == "MultiHeadAttention":
            given = dict(zip(("query", "value", "key"), positional, strict=False))
            given |= {k: v for k, v in named.items() if k in ("query", "value", "key")}
            if "query" not in given or "value" not in given:
                return {}
            return {f"{k}_shape": given[k] for k in ("query", "value", "key") if k in given}
        build = method(self.module, kind.scope, "build") if kind.scope is not None else None
        call = method(self.module, kind.scope, "call") if kind.scope is not None else None
        if build is not None and call is not None and len(parameters(build)) > 1:
            bound = _bound(call, positional, named)
            wanted = [one.removesuffix("_shape") for one in parameters(build)]
            return {f"{one}_shape": bound[one] for one in wanted if one in bound}
        first = [*positional, *named.values()][:1]
        return {"": first[0]} if first else {}

    def attributes(self, function: Node) -> set[str]:
        """The attributes of the layer that hold what is called, also through a loop's name."""
        sources = [text(function)]
        if function.type == "identifier":
            bindings = self.scope.reaching(text(function), function.start_byte)
            sources = [text(one.value) for one in bindings if one.value is not None]
        return {name for one in sources for name in re.findall(r"\bself\.(\w+)", one)}

    def symbolic(self, value: Value) -> str:
        """A symbolic tensor of the shape."""
        if isinstance(value, Static | Unknown):
            return value.source if isinstance(value, Static) else ""
        tensor = self.name_for("keras.KerasTensor")
        if isinstance(value, Tensors) and value.items:
            items = {k: Tensor(self.symbolic(v)) for k, v in value.items.items()}
            return _written(items)
        if isinstance(value, Tensors):
            return f"[{tensor}(one) for one in {value.source}]"
        return f"{tensor}({value.source})"

    def reshaped(self, wanted: Node | None, node: Node) -> Value:
        """What `reshape` to a list of dimensions gives: the first one may be the batch's."""
        if wanted is None or wanted.type not in ("list", "tuple"):
            return Unknown(node)
        kept = []
        parts = argument_nodes(wanted)
        for number, one in enumerate(parts):
            value = self.value(one)
            if text(one) == "-1":
                if number == len(parts) - 1:
                    return Unknown(node)
                kept.append("None")
            elif isinstance(value, Static):
                kept.append(value.source)
            else:
                return Unknown(node)
        return Tensor(dimensions(kept))


_VIEWS = (".items", ".keys", ".values")
_PATTERNS = frozenset(("pattern_list", "tuple_pattern", "list_pattern"))
_NEW_AXES = frozenset(("None", "tf.newaxis", "np.newaxis"))
_CONSTANTS = frozenset("integer float none true false string concatenated_string".split())
_OPERATORS = frozenset(
    "binary_operator unary_operator comparison_operator boolean_operator not_operator".split()
)


def _attribute(layer: str) -> str:
    """The name of a layer: `convs` of `self.convs[0]`."""
    return re.sub(r"\W.*", "", layer.removeprefix("self."))


def _is_unpacked(call: Node) -> bool:
    left = call.parent.child_by_field_name("left") if call.parent is not None else None
    return left is not None and left.type in _PATTERNS


def _statements(body: Node | None) -> Sequence[Node]:
    return body.named_children if body is not None else ()


def _rooted(variable: str, value: Tensors) -> Tensors:
    """The tensors once their shapes are in a variable."""
    items: dict[int | str, Value] = {}
    for key, one in value.items.items():
        source = f'{variable}["{key}"]' if isinstance(key, str) else f"{variable}[{key}]"
        items[key] = Tensor(source) if isinstance(one, Tensor) else one
        if isinstance(one, Tensors):
            items[key] = _rooted(source, one)
    return Tensors(variable, items)


def _written(items: Mapping[int | str, Value]) -> str:
    sources = {k: v.source for k, v in items.items() if not isinstance(v, Unknown)}
    if any(isinstance(key, str) for key in items):
        return "{" + ", ".join(f'"{key}": {source}' for key, source in sources.items()) + "}"
    return f"[{', '.join(sources.values())}]"


def _arguments(shapes: Mapping[str, Value]) -> str:
    sources = [v.source for v in shapes.values() if not isinstance(v, Unknown)]
    if len(shapes) == 1:
        return sources[0]
    return ", ".join(f"{k}={v}" for k, v in zip(shapes, sources, strict=True))


def parameters(function: Scope) -> list[str]:
    """The names of a method's parameters behind the first."""
    node = function.node.child_by_field_name("parameters")
    given = argument_nodes(node)[1:] if node is not None else []
    names = []
    for one in given:
        inner = one if one.type == "identifier" else one.child_by_field_name("name")
        if inner is None and one.type == "typed_parameter":
            inner = one.named_children[0]
        if inner is not None and inner.type == "identifier":
            names.append(text(inner))
    return names


def _bound(
    function: Scope, positional: Sequence[Value], named: Mapping[str, Value]
) -> dict[str, Value]:
    names = parameters(function)
    return {**dict(_defaults(function)), **dict(zip(names, positional, strict=False)), **named}


def _defaults(function: Scope) -> Iterator[tuple[str, Value]]:
    """The numbers and strings that parameters are unless others are given."""
    for name, bindings in function.bindings.items():
        value = bindings[0].value if bindings[0].kind is BindingKind.PARAMETER else None
        if value is not None and value.type in ("integer", "float", "string"):
            yield name, Static(text(value))


def _last_node(call: Node, keyword: str) -> Node | None:
    """The second argument of a call, or the one with the keyword."""
    arguments = call.child_by_field_name("arguments")
    given = argument_nodes(arguments) if arguments is not None else []
    for one in given:
        name = one.child_by_field_name("name")
        if one.type == "keyword_argument" and name is not None and text(name) == keyword:
            return one.child_by_field_name("value")
    return given[1] if len(given) > 1 and given[1].type != "keyword_argument" else None


def _tests(arms: Sequence[Node]) -> Iterator[Node]:
    for arm in arms:
        test = arm.child_by_field_name("condition")
        if test is not None:
            yield test


def _assigned(node: Node) -> Iterator[str]:
    """The names that the statements in a block give values to."""
    for kind in ("assignment", "augmented_assignment"):
        for one in nodes_of(node, kind):
            left = one.child_by_field_name("left")
            yield from (text(name) for name in nodes_of(left, "identifier")) if left else ()
    for call in nodes_of(node, "call"):
        function = call.child_by_field_name("function")
        if function is not None and text(function).endswith(".append"):
            yield text(function).removesuffix(".append")
