"""Convolutional blocks: squeeze-and-excite, CBAM-like attention, residual blocks as models."""

import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers


class SqueezeExcite(layers.Layer):
    def __init__(self, ratio=2, **kwargs):
        super().__init__(**kwargs)
        self.ratio = ratio

    def build(self, input_shape):
        channels = input_shape[-1]
        self.squeeze = layers.Dense(channels // self.ratio, activation=tf.nn.relu)
        self.excite = layers.Dense(channels, activation=tf.nn.sigmoid)
        super().build(input_shape)

    def call(self, inputs):
        # Squeeze
        s = tf.reduce_mean(inputs, axis=[1, 2])
        # Excite
        s = self.excite(self.squeeze(s))
        return inputs * s[:, tf.newaxis, tf.newaxis, :]


class SpatialAttention(layers.Layer):
    def __init__(self):
        super(SpatialAttention, self).__init__()
        self.conv = layers.Conv2D(1, kernel_size=3, padding="same", activation="sigmoid")

    def call(self, inputs):
        avg_out = tf.reduce_mean(inputs, axis=3)
        max_out = tf.reduce_max(inputs, axis=3)
        x = tf.stack([avg_out, max_out], axis=3)
        return inputs * self.conv(x)


class ResidualUnit(keras.Model):
    """Convolution, batch normalisation, and a shortcut that is projected where it must."""

    def __init__(self, filters, strides=1):
        super().__init__(name=f"residual_{filters}_{strides}")
        self.conv = layers.Conv2D(filters, 3, strides=strides, padding="same", use_bias=False)
        self.bn = layers.BatchNormalization()
        self.se = SqueezeExcite()
        self.skip_layers = []
        if strides > 1:
            self.skip_layers = [
                layers.Conv2D(filters, 1, strides=strides, padding="same", use_bias=False),
                layers.BatchNormalization(),
            ]

    def call(self, input_tensor, training=False):
        x = self.conv(input_tensor)
        x = self.bn(x, training=training)
        x = self.se(x)
        skip = input_tensor
        for layer in self.skip_layers:
            skip = layer(skip)
        x += skip
        return tf.nn.relu(x)


inputs = keras.Input((8, 8, 2))
x = ResidualUnit(4, strides=2)(inputs)
x = SpatialAttention()(x)
x = ResidualUnit(4)(x)
outputs = layers.Dense(2)(layers.GlobalAvgPool2D()(x))
model = keras.Model(inputs, outputs)
model.compile(
    optimizer=tf.keras.optimizers.SGD(0.05, momentum=0.9, nesterov=True),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
)
rng = np.random.RandomState(59)
for w in model.trainable_weights:
    w.assign(rng.normal(0.1, 0.3, w.shape))
images = rng.normal(size=(4, 8, 8, 2)).astype("float32")
labels = np.array([0, 1, 1, 0])
history = model.fit(images, labels, batch_size=2, shuffle=False, verbose=0)
result = {
    "loss": history.history["loss"],
    "predicted": model.predict(images, verbose=0),
    "trainable": len(model.trainable_weights),
    "frozen": len(model.non_trainable_weights),
}
