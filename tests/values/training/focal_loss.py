"""Segmentation losses and metrics: focal, Dice, Tversky; as functions, closures and classes."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Conv2D, Input
from tensorflow.keras.losses import Loss
from tensorflow.keras.models import Model
from tensorflow.keras.optimizers import SGD

SMOOTH = 1.0


def dice_coef(y_true, y_pred):
    y_true_f = K.flatten(y_true)
    y_pred_f = K.flatten(y_pred)
    intersection = K.sum(y_true_f * y_pred_f)
    return (2.0 * intersection + SMOOTH) / (K.sum(y_true_f) + K.sum(y_pred_f) + SMOOTH)


def dice_coef_loss(y_true, y_pred):
    return 1 - dice_coef(y_true, y_pred)


def bce_dice_loss(y_true, y_pred):
    # both, as most do
    return tf.keras.losses.binary_crossentropy(y_true, y_pred) + dice_coef_loss(y_true, y_pred)


def binary_focal_loss(gamma=2.0, alpha=0.25):
    """FL(p_t) = -alpha * (1 - p_t)**gamma * log(p_t)"""

    def binary_focal_loss_fixed(y_true, y_pred):
        y_true = tf.cast(y_true, tf.float32)
        # Clip the prediction value
        epsilon = K.epsilon()
        y_pred = K.clip(y_pred, epsilon, 1.0 - epsilon)
        # p_t is p where the label is 1
        p_t = tf.where(K.equal(y_true, 1), y_pred, 1 - y_pred)
        alpha_factor = K.ones_like(y_true) * alpha
        alpha_t = tf.where(K.equal(y_true, 1), alpha_factor, 1 - alpha_factor)
        cross_entropy = -K.log(p_t)
        weight = alpha_t * K.pow((1 - p_t), gamma)
        loss = weight * cross_entropy
        # Sum the losses in mini_batch
        return K.mean(K.sum(loss, axis=1))

    return binary_focal_loss_fixed


class Tversky(Loss):
    def __init__(self, alpha=0.7, name="tversky", **kwargs):
        super().__init__(name=name, **kwargs)
        self.alpha = alpha

    def call(self, y_true, y_pred):
        axes = [1, 2, 3]
        tp = tf.reduce_sum(y_true * y_pred, axis=axes)
        fn = tf.reduce_sum(y_true * (1 - y_pred), axis=axes)
        fp = tf.reduce_sum((1 - y_true) * y_pred, axis=axes)
        index = (tp + SMOOTH) / (tp + self.alpha * fn + (1 - self.alpha) * fp + SMOOTH)
        return tf.pow(1 - index, 0.75)


rng = np.random.RandomState(6)
images = rng.uniform(size=(4, 6, 6, 1)).astype("float32")
masks = (images > 0.6).astype("float32")
start = [rng.normal(0, 0.3, (3, 3, 1, 2)), np.zeros(2), rng.normal(0, 0.3, (1, 1, 2, 1)), np.ones(1)]

result = {}
for loss in (dice_coef_loss, bce_dice_loss, binary_focal_loss(), Tversky()):
    inputs = Input((6, 6, 1))
    x = Conv2D(2, 3, padding="same", activation="relu")(inputs)
    outputs = Conv2D(1, 1, activation="sigmoid")(x)
    model = Model(inputs, outputs)
    model.set_weights(start)
    model.compile(optimizer=SGD(0.1), loss=loss, metrics=[dice_coef])
    history = model.fit(images, masks, batch_size=2, epochs=1, shuffle=False, verbose=0)
    name = getattr(loss, "__name__", "tversky")
    result[name] = history.history["loss"] + history.history["dice_coef"]
    result[name + " weights"] = model.get_weights()
