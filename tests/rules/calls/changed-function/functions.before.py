import tensorflow as tf
from tensorflow.keras.metrics import binary_accuracy

x = tf.constant([-3.0, 1.0])
y = tf.keras.activations.hard_sigmoid(x)
share = binary_accuracy([[1], [0]], [[1], [1]])
strict = tf.keras.metrics.binary_accuracy([[1], [0]], [[1], [1]], threshold=0.7)
layer = tf.keras.layers.LSTM(3, recurrent_activation="hard_sigmoid")
dense = tf.keras.layers.Dense(3, "hard_sigmoid")
gate = tf.keras.layers.Activation(tf.keras.activations.hard_sigmoid)
labels = tf.keras.utils.to_categorical([0, 1], 2)
known = tf.keras.utils.to_categorical(y=targets, dtype="int32", num_classes=3)
