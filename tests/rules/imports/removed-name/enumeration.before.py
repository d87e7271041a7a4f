import tensorflow as tf
from tensorflow.keras.losses import Reduction

one = tf.keras.losses.MeanSquaredError(reduction=tf.keras.losses.Reduction.NONE)
two = tf.keras.losses.MeanSquaredError(reduction=Reduction.SUM_OVER_BATCH_SIZE)
three = tf.losses.MeanSquaredError(reduction=tf.losses.Reduction.AUTO)
print(f"{tf.keras.losses.Reduction.SUM}")
