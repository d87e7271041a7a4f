"""Operations that XLA can't compile, in a layer or a model.

## What it does

Finds operations of TensorFlow that XLA has no kernel for, such as `tf.strings.length`,
`tf.py_function` and `tf.print`, in `call` of layers and models, in their training steps, and in the
methods that these call; and says in the class that it can't be compiled.

## Why

`compile` of Keras 2 didn't use XLA unless it was told to. Keras 3 does wherever TensorFlow sees
another device than the CPU, so that a model that runs on one machine fails on another:

    InvalidArgumentError: Detected unsupported operations when trying to compile graph

## Example

    class Length(keras.layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)

        def call(self, inputs):
            return tf.strings.length(inputs)

becomes

    class Length(keras.layers.Layer):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            self.supports_jit = False

        def call(self, inputs):
            return tf.strings.length(inputs)

`compile(jit_compile=False)` does the same for one model; a file that has it has no finding.

## Fix safety

Safe: models with such a layer aren't compiled by XLA, as in Keras 2; the values are the same.
Layers for preprocessing, which say that they take anything by position, run elsewhere and have no
finding.

Since Keras 3.0.
"""

from __future__ import annotations

from collections.abc import Iterator

from tree_sitter import Node

from k3ls.knowledge.ops import short_name
from k3ls.rules.context import Context
from k3ls.rules.finding import Applicability, Finding, Fix, Severity
from k3ls.rules.imports.insertion import alone_on_line
from k3ls.rules.rule import Rule
from k3ls.semantics import (
    Reference,
    Scope,
    compiled_functions,
    defines,
    enclosing_class,
    stays_tensorflow,
)
from k3ls.syntax import argument_nodes, nodes_of, text
from k3ls.text import Edit

RULE = Rule("K218", "jit-compile", Severity.WARNING)

# What a class sets that knows of it, or that isn't part of models.
_SAID = ("supports_jit", "_allow_non_tensor_positional_args", "_convert_input_args")
_PACKAGES = tuple(f"tensorflow.{name}." for name in "audio io strings sets".split())
# Operations that raise under `tf.function(jit_compile=True)`.
_OPERATIONS = frozenset(
    f"tensorflow.{name}"
    for name in (
        "py_function numpy_function py_func compat.v1.py_func print unique_with_counts"
        " compat.v1.setdiff1d sparse.sparse_dense_matmul sparse.segment_sum sparse.segment_mean"
        " sparse.fill_empty_rows sparse.bincount nn.embedding_lookup_sparse"
        " nn.safe_embedding_lookup_sparse ragged.range image.non_max_suppression_with_scores"
        " image.crop_and_resize image.adjust_jpeg_quality image.extract_glimpse"
        " image.sample_distorted_bounding_box image.draw_bounding_boxes image.decode_image"
        " image.decode_jpeg image.decode_png raw_ops.ImageProjectiveTransformV3"
        " raw_ops.ImageProjectiveTransformV2 random.gamma random.poisson"
        " random.uniform_candidate_sampler random.log_uniform_candidate_sampler"
        " random.stateless_gamma nn.ctc_greedy_decoder nn.ctc_beam_search_decoder"
        " nn.fractional_max_pool nn.max_pool_with_argmax nn.dilation2d nn.erosion2d"
        " nn.sampled_softmax_loss nn.nce_loss linalg.sqrtm linalg.logm linalg.eig linalg.eigvals"
        " linalg.lu histogram_fixed_width math.segment_sum math.segment_mean math.segment_max"
        " math.bessel_i0 math.special.dawsn math.special.bessel_j0 math.special.fresnel_cos"
        " timestamp"
    ).split()
)


@RULE.reference("tensorflow")
def check(reference: Reference, context: Context) -> Iterator[Finding]:
    names = context.module.qualified(reference)
    if reference.call is None or len(names) != 1 or not _is_refused(names[0]):
        return
    module = context.module
    running = {id(one) for one in compiled_functions(module)}
    if not any(id(one) in running for one in reference.scope.enclosing()):
        return
    owner = enclosing_class(module, reference.scope)
    if owner is None or owner.scope is None or not owner.is_a("keras.layers.Layer"):
        return
    if any(defines(module, owner, name) for name in _SAID):
        return
    if stays_tensorflow(module, reference.scope):
        return
    if b"jit_compile=False" in context.source.data:
        return
    edit = _edit(owner.scope, context)
    fix = None
    if edit is not None:
        fix = Fix("Set `supports_jit` to False", (edit,), Applicability.SAFE)
    node = reference.node
    yield RULE.finding(
        node.start_byte,
        node.end_byte,
        f"XLA can't compile `{short_name(names[0])}`, and Keras 3 uses it where there is a GPU:"
        " set `self.supports_jit = False`",
        fix,
    )


def _is_refused(name: str) -> bool:
    return name in _OPERATIONS or name.startswith(_PACKAGES)


def _edit(cls: Scope, context: Context) -> Edit | None:
    """The edit that has the class say that it can't be compiled."""
    made = cls.bindings.get("__init__")
    if made:
        function = made[-1].inner
        return _behind_super(function.node, context) if function is not None else None
    body = cls.node.child_by_field_name("body")
    statements = argument_nodes(body) if body is not None else []
    methods = [
        one for one in statements if one.type in ("function_definition", "decorated_definition")
    ]
    if not methods or not alone_on_line(methods[0], context.source):
        return None
    outer = context.indentation(methods[0])
    inner = outer + context.indent
    newline = context.source.newline
    lines = (
        "def __init__(self, *args, **kwargs):",
        f"{inner}super().__init__(*args, **kwargs)",
        f"{inner}self.supports_jit = False",
        "",
        outer,
    )
    return Edit(methods[0].start_byte, methods[0].start_byte, newline.join(lines))


def _behind_super(init: Node, context: Context) -> Edit | None:
    """The edit that sets the attribute behind the call of the inherited `__init__`."""
    body = init.child_by_field_name("body")
    parameters = init.child_by_field_name("parameters")
    first = argument_nodes(parameters)[:1] if parameters is not None else []
    for statement in argument_nodes(body) if body is not None else ():
        if statement.type != "expression_statement" or not first:
            continue
        calls = [text(one) for one in nodes_of(statement, "attribute")]
        if any(one.endswith(".__init__") for one in calls):
            if not alone_on_line(statement, context.source):
                return None
            lines = context.source.lines
            last = lines.line_of(statement.end_byte)
            end = lines.starts[last] + len(lines.line_bytes(last))
            before = context.source.newline + context.indentation(statement)
            return Edit(end, end, f"{before}{text(first[0])}.supports_jit = False")
    return None
