import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.optimizers import SGD, Adam

epochs = 10
one = keras.optimizers.SGD(lr=0.1, decay=1e-6, momentum=0.9)
two = keras.optimizers.Adam(0.1, decay=0.0)
three = tf.keras.optimizers.legacy.Adam(learning_rate=0.1, decay=0.1 / epochs)
four = SGD(decay=0.1)
five = SGD(decay=0.1, momentum=0.5)
six = Adam(lr=0.1, decay=None)
seven = SGD(
    learning_rate=0.1,  # the rate
    momentum=0.5,
    decay=0.1,
)
eight = keras.optimizers.Nadam(0.1, decay=0.1)
