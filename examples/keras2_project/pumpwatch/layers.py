"""Layers for vibration windows, shape (batch, time, axis), and their spectrograms."""

import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers

from pumpwatch import features
from pumpwatch.losses import decorrelation_loss


@keras.utils.register_keras_serializable(package="pumpwatch")
class AxisMixer(layers.Layer):
    """Learned rotation of the sensor axes, which starts as the identity."""

    def build(self, input_shape):
        axes = input_shape[-1]
        self.rotation = tf.Variable(tf.eye(axes), name="rotation")
        self.offset = tf.Variable(tf.zeros([axes]), name="offset")

    def call(self, inputs):
        return tf.matmul(inputs, self.rotation) + self.offset


class PositionEmbedding(layers.Layer):
    """Adds a learned vector to each time step."""

    def __init__(self, length, units, **kwargs):
        super().__init__(**kwargs)
        self.embedding = layers.Embedding(input_dim=length, output_dim=units)

    def call(self, inputs):
        positions = tf.range(start=0, limit=tf.shape(inputs)[1], delta=1)
        return inputs + self.embedding(positions)


class ResidualDense(layers.Layer):
    """Dense layer with a skip connection, as wide as its input."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.dense = None

    def call(self, inputs):
        if self.dense is None:
            self.dense = layers.Dense(inputs.shape[-1], activation="relu")
        return inputs + self.dense(inputs)


class RandomGain(layers.Layer):
    """Augmentation: sometimes a random gain, always a little noise and dropout."""

    def __init__(self, chance=0.5, noise=0.05, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.chance = chance
        self.noise = noise
        self.rate = rate

    def call(self, inputs, training=None):
        if not training:
            return inputs
        x = inputs + tf.random.normal(tf.shape(inputs), stddev=self.noise)
        if tf.random.uniform(()) < self.chance:
            x = x * tf.random.uniform((), 0.8, 1.2)
        return tf.nn.dropout(x, rate=self.rate)


class Smooth(layers.Layer):
    """Binomial low-pass filter, applied more often to noisy batches."""

    def __init__(self, max_passes=3, **kwargs):
        super().__init__(**kwargs)
        self.max_passes = max_passes

    def call(self, inputs):
        kernel = tf.eye(inputs.shape[-1]) * tf.reshape(tf.constant([0.25, 0.5, 0.25]), [3, 1, 1])
        step = tf.abs(inputs[:, 1:] - inputs[:, :-1])
        passes = tf.minimum(tf.cast(tf.reduce_max(step), tf.int32), self.max_passes)
        x = inputs
        for _ in tf.range(passes):
            padded = tf.pad(x, [[0, 0], [1, 1], [0, 0]], mode="REFLECT")
            x = tf.nn.conv1d(padded, kernel, stride=1, padding="VALID")
        return x


class SignalFeatures(layers.Layer):
    """Hand-made features of a window as one vector."""

    def call(self, inputs):
        window = features.clean(inputs)
        power = features.power_spectrum(window)
        parts = [
            features.tilt(window),
            features.shape_factors(window),
            features.axis_correlation(window),
            features.loudest_samples(window),
            features.band_energy(power),
            features.rolloff(power),
            features.peak_ratio(power),
        ]
        return tf.concat(parts, axis=-1)


class Spectrogram(layers.Layer):
    """Blurred log power image (batch, 8, bins, axis) without the highest bins."""

    def __init__(self, bins=8, **kwargs):
        super().__init__(**kwargs)
        self.bins = bins

    def call(self, inputs):
        signals = tf.transpose(inputs, perm=[0, 2, 1])
        frames = tf.signal.stft(signals, frame_length=16, frame_step=8)
        image = tf.transpose(tf.math.log1p(tf.square(tf.abs(frames))), perm=[0, 2, 3, 1])
        image = tf.image.crop_to_bounding_box(image, 0, 0, image.shape[1], self.bins)
        image = tf.image.pad_to_bounding_box(image, 0, 0, 8, self.bins)
        blur = tf.ones([3, 3, image.shape[-1], 1]) / 9.0
        return tf.nn.depthwise_conv2d(image, blur, strides=[1, 1, 1, 1], padding="SAME")


class SpectrogramStem(layers.Layer):
    """Two convolutions with instance normalization between them."""

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters

    def build(self, input_shape):
        width = self.filters
        self.kernel = self.add_weight("kernel", shape=(3, 3, input_shape[-1], width))
        self.scale = self.add_weight("scale", shape=(width,), initializer="ones")
        self.shift = self.add_weight("shift", shape=(width,), initializer="zeros")
        self.depthwise = self.add_weight("depthwise", shape=(3, 3, width, 1))
        self.pointwise = self.add_weight("pointwise", shape=(1, 1, width, width))

    def call(self, inputs):
        x = tf.nn.conv2d(
            inputs, self.kernel, strides=[1, 2, 2, 1], padding="SAME", data_format="NHWC"
        )
        mean, variance = tf.nn.moments(x, axes=[1, 2], keepdims=True)
        x = tf.nn.batch_normalization(x, mean, variance, self.shift, self.scale, 1e-3)
        x = tf.nn.gelu(x)
        return tf.nn.separable_conv2d(
            x, self.depthwise, self.pointwise, strides=[1, 1, 1, 1], padding="SAME"
        )


class Upsample(layers.Layer):
    """Transposed convolution that doubles the number of time steps."""

    def __init__(self, filters, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters

    def build(self, input_shape):
        self.kernel = self.add_weight("kernel", shape=(4, self.filters, input_shape[-1]))

    def call(self, inputs):
        output_shape = tf.stack([tf.shape(inputs)[0], inputs.shape[1] * 2, self.filters])
        return tf.nn.conv1d_transpose(inputs, self.kernel, output_shape, strides=2)


class SparseCode(layers.Layer):
    """Passes the code on, keeps its activity low and its channels independent."""

    def call(self, inputs):
        self.add_loss(1e-3 * tf.reduce_mean(tf.abs(inputs)))
        self.add_loss(1e-3 * decorrelation_loss(tf.reduce_mean(inputs, axis=1)))
        self.add_metric(tf.reduce_mean(tf.cast(inputs > 0, tf.float32)), name="active")
        return inputs


class SensorFusion(layers.Layer):
    """Joins vibration features with what is known about the pump; the serial may be None."""

    def __init__(self, pumps, units, **kwargs):
        super().__init__(**kwargs)
        self.pumps = pumps
        self.project = layers.Dense(units)
        self.table = layers.Embedding(pumps, units)

    def call(self, inputs):
        temperature = inputs["pump"]["temperature"]
        serial = inputs["pump"]["serial"]
        x = self.project(tf.concat([inputs["features"], temperature], axis=-1))
        if serial is not None:
            x = x + self.table(tf.math.floormod(serial, self.pumps))
        return x


class LeakyCell(layers.Layer):
    """Recurrent cell whose memory fades at a rate that depends on the pump."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.state_size = units

    def build(self, input_shape):
        self.kernel = self.add_weight("kernel", shape=(input_shape[-1], self.state_size))

    def call(self, inputs, states, constants):
        keep = tf.sigmoid(1.0 - constants[0])
        output = keep * states[0] + (1.0 - keep) * tf.tanh(tf.matmul(inputs, self.kernel))
        return output, [output]
