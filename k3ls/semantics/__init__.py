"""What the code means: names, kinds of values, and the context code stands in."""

from k3ls.semantics.context import enclosing_class, in_layer_call, method_name, stays_tensorflow
from k3ls.semantics.kinds import Kind, class_kind, defines, kind_of, local_classes
from k3ls.semantics.module import ImportedClass, Module, Others
from k3ls.semantics.paths import PathEnd, path_end
from k3ls.semantics.scopes import Binding, BindingKind, Scope, ScopeKind
from k3ls.semantics.walk import Import, ImportedName, Item, Reference

__all__ = [
    "Binding",
    "BindingKind",
    "Import",
    "ImportedClass",
    "ImportedName",
    "Item",
    "Kind",
    "Module",
    "Others",
    "PathEnd",
    "Reference",
    "Scope",
    "ScopeKind",
    "class_kind",
    "defines",
    "enclosing_class",
    "in_layer_call",
    "kind_of",
    "local_classes",
    "method_name",
    "path_end",
    "stays_tensorflow",
]
