import numpy as np
import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.layers import Layer


class Scale(Layer):
    def __init__(self, units=32):
        super().__init__()
        self.units = units
        self.seen = tf.Variable(0, False, name="seen", dtype=tf.int32)
        self.gates = [tf.Variable(1.0) for _ in range(3)]

    def build(self, input_shape):
        initializer = tf.random_normal_initializer()
        self.scale = tf.Variable(
            initial_value=initializer(shape=(input_shape[-1], self.units), dtype="float32"),
            trainable=True,  # by fit
        )
        # Left alone: Keras would have to know the shape, or means something else.
        self.offset = tf.Variable(lambda: tf.ones((3,)) + 1.0)
        self.slope = tf.Variable(1.0, trainable=None)
        self.named = tf.Variable(1.0, name="scale/named")


class Count(keras.metrics.Metric):
    def __init__(self):
        super().__init__()
        self.count = tf.Variable(0.0)

    def update_state(self, values, sample_weight=None):
        self.total = tf.Variable(0, trainable=False, dtype="float32", name="total")


class Weights(tf.keras.layers.Layer):
    def __init__(self, units, scale, initializer):
        super().__init__()
        self.units = units
        self.scale = scale
        self.kernel_initializer = keras.initializers.get(initializer)
        self.step = tf.Variable(-1)
        self.frozen = tf.Variable(2, False, dtype=tf.int64)
        self.done = tf.Variable(False, trainable=False)
        self.bound = tf.Variable(0.5, constraint=lambda w: w)
        self.biases = []

    def build(self, input_shape):
        self.kernel = tf.Variable(
            tf.random.normal([input_shape[-1], self.units], stddev=0.1, seed=3), name="kernel"
        )
        self.uniform = tf.Variable(tf.random.uniform(input_shape[1:], -1.0, maxval=1.0, dtype="float16"))
        self.other = tf.Variable(self.kernel_initializer((3, self.units), tf.float32))
        self.glorot = tf.Variable(
            initial_value=keras.initializers.GlorotUniform(seed=1)(shape=(3, 3), dtype=tf.float32),
            validate_shape=True,
            trainable=True,
            dtype=tf.float32,
        )
        self.late = tf.Variable(lambda: tf.zeros((3,)))
        self.filled = tf.Variable(tf.fill((2, 2), 3.0))
        self.counts = tf.Variable(tf.constant(0, dtype=tf.int64))
        self.gamma = tf.Variable(self.scale * tf.ones((self.units,)))
        self.tables = {"a": tf.Variable(tf.zeros(3)), "b": tf.Variable(np.arange(3.0))}
        for n in range(3):
            self.biases.append(tf.Variable(tf.zeros(self.shape_of(n))))
            self.tables[n] = tf.Variable(tf.zeros(tuple(self.shape_of(n))))
        self.moved = tf.Variable(tf.zeros(tf.shape(self.kernel)))
        index = np.arange(3) * 2
        pairs = index.reshape(-1, 1)
        self.index = tf.Variable(tf.convert_to_tensor(pairs), trainable=False, name="index")
        self.masked = tf.Variable(initial_value=index, trainable=False, dtype=tf.float32)
        self.table = self.add_weight(shape=(3,), initializer="ones", name="table")
        self.copied = tf.Variable(self.table.read_value(), trainable=False)
        self.computed = tf.Variable(tf.exp(self.table), trainable=False)
        self.learned = tf.Variable(tf.exp(self.table))
        self.wide = tf.Variable(np.zeros((3, 2)), trainable=False)
        self.narrow = tf.Variable(np.ones([3], dtype=np.int32), dtype="float32")
