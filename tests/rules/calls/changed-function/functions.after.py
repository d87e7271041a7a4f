import keras
import tensorflow as tf
from tensorflow.keras.metrics import binary_accuracy

x = tf.constant([-3.0, 1.0])
y = keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0)
share = keras.ops.mean(keras.ops.equal([[1], [0]], keras.ops.cast(keras.ops.greater([[1], [1]], 0.5), "float32")), axis=-1)
strict = keras.ops.mean(keras.ops.equal([[1], [0]], keras.ops.cast(keras.ops.greater([[1], [1]], 0.7), "float32")), axis=-1)
layer = tf.keras.layers.LSTM(3, recurrent_activation=lambda x: keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0))
dense = tf.keras.layers.Dense(3, lambda x: keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0))
gate = tf.keras.layers.Activation(lambda x: keras.ops.clip(0.2 * x + 0.5, 0.0, 1.0))
labels = keras.utils.to_categorical([0, 1], num_classes=2).astype("float32")
known = keras.utils.to_categorical(targets, num_classes=3).astype("int32")
