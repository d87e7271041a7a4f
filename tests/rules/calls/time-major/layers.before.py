from tensorflow import keras
from tensorflow.keras import layers


def models(steps, size):
    rhythm = layers.GRU(8, time_major=True)(steps)
    whole = layers.LSTM(8, return_sequences=True, time_major=True)(steps, training=False)
    plain = layers.LSTM(8, time_major=False)
    later = layers.LSTM(8, time_major=True)
    states = layers.LSTM(8, time_major=True, return_state=True)(steps)
    masked = layers.LSTM(8, time_major=True)(steps, mask=size)
    return rhythm, whole, plain, later(steps), states, masked
