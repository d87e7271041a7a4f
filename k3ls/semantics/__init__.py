"""What the code means: names, kinds of values, and the context code stands in."""

from k3ls.semantics.context import enclosing_class, in_layer_call, stays_tensorflow
from k3ls.semantics.kinds import Kind, class_kind, kind_of
from k3ls.semantics.module import Module
from k3ls.semantics.scopes import Binding, BindingKind, Scope, ScopeKind
from k3ls.semantics.walk import Import, ImportedName, Item, Reference

__all__ = [
    "Binding",
    "BindingKind",
    "Import",
    "ImportedName",
    "Item",
    "Kind",
    "Module",
    "Reference",
    "Scope",
    "ScopeKind",
    "class_kind",
    "enclosing_class",
    "in_layer_call",
    "kind_of",
    "stays_tensorflow",
]
