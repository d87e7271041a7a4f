from tensorflow import keras
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Embedding
from tensorflow.keras.models import Sequential

batch, steps = 2, 4
model = keras.Sequential()
model.add(keras.Input(batch_shape=(batch, steps, 3)))
model.add(keras.layers.LSTM(8, stateful=True))
model.add(Dense(1))

listed = Sequential([keras.Input(batch_shape=(2, 4, 3)), LSTM(8), Dense(1)])
lines = keras.Sequential(
    [
        keras.Input(batch_shape=[2, None]),
        Embedding(10, 4),
        Dense(1),
    ]
)
wrapped = keras.Sequential([keras.Input(batch_shape=(2, 4, 3)), Bidirectional(LSTM(8))])
typed = keras.Sequential([keras.Input(batch_shape=(2, 3), dtype="float64"), Dense(1, dtype="float64")])
called = Dense(1)(keras.Input((3,)))


class Own(keras.layers.Layer):
    pass


if batch:
    model = Sequential()
    model.add(keras.Input(batch_shape=(2, 3)))
    model.add(Own())  # the first
    model.add(Own())


def again(layer, input_shape):
    config = layer.get_config()
    config["input_shape"] = input_shape[1:]
    return layer.__class__.from_config(config)
