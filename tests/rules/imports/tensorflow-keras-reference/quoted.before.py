from __future__ import annotations

import typing
from typing import Dict, List, Literal, Optional, Union

import tensorflow as tf


def build(
    model: "tf.keras.Model",
    layer: Optional["tf.keras.layers.Layer"] = None,
    others: typing.Dict[str, "List[tf.keras.layers.Dense]"] = None,
    either: "Union['tf.keras.Model', 'tf.keras.Sequential']" = None,
    raw: r"tf.keras.Model" = None,
) -> 'tf.keras.Model':
    found: "tf.keras.optimizers.Optimizer | None" = None
    return found


class Model:
    parts: Dict[str, "tf.keras.Model"]
    name: Literal["tf.keras.Model"]
