"""The models: fault monitor, baseline, alarm model and denoising autoencoder."""

import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers
from tensorflow.keras.layers import Conv1D, Dense, Flatten
from tensorflow.keras.layers.experimental import RandomFourierFeatures

from pumpwatch.data import FAULTS, WINDOW
from pumpwatch.layers import (
    AxisMixer,
    LeakyCell,
    PositionEmbedding,
    RandomGain,
    ResidualDense,
    SensorFusion,
    SignalFeatures,
    Smooth,
    SparseCode,
    Spectrogram,
    SpectrogramStem,
    Upsample,
)
from pumpwatch.losses import spectral_loss


def build_monitor(pumps=64, units=16, use_serial=True):
    """Fault logits and severity of a pump from its window, temperature and serial number."""
    inputs = {
        "vibration": keras.Input((WINDOW, 3), name="vibration"),
        "pump": {
            "temperature": keras.Input((1,), name="temperature"),
            "serial": keras.Input((), dtype="int32", name="serial"),
        },
    }
    temperature = inputs["pump"]["temperature"]
    window = AxisMixer()(inputs["vibration"])
    image = SpectrogramStem(8)(Spectrogram()(window))
    texture = tf.reduce_mean(image, axis=[1, 2])
    steps = Conv1D(8, 8, strides=4)(PositionEmbedding(WINDOW, 3)(window))
    steps = tf.transpose(steps, perm=[1, 0, 2])
    rhythm = layers.GRU(8, time_major=True)(steps)
    joined = tf.concat([SignalFeatures()(window), texture, rhythm], axis=-1)
    pump = {"temperature": temperature, "serial": inputs["pump"]["serial"] if use_serial else None}
    fused = SensorFusion(pumps, units)({"features": joined, "pump": pump})
    hidden = ResidualDense()(layers.LeakyReLU(alpha=0.1)(fused))
    outputs = {
        "fault": Dense(len(FAULTS), name="fault")(hidden),
        "severity": Dense(1, activation="sigmoid", name="severity")(hidden),
    }
    return keras.Model(inputs, outputs, name="monitor")


def build_baseline(units=16):
    """The model of the first release: raw samples only, fault logits."""
    window = tf.keras.Input(shape=(WINDOW, 3))
    noisy = RandomGain()(window)
    local = tf.keras.layers.LocallyConnected1D(4, 8, strides=8)(noisy)
    local = tf.keras.layers.ThresholdedReLU(theta=0.1)(local)
    image = tf.expand_dims(tf.reshape(noisy, [-1, 8, 24]), -1)
    image = tf.keras.layers.Conv2D(4, 3, activation="relu", name="image")(image)
    x = tf.concat([Flatten()(local), Flatten()(image)], axis=-1)
    kernel = RandomFourierFeatures(units, scale=4.0)(x)
    penalty = tf.keras.regularizers.l1_l2(1e-5, 1e-4)
    code = Dense(units, activation="relu", kernel_regularizer=penalty)(x)
    model = tf.keras.Model(window, Dense(len(FAULTS))(tf.concat([kernel, code], -1)))
    filters = model.get_layer("image").kernel  # start from radially symmetric filters
    filters.assign(tf.keras.constraints.RadialConstraint()(filters))
    model.add_loss(1e-3 * tf.reduce_mean(tf.square(code)))
    return model


class AlarmModel(keras.Model):
    """Logit of an alarm, from a window and the serial number of the pump."""

    def __init__(self, buckets=16, **kwargs):
        super().__init__(**kwargs)
        self.buckets = buckets
        self.features = SignalFeatures()
        self.normalize = layers.LayerNormalization()
        self.habits = self.add_weight("habits", shape=(buckets, 4))
        self.trend = layers.RNN(LeakyCell(4))
        self.hidden = Dense(16, activation="relu")
        self.head = Dense(1)

    def call(self, inputs, training=False):
        window, serial = inputs
        bucket = tf.strings.to_hash_bucket_fast(tf.strings.as_string(serial), self.buckets)
        habit = tf.nn.embedding_lookup(self.habits, bucket)
        trend = self.trend(window, constants=[habit])
        x = tf.concat([self.normalize(self.features(window)), trend], axis=-1)
        return self.head(self.hidden(x))

    def train_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)
        gradients = tape.gradient(loss, self.trainable_variables)
        gradients, _ = tf.clip_by_global_norm(gradients, 5.0)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}

    def test_step(self, data):
        x, y, sample_weight = keras.utils.unpack_x_y_sample_weight(data)
        y_pred = self(x, training=False)
        self.compiled_loss(y, y_pred, sample_weight, regularization_losses=self.losses)
        self.compiled_metrics.update_state(y, y_pred, sample_weight)
        return {metric.name: metric.result() for metric in self.metrics}


class Denoiser(keras.Model):
    """Autoencoder that gives back the clean window; reads the time axis in both directions."""

    def __init__(self, filters=16, **kwargs):
        super().__init__(**kwargs)
        self.smooth = Smooth()
        self.encoder = Conv1D(filters, 5, strides=2, padding="same", activation="relu")
        self.code = SparseCode()
        self.upsample = Upsample(filters)
        self.output_layer = Conv1D(3, 5, padding="same")
        self.loss_tracker = keras.metrics.Mean(name="loss")

    def call(self, inputs):
        window = self.smooth(inputs)
        both = tf.concat([window, tf.reverse(window, axis=[1])], axis=-1)
        return self.output_layer(tf.nn.relu(self.upsample(self.code(self.encoder(both)))))

    def train_step(self, data):
        noisy, clean = data
        with tf.GradientTape() as tape:
            restored = self(noisy, training=True)
            loss = tf.reduce_mean(spectral_loss(clean, restored)) + tf.add_n(self.losses)
        gradients = tape.gradient(loss, self.trainable_variables)
        self.optimizer.apply_gradients(zip(gradients, self.trainable_variables))
        self.loss_tracker.update_state(loss)
        return {"loss": self.loss_tracker.result()}
