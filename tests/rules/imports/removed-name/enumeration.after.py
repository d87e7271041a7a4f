import tensorflow as tf
from tensorflow.keras.losses import Reduction

one = tf.keras.losses.MeanSquaredError(reduction="none")
two = tf.keras.losses.MeanSquaredError(reduction="sum_over_batch_size")
three = tf.losses.MeanSquaredError(reduction="sum_over_batch_size")
print(f"{tf.keras.losses.Reduction.SUM}")
