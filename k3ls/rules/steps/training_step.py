"""A model's own `train_step`, `test_step` or `predict_step`, which runs on TensorFlow alone.

## What it does

Finds models that override a step, and has the same code run on TensorFlow, JAX and torch: what is
recorded by a gradient tape becomes a function, and a class that the fix writes into the module,
`PortableSteps`, differentiates it on each backend and takes care of the state that JAX keeps
outside of the model. The variables of several optimizers, as of a GAN, are part of that.

## Why

JAX and torch have no tape, and JAX hands a step the state of the model too:

    TypeError: VAE.train_step() takes 2 positional arguments but 3 were given
    RuntimeError: Unable to automatically build the model. Please build it yourself before calling
    fit/evaluate/predict.

## Example

    class VAE(keras.Model):
        def train_step(self, data):
            with tf.GradientTape() as tape:
                z = self.encoder(data)
                loss = self.loss_fn(data, self.decoder(z))
            gradients = tape.gradient(loss, self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
            return {"total": loss}

becomes

    class VAE(PortableSteps, keras.Model):
        def train_step(self, data):
            def compute():
                z = self.encoder(data)
                loss = self.loss_fn(data, self.decoder(z))
                return loss
            loss, gradients = self.value_and_gradients(compute, lambda: self.trainable_variables)
            self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
            return {"total": loss}

## Fix safety

Unsafe: the same values on every backend, as far as the code of the step calls what runs on them.
What is asked of a tape besides the gradient of a loss is left, and named; there is a beginning for
each backend then, to be completed. Where only the loss is the model's own, there is a second fix
that overrides `compute_loss` and takes the step away; `evaluate` then computes this loss too.

Since Keras 3.0, seen up to 3.15.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from k3ls.rules.context import Context, NoNameError
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rewriting.drop_in import dropped_in
from k3ls.rules.rewriting.rewrite import RefusedError
from k3ls.rules.rule import Rule
from k3ls.rules.steps.loss_override import loss_override
from k3ls.rules.steps.models import self_name, steps_of
from k3ls.rules.steps.tapes import recorded, remove_line, tapes
from k3ls.semantics import Scope, local_classes
from k3ls.syntax import argument_nodes
from k3ls.text import Edit, merged

RULE = Rule("K403", "training-step", Severity.INFORMATION, backends_only=True)

_PORTABLE = "PortableSteps"


@RULE.module
def check(context: Context) -> Iterator[Finding]:
    for item in context.module.items:
        for cls in item.classes:
            steps = steps_of(cls, context)
            if not steps or b"jax" in (cls.node.text or b""):
                continue
            if not _is_portable(cls, context) or any(
                True for method in _functions(cls, context) for _ in tapes(method, context)
            ):
                yield _finding(cls, steps, context)


def _is_portable(cls: Scope, context: Context) -> bool:
    """Whether the class has what the fix gives it."""
    return any(
        _PORTABLE.encode() in (superclasses.text or b"")
        for one in local_classes(context.module, cls)
        for superclasses in [one.node.child_by_field_name("superclasses")]
        if superclasses is not None
    )


def _finding(cls: Scope, steps: Sequence[Scope], context: Context) -> Finding:
    node = steps[0].node.child_by_field_name("name") or steps[0].node
    message = f"`{steps[0].name}` runs on TensorFlow alone: JAX hands it the model's state too"
    if b"GradientTape" in (cls.node.text or b""):
        message += ", and only TensorFlow has a tape"
    fix = None
    try:
        edits = merged(dict.fromkeys(_edits(cls, steps, context)))
        if any(one.touches(other) for one, other in pairwise(edits)):
            raise RefusedError("what the tapes record can't be told apart")
        fix = Fix("Write the steps for all backends", tuple(edits), Applicability.UNSAFE)
    except (NoNameError, RefusedError) as reason:
        message += f" ({reason})"
        fix = _skeleton(steps[0], str(reason), context)
    override = loss_override(steps[0], context)
    return RULE.finding(
        node.start_byte, node.end_byte, message, fix, override, rewritten=[cls, *steps]
    )


def _skeleton(step: Scope, reason: str, context: Context) -> Fix | None:
    """A step that chooses by the backend, and one for each that is to be written."""
    name, node = step.name, step.node.child_by_field_name("name")
    definition = step.node
    if definition.parent is not None and definition.parent.type == "decorated_definition":
        definition = definition.parent
    if node is None or not alone_on_line(definition, context.source):
        return None
    try:
        keras = context.name_at("keras", step.node, step).source
    except NoNameError:
        return None
    groups = ["trainable", "non_trainable", "optimizer", "metrics"]
    if name != "train_step":
        groups.remove("optimizer")
    if name == "predict_step":
        groups.remove("metrics")
    lines = [
        f"def {name}(self, *args):",
        f'    if {keras}.backend.backend() == "jax":',
        f"        return self._jax_{name}(*args)",
        f'    if {keras}.backend.backend() == "torch":',
        f"        return self._torch_{name}(*args)",
        f"    return self._tensorflow_{name}(*args)",
        "",
        f"def _jax_{name}(self, state, data):",
        f"    {', '.join(f'{group}_variables' for group in groups)} = state",
        f"    # TODO: {reason}.",
        "    # TODO: call `self.stateless_call` in a function, and `jax.value_and_grad` with it;",
        "    # update by `self.optimizer.stateless_apply`, and return the logs and the new state.",
        "    raise NotImplementedError",
        "",
        f"def _torch_{name}(self, data):",
        f"    # TODO: {reason}.",
        "    # TODO: `self.zero_grad()`, the loss, and `loss.backward()`; then, in",
        "    # `torch.no_grad()`, `self.optimizer.apply` of each variable's `value.grad`.",
        "    raise NotImplementedError",
        "",
        "",
    ]
    outer = context.indentation(definition)
    lines = [line.replace("    ", context.indent) for line in lines]
    written = (context.source.newline + outer).join(lines)
    written = re.sub(r"[ \t]+(?=[\r\n])", "", written)
    edits = (
        Edit(definition.start_byte, definition.start_byte, written),
        Edit(node.start_byte, node.start_byte, "_tensorflow_"),
    )
    return Fix("Choose the step by the backend", edits, Applicability.DISPLAY)


def _edits(cls: Scope, steps: Sequence[Scope], context: Context) -> Iterator[Edit]:
    for step in steps:
        for decorator in step.decorators:
            if set(context.module.names_of(decorator, cls)) != {"tensorflow.function"}:
                raise RefusedError(f"`{step.name}` is decorated")
            # Keras compiles the steps itself.
            yield remove_line(decorator.parent or decorator, context)
    for method in _functions(cls, context):
        for tape in tapes(method, context):
            yield from recorded(tape, method, self_name(method), context)
    if _is_portable(cls, context):
        return
    for one in local_classes(context.module, cls)[1:]:
        if steps_of(one, context):
            raise RefusedError(f"the steps of `{one.name}` come first")
    superclasses = cls.node.child_by_field_name("superclasses")
    first = argument_nodes(superclasses)[:1] if superclasses is not None else []
    if not first or cls.parent is not context.module.scope:
        raise RefusedError("the class isn't one of the module itself")
    yield Edit(first[0].start_byte, first[0].start_byte, f"{_PORTABLE}, ")
    yield from dropped_in("portable_steps", _PORTABLE, first[0], context.module.scope, context)


def _functions(cls: Scope, context: Context) -> list[Scope]:
    """The functions in the class that record on a tape."""
    return [
        function
        for item in context.module.items
        for function in item.functions
        if cls in function.enclosing() and b"GradientTape" in (function.node.text or b"")
    ]
