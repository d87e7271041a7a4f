import keras
import tensorflow as tf


class Weighted(keras.losses.Loss):
    def __init__(self, weight):
        super().__init__()
        self.weight = tf.Variable(weight, trainable=False, dtype=tf.float32)
        self.steps = tf.Variable(0)


class Average(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.count = tf.Variable(0, dtype=tf.int64)
        self.averages = [tf.Variable(w) for w in self.model.trainable_variables]


class Centered(keras.constraints.Constraint):
    def __init__(self):
        self.ref = tf.Variable(0.1, name="ref")
        # Left alone.
        self.late = tf.Variable(lambda: 1.0)


class Rate(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self):
        self.factor = tf.Variable(1.0)
