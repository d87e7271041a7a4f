"""What the code means: names, kinds of values, and the context code stands in."""

from k3ls.semantics.conditions import Test, catches, tests
from k3ls.semantics.context import (
    compiled_functions,
    converted_functions,
    enclosing_class,
    functions_of_call,
    in_layer_call,
    is_shape_parameter,
    method_name,
    reached_functions,
    stays_tensorflow,
    under_tensorflow,
)
from k3ls.semantics.kinds import (
    Kind,
    class_kind,
    defines,
    exported_kind,
    kind_of,
    local_classes,
    named_kind,
)
from k3ls.semantics.module import Module, Others
from k3ls.semantics.paths import PathEnd, path_end
from k3ls.semantics.scopes import Binding, BindingKind, Scope, ScopeKind
from k3ls.semantics.sublayers import Sublayer, layers_in, method, sublayers
from k3ls.semantics.walk import Import, ImportedName, Item, Reference

__all__ = [
    "Binding",
    "BindingKind",
    "Import",
    "ImportedName",
    "Item",
    "Kind",
    "Module",
    "Others",
    "PathEnd",
    "Reference",
    "Scope",
    "ScopeKind",
    "Sublayer",
    "Test",
    "catches",
    "class_kind",
    "compiled_functions",
    "converted_functions",
    "defines",
    "enclosing_class",
    "exported_kind",
    "functions_of_call",
    "in_layer_call",
    "is_shape_parameter",
    "kind_of",
    "layers_in",
    "local_classes",
    "method",
    "method_name",
    "named_kind",
    "path_end",
    "reached_functions",
    "stays_tensorflow",
    "sublayers",
    "tests",
    "under_tensorflow",
]
