"""An optimizer of the user's own, in the form it had before Keras 2.11.

## What it does

Finds classes that derive from an optimizer and override `_resource_apply_dense`, `_create_slots`
and their like, and rewrites them to `build` and `update_step`. `get_updates`, which optimizers had
before TensorFlow 2, is found too.

## Why

Keras 3 calls other methods, and takes the learning rate in `Optimizer.__init__`:

    NotImplementedError
    ValueError: Argument `learning_rate` should be float, or an instance of LearningRateSchedule, or a callable (that takes in the current iteration value and returns the corresponding learning rate value). Received instead: learning_rate=Momentum
    AttributeError: 'Momentum' object has no attribute '_set_hyper'

## Example

    class Momentum(keras.optimizers.Optimizer):
        def __init__(self, learning_rate=0.01, momentum=0.9, name="Momentum", **kwargs):
            super().__init__(name, **kwargs)
            self._set_hyper("learning_rate", learning_rate)
            self._set_hyper("momentum", momentum)

        def _create_slots(self, var_list):
            for var in var_list:
                self.add_slot(var, "m")

        def _resource_apply_dense(self, grad, var):
            m = self.get_slot(var, "m")
            m.assign(self._get_hyper("momentum", var.dtype) * m + grad)
            return var.assign_sub(self._decayed_lr(var.dtype) * m)

becomes

    class Momentum(keras.optimizers.Optimizer):
        def __init__(self, learning_rate=0.01, momentum=0.9, name="Momentum", **kwargs):
            super().__init__(learning_rate=learning_rate, name=name, **kwargs)
            self.momentum = momentum

        def build(self, var_list):
            if self.built:
                return
            super().build(var_list)
            self.m_slots = []
            for var in var_list:
                self.m_slots.append(self.add_variable_from_reference(var, "m"))

        def update_step(self, grad, var, learning_rate):
            m = self.m_slots[self._get_variable_index(var)]
            m.assign(keras.ops.cast(self.momentum, var.dtype) * m + grad)
            return var.assign_sub(keras.ops.cast(learning_rate, var.dtype) * m)

## Fix safety

Unsafe: the same steps for dense gradients. `_resource_apply_sparse` goes: the gradients of
embeddings are made dense, so that rows that no input had are updated too, as by a zero gradient.
The learning rate has to be a float or a schedule, and other hyperparameters numbers. There is no
fix where the class uses handles of variables or other insides of the old base class, or derives
from an algorithm of Keras.

Since Keras 3.0.
"""  # noqa: E501 - the errors as they are

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tree_sitter import Node

from k3ls.knowledge.symbols import Parameters
from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import remove_statement
from k3ls.rules.optimizers.classes import (
    OptimizerClass,
    learning_rate_given,
    optimizer_classes,
    parameter_name,
    parameters,
    self_name,
    super_init,
    super_init_place,
)
from k3ls.rules.optimizers.update_step import without_pair
from k3ls.rules.rewriting.rewrite import Given, RefusedError, given_arguments, list_edits
from k3ls.rules.rule import Rule
from k3ls.semantics import Module, Reference, Scope, kind_of
from k3ls.syntax import argument_nodes, nodes_of, string_value, text
from k3ls.text import Edit, merged

RULE = Rule("K222", "optimizer-slots", Severity.ERROR)

_SPARSE = ("_resource_apply_sparse", "_resource_apply_sparse_duplicate_indices")
_DENSE = "_resource_apply_dense"
_PREPARE = "_prepare_local"
# What `_prepare_local` is called where it is a method of the class alone.
_COEFFICIENTS = "_coefficients"
_AROUND = frozenset(("boolean_operator", "parenthesized_expression"))
_UPDATE = "it calls `update_step(gradient, variable, learning_rate)`"
_MESSAGES = {
    _DENSE: _UPDATE,
    "_create_slots": "it calls `build(variables)`",
    "get_updates": _UPDATE,
    _PREPARE: "compute it in `update_step`",
    "get_gradients": "change the gradients in `apply`",
    **dict.fromkeys(_SPARSE, "`update_step` gets every gradient"),
}
# What the base class of Keras 3 keeps by these names is something else.
_TAKEN = frozenset(
    "built clipnorm clipvalue ema_momentum ema_overwrite_frequency global_clipnorm"
    " gradient_accumulation_steps iterations loss_scale_factor name use_ema variables"
    " weight_decay".split()
)
_PARAMETERS: dict[str, Parameters] = {
    "_set_hyper": (("name", None), ("value", None)),
    "_get_hyper": (("name", None), ("dtype", "None")),
    "_serialize_hyperparameter": (("hyperparameter_name", None),),
    "_decayed_lr": (("var_dtype", None),),
    "add_slot": (("var", None), ("slot_name", None), ("initializer", "'zeros'"), ("shape", "None")),
    "get_slot": (("var", None), ("slot_name", None)),
}
_HANDLED = frozenset(("_initial_decay", "_use_locking", *_PARAMETERS))
_LOST = frozenset(
    "_call_if_callable _create_all_weights _create_hypers _create_slots _deduplicate_sparse_grad"
    " _fallback_apply_state _hyper _hypers_created _initial_decay _prepare _prepare_local"
    " _resource_apply_dense _resource_apply_sparse _resource_scatter_add _resource_scatter_update"
    " _slot_names _slots _transform_gradients _valid_dtypes _weights get_gradients"
    " get_updates".split()
)
_ASSIGNING = {
    f"tensorflow.{module}.{name}": name
    for module in ("python.ops.state_ops", "python.state_ops", "compat.v1")
    for name in ("assign", "assign_add", "assign_sub")
}
_GROUPS = frozenset(
    f"tensorflow.{module}group"
    for module in ("", "python.ops.control_flow_ops.", "python.control_flow_ops.")
)


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for cls in optimizer_classes(context):
        if "update_step" in cls.methods:
            # It is prepared for both.
            continue
        for name in (name for name in _MESSAGES if name in cls.methods):
            node = cls.methods[name].node.child_by_field_name("name") or cls.methods[name].node
            message = f"Keras 3 never calls `{name}`: {_MESSAGES[name]}"
            fix = None
            if name == _DENSE:
                rewritten = _rewritten_classes(context)[id(cls.scope)]
                if isinstance(rewritten, str):
                    message += f" ({rewritten})"
                else:
                    fix = Fix("Write `build` and `update_step`", rewritten, Applicability.UNSAFE)
            yield RULE.finding(node.start_byte, node.end_byte, message, fix)


def _may_be_schedule(call: Node) -> bool:
    """Whether the variable that a value is kept in is asked afterwards for being a schedule."""
    assignment = call.parent
    left = assignment.child_by_field_name("left") if assignment is not None else None
    statement = assignment.parent if assignment is not None else None
    test = statement.next_named_sibling if statement is not None else None
    condition = test.child_by_field_name("condition") if test is not None else None
    asked = text(condition) if condition is not None else ""
    return left is not None and asked.startswith(f"isinstance({text(left)},")


def is_rewritten(scope: Scope, context: Context) -> bool:
    """Whether this rule has a fix for the whole of a class."""
    return isinstance(_rewritten_classes(context).get(id(scope)), tuple)


def _rewritten_classes(context: Context) -> Mapping[int, tuple[Edit, ...] | str]:
    """The edits of each class that has `_resource_apply_dense`, or why there are none, by the
    identity of its scope."""

    def derive(_: Module) -> dict[int, tuple[Edit, ...] | str]:
        found: dict[int, tuple[Edit, ...] | str] = {}
        for cls in optimizer_classes(context):
            if _DENSE in cls.methods and "update_step" not in cls.methods:
                try:
                    found[id(cls.scope)] = tuple(merged(_Rewriting(cls).edits()))
                except (NoNameError, RefusedError) as reason:
                    found[id(cls.scope)] = str(reason)
        return found

    return context.module.fact("rewritten optimizers", derive)


class _Rewriting:
    """Writes one class anew.

    Attributes:
        cls: the class.
        hypers: the attributes that hyperparameters are kept as, by their names.
        slots: the attributes that lists of slots are kept as, by their names.
        decay: whether it lets the learning rate decay by the argument `decay`.
        imports: what the Keras names in it need.
        gone: the methods that are taken away.
        replaced: where expressions stand that are written anew as a whole.
    """

    def __init__(self, cls: OptimizerClass) -> None:
        self.cls = cls
        self.context = cls.context
        self.hypers: dict[str, str] = {}
        self.slots: dict[str, str] = {}
        self.decay = False
        self.imports: dict[Edit, None] = {}
        self.replaced: list[tuple[int, int]] = []
        self.gone = [cls.methods[name] for name in _SPARSE if name in cls.methods]

    def edits(self) -> Iterator[Edit]:
        methods = self.cls.methods
        init, dense = methods.get("__init__"), methods[_DENSE]
        if not self.cls.is_direct:
            raise RefusedError("its base class isn't `Optimizer`")
        if init is None or not any(parameter_name(one)[:2] == "**" for one in parameters(init)):
            raise RefusedError("`__init__` has to take `**kwargs`, which configurations give")
        for name in ("get_updates", "get_gradients", "build", _COEFFICIENTS):
            if name in methods:
                raise RefusedError(f"it has a `{name}`")
        self._survey()
        if _PREPARE in methods:
            yield from self._prepare(methods[_PREPARE])
        yield from self._prepared(dense)
        yield from self._init(init)
        if "_create_slots" in methods:
            yield from self._build(methods["_create_slots"])
        elif self.slots:
            raise RefusedError("its slots aren't made in `_create_slots`")
        yield from self._dense(dense)
        for method in self.gone:
            yield self._without(method)
        for reference, method in self._kept(self.cls.own_references):
            yield from self._use(reference, method)
        for reference, _ in self._kept(self.cls.super_references):
            if reference.names[1] in _LOST | _HANDLED:
                raise RefusedError(f"it calls `{reference.names[1]}` of its base class")
        yield from self.imports

    def _kept(self, references: list[tuple[Reference, Scope]]) -> list[tuple[Reference, Scope]]:
        return [
            (one, method)
            for one, method in references
            if method not in self.gone and not self._is_replaced(one.nodes[0])
        ]

    def _is_replaced(self, node: Node) -> bool:
        return any(start <= node.start_byte < end for start, end in self.replaced)

    def _replacing(self, node: Node, source: str) -> Edit:
        """The edit that writes something else for a whole expression, which isn't looked into."""
        self.replaced.append((node.start_byte, node.end_byte))
        return Edit(node.start_byte, node.end_byte, source)

    def _survey(self) -> None:
        """Find hyperparameters and slots, and names for them."""
        taken = _TAKEN | self.cls.scope.bindings.keys() | self.cls.scope.attributes.keys()

        def free(*names: str) -> str:
            for name in names:
                if name not in taken:
                    return name
            raise RefusedError(f"`{names[0]}` is something else in the class")

        for reference, _ in self._kept(self.cls.own_references):
            member = reference.names[1]
            if member == "_initial_decay":
                self.decay = True
            if member not in ("_set_hyper", "add_slot") or reference.call is None:
                continue
            given = _arguments(reference.call, member)
            name = string_value(given[0 if member == "_set_hyper" else 1]) if given else None
            if name is None or not name.isidentifier():
                raise RefusedError(f"`{member}` is given a name that isn't written out")
            if member == "add_slot":
                self.slots[name] = free(f"{name}_slots", f"_{name}_slots")
            elif name == "learning_rate":
                self.hypers[name] = name
            else:
                self.hypers[name] = free(name, f"_{name}", f"{name}_value")
        if "learning_rate" not in self.hypers:
            raise RefusedError("it has no `learning_rate`, which Keras 3 asks for")

    def _init(self, init: Scope) -> Iterator[Edit]:
        itself = self_name(init)
        place = super_init(self.cls, init).parent
        for reference, method in self.cls.own_references:
            if reference.names[1] != "_set_hyper" or reference.call is None:
                continue
            call = reference.call
            name, value = _arguments(call, "_set_hyper")
            statement = call.parent
            if statement is None or statement.type != "expression_statement":
                raise RefusedError("`_set_hyper` isn't a statement of its own")
            hyper = string_value(name) or ""
            if hyper == "learning_rate":
                if method is not init:
                    raise RefusedError("the learning rate is set outside of `__init__`")
                written = self._learning_rate(value)
                yield from learning_rate_given(self.cls, init, value, written, statement)
                place = super_init_place(self.cls, init, value, statement)
                continue
            yield Edit(call.start_byte, value.start_byte, f"{itself}.{self.hypers[hyper]} = ")
            yield Edit(value.end_byte, call.end_byte, "")
        if self.decay:
            if "decay" in init.bindings:
                raise RefusedError("`decay` is another value in `__init__`")
            assert place is not None
            kwargs = parameter_name(parameters(init)[-1]).lstrip("*")
            before = self.context.source.newline + self.context.indentation(place)
            start, end = place.start_byte, place.end_byte
            yield Edit(start, start, f'decay = {kwargs}.pop("decay", 0.0){before}')
            if "decay" not in self.hypers:
                yield Edit(end, end, f"{before}{itself}._initial_decay = decay")

    def _learning_rate(self, value: Node) -> str:
        """The source of the learning rate; a `lr` among `**kwargs` doesn't reach the base class."""
        written = self.context.written(value)
        function = value.child_by_field_name("function") if value.type == "call" else None
        if function is not None and text(function).endswith(".get"):
            written = written.replace(".get(", ".pop(", 1)
        return f"learning_rate={written}"

    def _build(self, method: Scope) -> Iterator[Edit]:
        names = [parameter_name(one) for one in parameters(method)]
        node = method.node.child_by_field_name("name")
        if len(names) != 2 or names[1].startswith("*") or node is None or method.decorators:
            raise RefusedError("`_create_slots` takes other arguments than the variables")
        yield Edit(node.start_byte, node.end_byte, "build")
        itself, variables = names
        lines = [
            f"if {itself}.built:",
            f"{self.context.indent}return",
            f"super().build({variables})",
            *(f"{itself}.{slots} = []" for slots in self.slots.values()),
        ]
        yield self._first(method, lines)

    def _first(self, method: Scope, lines: list[str]) -> Edit:
        """The edit that puts statements at the beginning of a method, behind its docstring."""
        body = method.node.child_by_field_name("body")
        statements = argument_nodes(body) if body is not None else []
        if body is None or body.start_point.row == method.node.start_point.row:
            raise RefusedError(f"`{method.name}` is a method on one line")
        first = statements[0]
        before = self.context.source.newline + self.context.indentation(first)
        string = first.named_children[0].type if first.named_children else ""
        if first.type == "expression_statement" and string == "string":
            return Edit(first.end_byte, first.end_byte, before + before.join(lines))
        return Edit(first.start_byte, first.start_byte, before.join(lines) + before)

    def _prepare(self, method: Scope) -> Iterator[Edit]:
        """Have `_prepare_local` return what it puts into the state of a step."""
        given = parameters(method)
        names = [parameter_name(one) for one in given]
        node = method.node.child_by_field_name("name")
        body = method.node.child_by_field_name("body")
        if len(names) != 4 or node is None or body is None or method.decorators:
            raise RefusedError(f"`{_PREPARE}` takes other arguments")
        _, device, dtype, state = names
        yield Edit(node.start_byte, node.end_byte, _COEFFICIENTS)
        yield Edit(given[1].start_byte, given[3].end_byte, f"{dtype}, learning_rate")
        for reference, around in self.cls.super_references:
            if around is method and reference.names[1] == _PREPARE and reference.call is not None:
                cast = self._name("keras.ops.cast", body)
                begun = f'{state} = {{"lr_t": {cast}(learning_rate, {dtype})}}'
                yield self._replacing(reference.call, begun)
        for subscript in nodes_of(body, "subscript"):
            value = subscript.child_by_field_name("value")
            if value is not None and text(value) == state:
                yield self._replacing(subscript, state)
        if any(
            text(one) in (device, state, "learning_rate") and not self._is_replaced(one)
            for one in nodes_of(body, "identifier")
        ):
            raise RefusedError(f"`{_PREPARE}` does more than to fill the state of a step")
        last = argument_nodes(body)[-1]
        before = self.context.source.newline + self.context.indentation(last)
        yield Edit(last.end_byte, last.end_byte, f"{before}return {state}")

    def _prepared(self, method: Scope) -> Iterator[Edit]:
        """Where the step reads what `_prepare_local` has put into its state."""
        body = method.node.child_by_field_name("body")
        itself = self_name(method)
        devices = set()
        for call in nodes_of(body, "call") if body is not None else ():
            function = call.child_by_field_name("function")
            arguments = call.child_by_field_name("arguments")
            given = argument_nodes(arguments) if arguments is not None else []
            if function is None or text(function) != f"{itself}._fallback_apply_state":
                continue
            if len(given) != 2 or _PREPARE not in self.cls.methods:
                raise RefusedError("it reads the state of a step that it hasn't prepared")
            whole = call
            while whole.parent is not None and whole.parent.type in _AROUND:
                whole = whole.parent
            source = f"{itself}.{_COEFFICIENTS}({text(given[1])}, learning_rate)"
            yield self._replacing(whole, source)
            devices.add(text(given[0]))
        for assignment in nodes_of(body, "assignment") if body is not None else ():
            left = assignment.child_by_field_name("left")
            right = assignment.child_by_field_name("right")
            if left is None or right is None or right.type != "expression_list":
                continue
            names, values = argument_nodes(left), argument_nodes(right)
            if len(names) == 2 == len(values) and text(names[0]) in devices:
                self.replaced.append((left.start_byte, names[1].start_byte))
                self.replaced.append((right.start_byte, values[1].start_byte))
                yield Edit(left.start_byte, names[1].start_byte, "")
                yield Edit(right.start_byte, values[1].start_byte, "")
        if any(
            text(one) in devices and not self._is_replaced(one)
            for one in (nodes_of(body, "identifier") if body is not None else ())
        ):
            raise RefusedError("it uses the device of the variable")

    def _dense(self, method: Scope) -> Iterator[Edit]:
        given = parameters(method)
        names = [parameter_name(one) for one in given]
        node = method.node.child_by_field_name("name")
        if len(names) not in (3, 4) or node is None or method.decorators:
            raise RefusedError(f"`{_DENSE}` takes other arguments")
        body = method.node.child_by_field_name("body")
        assert body is not None
        if len(names) == 4 and any(
            text(one) == names[3] and not self._is_replaced(one)
            for one in nodes_of(body, "identifier")
        ):
            raise RefusedError(f"it reads `{names[3]}`")
        if "learning_rate" in method.bindings:
            raise RefusedError(f"`learning_rate` is another value in `{_DENSE}`")
        yield Edit(node.start_byte, node.end_byte, "update_step")
        yield Edit(given[2].end_byte, given[-1].end_byte, ", learning_rate")
        lines = []
        if self.gone:
            add, zeros = (self._name(f"keras.ops.{one}", body) for one in ("add", "zeros"))
            # Gradients of embeddings come as TensorFlow's slices, which this makes dense.
            begun = f"{zeros}({names[2]}.shape, {names[2]}.dtype)"
            lines.append(f"{names[1]} = {add}({begun}, {names[1]})")
        if self.decay:
            cast, itself = self._name("keras.ops.cast", body), names[0]
            steps = f"{cast}({itself}.iterations, learning_rate.dtype)"
            decay = self.hypers.get("decay", "_initial_decay")
            lines.append(f"learning_rate = learning_rate / (1.0 + {itself}.{decay} * {steps})")
        if lines:
            yield self._first(method, lines)
        for call in nodes_of(body, "call"):
            yield from self._assigning(call)
        for attribute in nodes_of(body, "attribute"):
            yield from self._attribute(attribute)
        for statement in nodes_of(body, "return_statement"):
            yield from self._grouped(statement)

    def _assigning(self, call: Node) -> Iterator[Edit]:
        """`state_ops.assign(m, value)`, and `use_locking` of any call."""
        function = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        if function is None or arguments is None:
            return
        every = [Given("", node, node, None) for node in argument_nodes(arguments)]
        options = [one for one in every if _keyword(one.node) in ("use_locking", "read_value")]
        kept = [one for one in every if one not in options]
        if options:
            yield from list_edits(arguments, kept, options, [])
        names = self.context.module.names_of(function, self.cls.methods[_DENSE])
        method = _ASSIGNING.get(names[0]) if len(names) == 1 else None
        if method is None:
            return
        if len(kept) != 2 or any(_keyword(one.node) for one in kept):
            raise RefusedError(
                f"`{text(function)}` has other arguments than a variable and a value"
            )
        variable, value = (one.node for one in kept)
        yield Edit(call.start_byte, variable.start_byte, "")
        yield Edit(variable.end_byte, value.start_byte, f".{method}(")

    def _attribute(self, attribute: Node) -> Iterator[Edit]:
        name = attribute.child_by_field_name("attribute")
        owner = attribute.child_by_field_name("object")
        if name is None or owner is None:
            return
        if self._is_replaced(attribute):
            return
        if text(name) in ("handle", "device"):
            raise RefusedError(f"it uses `{text(attribute)}`")
        operation = text(name) == "op" and owner.type == "call"
        if text(name) == "base_dtype" or operation:
            yield Edit(owner.end_byte, attribute.end_byte, "")

    def _grouped(self, statement: Node) -> Iterator[Edit]:
        """`return tf.group(*updates)`."""
        call = statement.named_children[0] if statement.named_children else None
        function = call.child_by_field_name("function") if call is not None else None
        if call is None or function is None:
            return
        names = self.context.module.names_of(function, self.cls.methods[_DENSE])
        if len(names) != 1 or names[0] not in _GROUPS:
            return
        arguments = call.child_by_field_name("arguments")
        given = argument_nodes(arguments) if arguments is not None else []
        if not given or any(_keyword(one) for one in given):
            raise RefusedError(f"`{text(function)}` is given a name")
        if len(given) == 1 and given[0].type == "list_splat":
            inner = given[0].named_children[0]
            yield Edit(call.start_byte, inner.start_byte, "")
            yield Edit(inner.end_byte, call.end_byte, "")
        elif len(given) == 1:
            yield Edit(call.start_byte, given[0].start_byte, "")
            yield Edit(given[0].end_byte, call.end_byte, "")
        else:
            yield Edit(call.start_byte, given[0].start_byte, "[")
            yield Edit(given[-1].end_byte, call.end_byte, "]")

    def _without(self, method: Scope) -> Edit:
        node = method.node
        if node.parent is not None and node.parent.type == "decorated_definition":
            node = node.parent
        edit = remove_statement(self.context.source, node)
        before = node.prev_named_sibling
        if edit.text or before is None:
            return edit
        # The empty lines before it go with it.
        lines = self.context.source.lines
        line = lines.line_of(before.end_byte)
        return edit._replace(start=lines.starts[line + 1])

    def _use(self, reference: Reference, method: Scope) -> Iterator[Edit]:
        """What a method does with the object itself."""
        member, itself, call = reference.names[1], reference.names[0], reference.call
        if len(reference.names) == 2 and member in self.hypers and call is None:
            if self.hypers[member] != member:
                node = reference.node.child_by_field_name("attribute") or reference.node
                yield Edit(node.start_byte, node.end_byte, self.hypers[member])
            return
        if member == "_initial_decay" and self.decay:
            # In `__init__` the object may not have it yet.
            if method.name == "__init__":
                source = "decay"
            else:
                source = f"{itself}.{self.hypers.get('decay', '_initial_decay')}"
            yield Edit(reference.node.start_byte, reference.node.end_byte, source)
        elif member == "_use_locking":
            parent = reference.node.parent
            if parent is None or _keyword(parent) != "use_locking" or method.name != _DENSE:
                raise RefusedError(f"it uses `{member}`")
        elif member in ("_get_hyper", "_decayed_lr", "get_slot", "add_slot") and call is not None:
            yield from self._rewritten(member, itself, call, method)
        elif member == "_serialize_hyperparameter" and call is not None:
            given = _arguments(call, member)
            name = string_value(given[0]) if len(given) == 1 else None
            if name == "learning_rate":
                without = without_pair(call, method, self.cls)
                if not without:
                    raise RefusedError("the learning rate can't be left to the base class")
                yield from without
            elif name in self.hypers:
                yield Edit(call.start_byte, call.end_byte, f"{itself}.{self.hypers[name]}")
            else:
                raise RefusedError("it has a hyperparameter that isn't set in `__init__`")
        elif member in _LOST or (member in _HANDLED and member != "_set_hyper"):
            raise RefusedError(f"it uses `{member}`")

    def _rewritten(self, member: str, itself: str, call: Node, method: Scope) -> Iterator[Edit]:
        given = _arguments(call, member)
        if member == "add_slot":
            yield from self._slot(given, itself, call, method)
            return
        if member == "get_slot":
            name = string_value(given[1]) if len(given) == 2 else None
            if name not in self.slots:
                raise RefusedError("it takes a slot that `_create_slots` doesn't make")
            start = f"{itself}.{self.slots[name]}[{itself}._get_variable_index("
            yield Edit(call.start_byte, given[0].start_byte, start)
            yield Edit(given[0].end_byte, call.end_byte, ")]")
            return
        source = "learning_rate"
        dtype = given[0] if given else None
        if member == "_get_hyper":
            name = string_value(given[0]) if given else None
            dtype = given[1] if len(given) > 1 else None
            if name not in self.hypers or (name == "learning_rate" and self.decay):
                raise RefusedError("it reads a hyperparameter that isn't set in `__init__`")
            if name != "learning_rate":
                source = f"{itself}.{self.hypers[name]}"
        if source == "learning_rate" and method.name not in (_DENSE, _PREPARE):
            raise RefusedError(f"the learning rate is read in `{method.name}`")
        if dtype is None or _may_be_schedule(call):
            yield Edit(call.start_byte, call.end_byte, source)
            return
        cast = self._name("keras.ops.cast", call)
        yield Edit(call.start_byte, dtype.start_byte, f"{cast}({source}, ")
        yield Edit(dtype.end_byte, call.end_byte, ")")

    def _slot(self, given: list[Node], itself: str, call: Node, method: Scope) -> Iterator[Edit]:
        name = string_value(given[1]) or ""
        variable = text(given[0])
        function = call.child_by_field_name("function")
        arguments = call.child_by_field_name("arguments")
        statement = call.parent
        if function is None or arguments is None or statement is None or len(given) > 3:
            raise RefusedError("a slot has a shape of its own")
        if method.name != "_create_slots" or statement.type != "expression_statement":
            raise RefusedError("a slot isn't made by a statement of `_create_slots`")
        self._check_loop(statement, variable, parameter_name(parameters(method)[1]))
        if len(given) == 3:
            kind = kind_of(self.context.module, given[2], method)
            if kind is not None and kind.type != "object" and kind.dtype != "string":
                raise RefusedError("a slot begins with a tensor")
        start = f"{itself}.{self.slots[name]}.append({itself}.add_variable_from_reference"
        yield Edit(function.start_byte, function.end_byte, start)
        for node in argument_nodes(arguments):
            if node == given[-1] and len(given) == 3:
                # The third is the shape in Keras 2, which other rules would take it for.
                yield Edit(node.start_byte, node.start_byte, "initializer=")
            keyword = node.child_by_field_name("name") if node.type == "keyword_argument" else None
            new = {"var": "reference_variable", "slot_name": "name"}.get(_keyword(node))
            if keyword is not None and new is not None:
                yield Edit(keyword.start_byte, keyword.end_byte, new)
        yield Edit(call.end_byte, call.end_byte, ")")

    def _check_loop(self, statement: Node, variable: str, variables: str) -> None:
        """Slots are found by the places of their variables, so each variable has to get one."""
        around = statement.parent
        while around is not None and around.type != "function_definition":
            if around.type == "for_statement":
                target = around.child_by_field_name("left")
                iterated = around.child_by_field_name("right")
                if target is not None and text(target) == variable and iterated is not None:
                    if text(iterated) == variables:
                        return
                    break
            condition = around.child_by_field_name("condition")
            if condition is not None and variable in map(text, nodes_of(condition, "identifier")):
                break
            around = around.parent
        raise RefusedError("slots aren't made for each variable in turn")

    def _name(self, path: str, node: Node) -> str:
        name = self.context.name_at(path, node, self.cls.methods[_DENSE])
        self.imports.update(dict.fromkeys(name.edits))
        return name.source


def _arguments(call: Node, method: str) -> list[Node]:
    """The values that a method of the old base class is given, in the order of its parameters."""
    parameters = _PARAMETERS[method]
    given = given_arguments(call, method, parameters)
    if list(given) != [name for name, _ in parameters[: len(given)]]:
        raise RefusedError(f"the arguments of `{method}` aren't in their usual order")
    return [one.value for one in given.values()]


def _keyword(node: Node) -> str:
    name = node.child_by_field_name("name") if node.type == "keyword_argument" else None
    return text(name) if name is not None else ""
