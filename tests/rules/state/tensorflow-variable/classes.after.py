import keras
import tensorflow as tf


class Weighted(keras.losses.Loss):
    def __init__(self, weight):
        super().__init__()
        self.weight = keras.Variable(weight, trainable=False, dtype="float32")
        self.steps = keras.Variable(0, trainable=False)


class Average(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.count = keras.Variable(0, dtype="int64", trainable=False)
        self.averages = [keras.Variable(keras.ops.copy(w)) for w in self.model.trainable_variables]


class Centered(keras.constraints.Constraint):
    def __init__(self):
        self.ref = keras.Variable(0.1, name="ref")
        # Left alone.
        self.late = tf.Variable(lambda: 1.0)


class Rate(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self):
        self.factor = keras.Variable(1.0)
