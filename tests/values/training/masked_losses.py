"""Losses: masked, pinball, log-cosh by parts, Huber as a class, weighted and label-smoothed."""

import functools

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import backend as K
from tensorflow.keras import layers
from tensorflow.keras.losses import Loss, mean_squared_error


def masked_mse(mask_value=-1.0):
    def loss(y_true, y_pred):
        mask = K.cast(K.not_equal(y_true, mask_value), K.floatx())
        # errors of what is known
        return K.sum(K.square(y_true - y_pred) * mask) / K.maximum(K.sum(mask), 1.0)

    return loss


def pinball(quantile, y_true, y_pred):
    error = tf.subtract(y_true, y_pred)
    return tf.reduce_mean(tf.maximum(quantile * error, (quantile - 1) * error), axis=-1)


class HuberLoss(Loss):
    # initialize instance attributes
    def __init__(self, threshold=1.0):
        super().__init__()
        self.threshold = threshold

    # compute loss
    def call(self, y_true, y_pred):
        error = y_true - y_pred
        is_small_error = tf.abs(error) <= self.threshold
        small_error_loss = tf.square(error) / 2
        big_error_loss = self.threshold * (tf.abs(error) - (0.5 * self.threshold))
        return tf.where(is_small_error, small_error_loss, big_error_loss)


class WeightedSum(keras.losses.Loss):
    """Two losses at once; summed over the batch."""

    def __init__(self, weight, reduction=keras.losses.Reduction.SUM, name="weighted"):
        super().__init__(reduction=reduction, name=name)
        self.weight = weight

    def call(self, y_true, y_pred):
        absolute = tf.reduce_mean(tf.abs(y_true - y_pred), axis=-1)
        return self.weight * mean_squared_error(y_true, y_pred) + (1 - self.weight) * absolute


def smooth_l1(y_true, y_pred):
    x = K.abs(y_true - y_pred)
    x = K.switch(x < 1.0, 0.5 * x ** 2, x - 0.5)
    return K.sum(x, axis=-1)


def correlation_loss(y_true, y_pred):
    # one minus the coefficient of correlation
    mx, my = K.mean(y_true, axis=0), K.mean(y_pred, axis=0)
    xm, ym = y_true - mx, y_pred - my
    r_num = K.sum(tf.multiply(xm, ym))
    r_den = K.sqrt(tf.multiply(K.sum(K.square(xm)), K.sum(K.square(ym))))
    r = r_num / (r_den + K.epsilon())
    r = K.maximum(K.minimum(r, 1.0), -1.0)
    return 1 - K.square(r)


rng = np.random.RandomState(113)
x = rng.normal(size=(8, 3)).astype("float32")
y = np.where(x > 1, -1.0, x * 2).astype("float32")
start = [rng.normal(0, 0.5, shape) for shape in ((3, 3), (3,))]
weights = np.linspace(0, 2, 8).astype("float32")

result = {}
for name, loss in {
    "masked": masked_mse(),
    "pinball": functools.partial(pinball, 0.9),
    "huber": HuberLoss(0.5),
    "weighted": WeightedSum(0.3),
    "smooth": smooth_l1,
    "correlation": correlation_loss,
}.items():
    model = keras.Sequential([layers.Input((3,)), layers.Dense(3)])
    model.set_weights(start)
    model.compile(optimizer="sgd", loss=loss)
    given = {"sample_weight": weights} if name == "pinball" else {}
    history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0, **given)
    result[name] = history.history["loss"]
    result[name + " weights"] = model.get_weights()
