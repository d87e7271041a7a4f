import tensorflow as tf
from tensorflow import keras
from tensorflow.keras.optimizers import SGD, Adam

epochs = 10
one = keras.optimizers.SGD(lr=keras.optimizers.schedules.InverseTimeDecay(0.1, decay_steps=1, decay_rate=1e-6), momentum=0.9)
two = keras.optimizers.Adam(0.1)
three = tf.keras.optimizers.legacy.Adam(learning_rate=keras.optimizers.schedules.InverseTimeDecay(0.1, decay_steps=1, decay_rate=0.1 / epochs))
four = SGD(learning_rate=keras.optimizers.schedules.InverseTimeDecay(0.01, decay_steps=1, decay_rate=0.1))
five = SGD(momentum=0.5, learning_rate=keras.optimizers.schedules.InverseTimeDecay(0.01, decay_steps=1, decay_rate=0.1))
six = Adam(lr=0.1)
seven = SGD(
    learning_rate=keras.optimizers.schedules.InverseTimeDecay(0.1, decay_steps=1, decay_rate=0.1),  # the rate
    momentum=0.5,
)
eight = keras.optimizers.Nadam(0.1)
