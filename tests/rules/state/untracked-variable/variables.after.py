import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import Layer


class Scale(Layer):
    def __init__(self, units=32):
        super().__init__()
        self.units = units
        self.seen = self.add_weight(shape=(), initializer="zeros", trainable=False, name="seen", dtype="int32")
        self.gates = [self.add_weight(shape=(), initializer="ones") for _ in range(3)]

    def build(self, input_shape):
        initializer = tf.random_normal_initializer()
        self.scale = self.add_weight(
            shape=(input_shape[-1], self.units), initializer=initializer, dtype="float32",
            trainable=True,  # by fit
        )
        # Left alone: Keras would have to know the shape, or means something else.
        self.offset = tf.Variable(lambda: tf.ones((3,)) + 1.0)
        self.slope = tf.Variable(1.0, trainable=None)
        self.named = tf.Variable(1.0, name="scale/named")


class Count(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.count = self.add_weight(shape=(), initializer="zeros")

    def update_state(self, values, sample_weight=None):
        self.total = self.add_weight(shape=(), initializer="zeros", dtype="float32", name="total")


class Weights(tf.keras.layers.Layer):
    def __init__(self, units, scale, initializer):
        super().__init__()
        self.units = units
        self.scale = scale
        self.kernel_initializer = keras.initializers.get(initializer)
        self.step = self.add_weight(shape=(), initializer=keras.initializers.Constant(-1), dtype="int32", trainable=False)
        self.frozen = self.add_weight(shape=(), initializer=keras.initializers.Constant(2), trainable=False, dtype="int64")
        self.done = self.add_weight(shape=(), initializer="zeros", dtype="bool", trainable=False)
        self.bound = self.add_weight(shape=(), initializer=keras.initializers.Constant(0.5), constraint=lambda w: w)
        self.biases = []

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=[input_shape[-1], self.units], initializer=keras.initializers.RandomNormal(mean=0.0, stddev=0.1, seed=3), name="kernel"
        )
        self.uniform = self.add_weight(shape=input_shape[1:], initializer=keras.initializers.RandomUniform(minval=-1.0, maxval=1.0), dtype="float16")
        self.other = self.add_weight(shape=(3, self.units), initializer=self.kernel_initializer, dtype="float32")
        self.glorot = self.add_weight(
            shape=(3, 3), initializer=keras.initializers.GlorotUniform(seed=1),
            trainable=True,
            dtype="float32",
        )
        self.late = self.add_weight(shape=(3,), initializer="zeros")
        self.filled = self.add_weight(shape=(2, 2), initializer=keras.initializers.Constant(3.0))
        self.counts = self.add_weight(shape=(), initializer="zeros", dtype="int64", trainable=False)
        self.gamma = self.add_weight(shape=(self.units,), initializer=keras.initializers.Constant(self.scale))
        self.tables = {"a": self.add_weight(shape=(3,), initializer="zeros"), "b": keras.Variable(np.arange(3.0))}
        for n in range(3):
            self.biases.append(keras.Variable(tf.zeros(self.shape_of(n))))
            self.tables[n] = self.add_weight(shape=tuple(self.shape_of(n)), initializer="zeros")
        self.moved = keras.Variable(tf.zeros(tf.shape(self.kernel)))
        index = np.arange(3) * 2
        pairs = index.reshape(-1, 1)
        self.index = self.add_weight(shape=pairs.shape, initializer=keras.initializers.Constant(pairs), dtype=pairs.dtype, trainable=False, name="index")
        self.masked = self.add_weight(shape=index.shape, initializer=keras.initializers.Constant(index), trainable=False, dtype="float32")
        self.table = self.add_weight(shape=(3,), initializer="ones", name="table")
        self.copied = self.add_weight(shape=self.table.shape, initializer=keras.initializers.Constant(self.table), dtype=self.table.dtype, trainable=False)
        self.computed = tf.Variable(tf.exp(self.table), trainable=False)
        self.learned = keras.Variable(tf.exp(self.table))
        self.wide = self.add_weight(shape=(3, 2), initializer="zeros", dtype="float64", trainable=False)
        self.narrow = self.add_weight(shape=[3], initializer="ones", dtype="float32")
