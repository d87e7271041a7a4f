"""Python's control flow that depends on tensors.

## What it does

Finds `if`, `while`, `for`, `and`, `or`, `not`, `int()` and `float()` of tensors in `call` of layers,
models and losses, in `update_state` of metrics, and in the functions that they call; and writes
`keras.ops.cond` and its like where the code allows it.

## Why

Keras 2 had TensorFlow's AutoGraph turn such code into operations. Keras 3 doesn't; in `fit`, in
`predict`, and where a functional model is built, it raises on TensorFlow and on JAX:

    OperatorNotAllowedInGraphError: Using a symbolic `tf.Tensor` as a Python `bool` is not allowed.
    OperatorNotAllowedInGraphError: Iterating over a symbolic `tf.Tensor` is not allowed.
    TypeError: 'SymbolicTensor' object cannot be interpreted as an integer
    TypeError: int() argument must be a string, a bytes-like object or a real number, not 'SymbolicTensor'
    TracerBoolConversionError: Attempted boolean conversion of traced array with shape bool[].

## Example

    def call(self, inputs):
        if tf.reduce_mean(inputs) > 0:
            outputs = inputs * 2
        else:
            outputs = inputs * 3
        return outputs

becomes

    def call(self, inputs):
        outputs = keras.ops.cond(tf.reduce_mean(inputs) > 0, lambda: inputs * 2, lambda: inputs * 3)
        return outputs

Where it stays with TensorFlow, `@tf.autograph.to_graph` above `call` does what Keras 2 did.
`@tf.function` doesn't do: a model that is built in `fit` then gets no gradients.

## Fix safety

Safe for `and`, `or`, `not`, `int` and `float`. Unsafe for branches: both are traced, and JAX wants the
same shape and dtype of both. A loop over `tf.range` becomes one over `range`, which is unrolled.
Conditions on `training`, on None and on shapes have no finding, nor has a value that isn't known to
be a tensor.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.rules.context import Context, Names, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.semantics import BindingKind, Reference, Scope, converted_functions, kind_of
from k3ls.syntax import argument_nodes, nodes_of, text, unparenthesized
from k3ls.text import Edit

RULE = Rule("K215", "control-flow", Severity.ERROR)

# Functions that give a Python value, or what becomes one.
_PYTHON = frozenset(
    "shape int_shape ndim rank size count_params dtype is_tensor is_keras_tensor is_sparse"
    " is_placeholder is_variable executing_eagerly get_static_value constant_value floatx epsilon"
    " image_data_format backend learning_phase get_value batch_get_value eval get_uid isinstance"
    " hasattr getattr len callable convert_to_numpy".split()
)
# Functions that give lists, tuples, or anything.
_ANYTHING = frozenset(
    "split unstack meshgrid moments unique unique_with_counts top_k svd qr eigh eig slogdet"
    " nonzero scan cond switch_case case while_loop map_structure dynamic_partition".split()
)
# Blocks that run on their own terms.
_APART = frozenset(
    "function_definition class_definition decorated_definition lambda list_comprehension"
    " set_comprehension dictionary_comprehension generator_expression".split()
)
_CHAINED = frozenset(("assignment", "augmented_assignment", "expression_list", "yield"))
_BY_HAND = "write it with `keras.ops.cond` or `keras.ops.while_loop`"
_CASTS = {"int": "int32", "float": "float32"}
_DEPTH = 12


@RULE.function
def check(function: Scope, context: Context) -> Iterator[Finding]:
    body = function.node.child_by_field_name("body")
    if body is None or function.is_generator:
        return
    if any(one is function for one in converted_functions(context.module)):
        yield from _Function(function, context).findings(body)


class _Function:
    """A function whose control flow nothing converts."""

    def __init__(self, scope: Scope, context: Context) -> None:
        self.scope = scope
        self.context = context

    def findings(self, body: Node) -> Iterator[Finding]:
        stack = [body]
        while stack:
            node = stack.pop()
            if node.type in _APART:
                continue
            found = self.finding(node)
            if found is not None:
                yield found
            stack += reversed(node.named_children)

    def finding(self, node: Node) -> Finding | None:
        if node.type in ("if_statement", "elif_clause", "while_statement"):
            condition = node.child_by_field_name("condition")
            return self.tested(condition, node) if condition is not None else None
        if node.type == "conditional_expression":
            return self.tested(argument_nodes(node)[1], node)
        if node.type in ("boolean_operator", "not_operator"):
            return self.combined(node)
        if node.type == "for_statement":
            return self.looped(node)
        return self.cast(node) if node.type == "call" else None

    # What is found

    def tested(self, condition: Node, node: Node) -> Finding | None:
        inner = unparenthesized(condition)
        if inner.type in ("boolean_operator", "not_operator"):
            # Has a finding of its own, unless all of it is one condition.
            if not all(self.is_tensor(one) for one in _operands(inner)):
                return None
        elif not self.is_tensor(inner):
            return None
        consequence = node.child_by_field_name("consequence")
        only = _only(consequence) if consequence is not None else None
        if only is not None and only.type == "raise_statement":
            # AutoGraph didn't convert that either.
            return None
        what = {"while_statement": "while", "conditional_expression": "… if … else"}
        shown = what.get(node.type, "if")
        fixes = []
        said = f"`{shown}` of a tensor raises in Keras 3"
        try:
            fixes.append(self.chosen(condition, node))
        except (RefusedError, NoNameError) as reason:
            said += f": {reason}"
        else:
            said += ": `keras.ops.cond` chooses by it"
        return RULE.finding(condition.start_byte, condition.end_byte, said, *fixes, self.convert())

    def combined(self, node: Node) -> Finding | None:
        around = node.parent
        while around is not None and around.type in (
            "parenthesized_expression",
            "boolean_operator",
            "not_operator",
        ):
            around = around.parent
        operands = _operands(node)
        tensors = [self.is_tensor(one) for one in operands]
        parent = node.parent
        outer = parent is not None and parent.type in (
            "parenthesized_expression",
            "boolean_operator",
            "not_operator",
        )
        if not any(tensors) or (outer and parent is not None and self.belongs(parent)):
            return None
        condition = around is not None and self.is_condition(node, around)
        if all(tensors) and condition:
            return None
        if node.type == "boolean_operator" and not condition and not any(tensors[:-1]):
            # The last one is the value, and nobody asks whether it is true.
            return None
        operator = node.child_by_field_name("operator")
        shown = text(operator) if operator is not None else "not"
        said = f"`{shown}` of a tensor raises in Keras 3"
        fix = None
        try:
            names = self.names(node)
            if not all(tensors):
                raise RefusedError("test what is no tensor on its own")
            edit = Edit(node.start_byte, node.end_byte, self.written(node, names))
            safe = Applicability.SAFE if self.is_boolean(node) else Applicability.UNSAFE
            fix = Fix("Combine with `keras.ops`", (edit, *names.imports), safe)
        except (RefusedError, NoNameError) as reason:
            said += f": {reason}"
        else:
            said += f": `{names.written[0]}` combines them"
        return RULE.finding(node.start_byte, node.end_byte, said, fix, self.convert())

    def belongs(self, node: Node) -> bool:
        """Whether an operator around has the finding."""
        while node.type == "parenthesized_expression" and node.parent is not None:
            node = node.parent
        return node.type in ("boolean_operator", "not_operator")

    def is_condition(self, node: Node, around: Node) -> bool:
        if around.type == "conditional_expression":
            condition: Node | None = argument_nodes(around)[1]
        else:
            condition = around.child_by_field_name("condition")
        return condition is not None and (
            condition.start_byte <= node.start_byte and node.end_byte <= condition.end_byte
        )

    def looped(self, node: Node) -> Finding | None:
        over = node.child_by_field_name("right")
        if over is None:
            return None
        over = unparenthesized(over)
        function = over.child_by_field_name("function")
        arguments = over.child_by_field_name("arguments")
        given = argument_nodes(arguments) if arguments is not None else []
        said = "a loop over a tensor raises in Keras 3"
        fix = None
        if function is not None and text(function) == "range":
            if self.scope.holder("range") or not any(self.is_tensor(one) for one in given):
                return None
            said = "`range` of a tensor raises in Keras 3"
        elif function is not None and self.is_range(function):
            if not any(
                one.type == "keyword_argument" or self.is_tensor(one, static=True) for one in given
            ):
                said += ": loop over Python's `range`"
                edit = Edit(function.start_byte, function.end_byte, "range")
                fix = Fix("Loop over `range`", (edit,), Applicability.UNSAFE)
        elif not self.is_tensor(over):
            return None
        return RULE.finding(over.start_byte, over.end_byte, said, fix, self.convert())

    def is_range(self, function: Node) -> bool:
        names = self.context.module.names_of(function, self.scope)
        return bool(names) and set(names) <= {"tensorflow.range", "keras.ops.arange"}

    def cast(self, node: Node) -> Finding | None:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        name = text(function) if function is not None else ""
        if function is None or arguments is None or name not in _CASTS:
            return None
        given = argument_nodes(arguments)
        if len(given) != 1 or self.scope.holder(name) or not self.is_tensor(given[0]):
            return None
        said = f"`{name}()` of a tensor raises in Keras 3"
        fix = None
        try:
            names = self.names(node)
            edits = (
                Edit(function.start_byte, function.end_byte, names("keras.ops.cast")),
                Edit(given[0].end_byte, given[0].end_byte, f', "{_CASTS[name]}"'),
                *names.imports,
            )
            if not self.context.inside_string(node):
                fix = Fix(f"Cast to {_CASTS[name]}", edits, Applicability.SAFE)
        except NoNameError as reason:
            said += f" ({reason})"
        else:
            said += f": cast it to {_CASTS[name]}"
        return RULE.finding(node.start_byte, node.end_byte, said, fix, self.convert())

    # What is known

    def is_tensor(self, node: Node, *, static: bool = False) -> bool:
        """Whether an expression gives a tensor, with `static` also the sizes of one."""
        node = unparenthesized(node)
        if node.type == "not_operator" or node.type == "boolean_operator":
            return any(self.is_tensor(one, static=static) for one in _operands(node))
        kind = kind_of(self.context.module, node, self.scope)
        if kind is None or not kind.is_tensor:
            return False
        if node.type == "identifier" and any(
            binding.kind is BindingKind.PARAMETER
            for binding in self.scope.reaching(text(node), node.start_byte)
        ):
            # Annotations as `training: tf.Tensor = False` say too much.
            return False
        return static or not self.may_be_other(node, self.scope, _DEPTH)

    def is_boolean(self, node: Node) -> bool:
        """Whether the operands of `and`, `or` and `not` are known to be true or false."""
        inner = unparenthesized(node)
        if inner.type in ("boolean_operator", "not_operator"):
            return all(self.is_boolean(one) for one in _operands(inner))
        kind = kind_of(self.context.module, inner, self.scope)
        return kind is not None and kind.dtype == "bool"

    def may_be_other(self, node: Node, scope: Scope, depth: int, *, first: bool = False) -> bool:
        """Whether what looks like a tensor may be a number that comes from a shape, or a list or
        tuple of tensors; with `first`, for what an operation is applied to."""
        if depth == 0 or node.type == "attribute":
            return depth == 0 and not first
        if node.type == "identifier":
            return any(
                self.may_be_other(binding.value, binding.scope, depth - 1, first=first)
                for binding in scope.reaching(text(node), node.start_byte)
                if binding.value is not None
                and binding.kind in (BindingKind.ASSIGNMENT, BindingKind.AUGMENTED)
                and not binding.value.start_byte <= node.start_byte < binding.value.end_byte
            )
        if node.type == "call":
            return self.call_may_be_other(node, scope, depth, first=first)
        return any(self.may_be_other(one, scope, depth, first=first) for one in node.named_children)

    def call_may_be_other(self, node: Node, scope: Scope, depth: int, *, first: bool) -> bool:
        function = node.child_by_field_name("function")
        arguments = node.child_by_field_name("arguments")
        if function is None or arguments is None:
            return True
        name = text(function).rpartition(".")[2]
        if self.context.module.names_of(function, scope):
            # An operation gives a tensor, of a size too; in eager code that is a number.
            given = argument_nodes(arguments)[:1]
            return (
                name in _PYTHON
                or (name in _ANYTHING and not first)
                or any(self.may_be_other(one, scope, depth - 1, first=True) for one in given)
            )
        layer = kind_of(self.context.module, function, scope)
        if first or layer is None or layer.type != "object" or layer.name is None:
            return not first or name in _PYTHON
        return layer.is_a("keras.Model", "keras.layers.RNN")

    # How it is written

    def names(self, node: Node) -> Names:
        return Names(self.context, Reference([""], [node], self.scope, None, node.start_byte))

    def written(self, node: Node, names: Names) -> str:
        """The source of a condition, its operators as operations."""
        inner = unparenthesized(node)
        if inner.type == "not_operator":
            (operand,) = _operands(inner)
            return f"{names('keras.ops.logical_not')}({self.written(operand, names)})"
        if inner.type == "boolean_operator":
            operator = inner.child_by_field_name("operator")
            assert operator is not None
            function = names(f"keras.ops.logical_{text(operator)}")
            one, other = (self.written(operand, names) for operand in _operands(inner))
            return f"{function}({one}, {other})"
        compared = inner.type == "comparison_operator"
        if compared and len(inner.children_by_field_name("operators")) > 1:
            raise RefusedError("a chain of comparisons has to be taken apart")
        return self.context.written(inner)

    def chosen(self, condition: Node, node: Node) -> Fix:
        """The fix that chooses with `keras.ops.cond`."""
        if any(True for _ in nodes_of(node, "comment")):
            raise RefusedError("comments would be lost")
        for type in ("named_expression", "await", "yield"):
            if any(True for _ in nodes_of(node, type)):
                raise RefusedError("it does more than choose")
        if self.context.inside_string(node):
            raise RefusedError("it stands in a string")
        names = self.names(node)
        cond = names("keras.ops.cond")
        test = self.written(condition, names)
        if node.type == "conditional_expression":
            one, _, other = argument_nodes(node)
            branches = (self.context.written(one), self.context.written(other))
            start, end, before = node.start_byte, node.end_byte, ""
        elif node.type == "if_statement":
            before, branches, end = self.branches(node)
            start = node.start_byte
        else:
            raise RefusedError(_BY_HAND)
        source = f"{before}{cond}({test}, lambda: {branches[0]}, lambda: {branches[1]})"
        edits = (Edit(start, end, source), *names.imports)
        return Fix("Choose with `keras.ops.cond`", edits, Applicability.UNSAFE)

    def branches(self, node: Node) -> tuple[str, tuple[str, str], int]:
        """What goes before the choice, the two values, and where the code ends that it replaces."""
        consequence = node.child_by_field_name("consequence")
        alternatives = node.children_by_field_name("alternative")
        otherwise = alternatives[0].child_by_field_name("body") if alternatives else None
        if (
            consequence is None
            or (alternatives and (otherwise is None or alternatives[0].type != "else_clause"))
            or not alone_on_line(node, self.context.source)
        ):
            raise RefusedError(_BY_HAND)
        first = _only(consequence)
        if first is not None and first.type == "return_statement":
            end = node
            second = _only(otherwise) if otherwise is not None else None
            if otherwise is None and node.next_named_sibling is not None:
                second = end = node.next_named_sibling
            return "return ", (self.returned(first), self.returned(second)), end.end_byte
        values = self.assigned(consequence)
        others = self.assigned(otherwise) if otherwise is not None else {}
        targets = list(dict.fromkeys((*values, *others)))
        for name in targets:
            if (name not in values or name not in others) and not self.is_bound(name, node):
                raise RefusedError(_BY_HAND)
        one, other = (
            [assigned.get(name, name) for name in targets] for assigned in (values, others)
        )
        before = f"{', '.join(targets)} = "
        if len(targets) == 1:
            return before, (one[0], other[0]), node.end_byte
        return before, (f"({', '.join(one)})", f"({', '.join(other)})"), node.end_byte

    def returned(self, node: Node | None) -> str:
        values = argument_nodes(node) if node is not None else []
        if node is None or node.type != "return_statement" or len(values) != 1:
            raise RefusedError(_BY_HAND)
        source = self.context.written(values[0])
        return f"({source})" if values[0].type == "expression_list" else source

    def assigned(self, block: Node) -> dict[str, str]:
        """The names that the statements of a block assign to, and their values."""
        found: dict[str, str] = {}
        for statement in argument_nodes(block):
            parts = argument_nodes(statement)
            node = parts[0] if statement.type == "expression_statement" and parts else statement
            left = node.child_by_field_name("left")
            right = node.child_by_field_name("right")
            typed = node.child_by_field_name("type") is not None
            if left is None or right is None or left.type != "identifier" or typed:
                raise RefusedError(_BY_HAND)
            used = {text(one) for one in nodes_of(right, "identifier")}
            target = text(left)
            # Each value is what it is before the branch: an earlier statement mustn't change it.
            if target in found or not used.isdisjoint(found) or right.type in _CHAINED:
                raise RefusedError(_BY_HAND)
            found[target] = self.augmented(node, right) or self.context.written(right)
        return found

    def augmented(self, node: Node, right: Node) -> str | None:
        """What `x += y` assigns, None for a plain assignment."""
        operator = node.child_by_field_name("operator")
        if node.type != "augmented_assignment" or operator is None:
            return None
        value = self.context.written(right)
        if right.type not in ("identifier", "attribute", "call", "integer", "float", "subscript"):
            value = f"({value})"
        left = node.child_by_field_name("left")
        assert left is not None
        return f"{text(left)} {text(operator).rstrip('=')} {value}"

    def is_bound(self, name: str, node: Node) -> bool:
        """Whether a name surely has a value before a statement."""
        before = [one for one in self.scope.bindings.get(name, ()) if one.offset < node.start_byte]
        if any(one.branch is None or one.branch.holds(node.start_byte) for one in before):
            return True
        sibling = node.prev_named_sibling
        while sibling is not None:
            arms = sibling.children_by_field_name("alternative")
            if sibling.type == "if_statement" and arms and arms[-1].type == "else_clause":
                consequence = sibling.child_by_field_name("consequence")
                if all(
                    any(arm.start_byte <= one.node.start_byte < arm.end_byte for one in before)
                    for arm in (consequence, *arms)
                    if arm is not None
                ):
                    return True
            sibling = sibling.prev_named_sibling
        return False

    def convert(self) -> Fix | None:
        """The fix that has TensorFlow convert the function, as Keras 2 did."""
        scope = self.scope
        if scope.parent is None or scope.decorators or not scope.name:
            return None
        if scope.parent.method_class() is not None or scope.parent.function() is not None:
            return None
        library = self.context.tensorflow(scope.parent, scope.node.start_byte)
        if library is None or not alone_on_line(scope.node, self.context.source):
            return None
        indentation = self.context.source.newline + self.context.indentation(scope.node)
        start = scope.node.start_byte
        edit = Edit(start, start, f"@{library}.autograph.to_graph{indentation}")
        title = f"Have TensorFlow convert `{scope.name}`"
        return Fix(title, (edit,), Applicability.UNSAFE)


def _operands(node: Node) -> list[Node]:
    return [
        operand
        for field in ("left", "right", "argument")
        for operand in [node.child_by_field_name(field)]
        if operand is not None
    ]


def _only(block: Node) -> Node | None:
    """The single statement of a block."""
    statements = argument_nodes(block)
    return statements[0] if len(statements) == 1 else None
