import numpy as np
import tensorflow as tf
import tensorflow_addons as tfa
from tensorflow.keras import layers


def block(x, scale):
    x = tfa.layers.GroupNormalization(4, axis=-1)(x)
    x = tfa.layers.InstanceNormalization(
        epsilon=1e-5,  # as in the paper
        name="norm",
    )(x)
    x = layers.Dense(3, activation=tfa.activations.mish)(x)
    x = tfa.layers.GELU(approximate=False, name="gelu")(x)
    x = tfa.layers.normalizations.GroupNormalization(groups=2)(x)
    return tfa.activations.gelu(x) + tfa.activations.snake(scale, frequency=2)


optimizers = [
    tfa.optimizers.AdamW(1e-4, 1e-3),
    tfa.optimizers.AdamW(weight_decay=1e-4, learning_rate=rate, beta_1=0.8),
    tfa.optimizers.SGDW(1e-4),
    tfa.optimizers.LAMB(1e-3),
    tfa.optimizers.AdamW(1e-4, global_clipnorm=1.0, learning_rate=schedule.rate),
    tfa.optimizers.LazyAdam(1e-3, name="lazy"),
]
metrics = [
    tfa.metrics.F1Score(num_classes=10, average="macro"),
    tfa.metrics.FBetaScore(10, "micro", beta=2.0),
    tfa.metrics.RSquare(multioutput="raw_values"),
]
loss = tfa.losses.SigmoidFocalCrossEntropy(alpha=0.4)


class Norm(tfa.layers.GroupNormalization):
    pass
