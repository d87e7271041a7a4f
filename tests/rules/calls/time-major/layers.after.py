from tensorflow import keras
from tensorflow.keras import layers


def models(steps, size):
    rhythm = layers.GRU(8)(keras.ops.swapaxes(steps, 0, 1))
    whole = keras.ops.swapaxes(layers.LSTM(8, return_sequences=True)(keras.ops.swapaxes(steps, 0, 1), training=False), 0, 1)
    plain = layers.LSTM(8)
    later = layers.LSTM(8, time_major=True)
    states = layers.LSTM(8, time_major=True, return_state=True)(steps)
    masked = layers.LSTM(8, time_major=True)(steps, mask=size)
    return rhythm, whole, plain, later(steps), states, masked
