from tensorflow import keras
from tensorflow.keras.layers import LSTM, Bidirectional, Dense, Embedding
from tensorflow.keras.models import Sequential

batch, steps = 2, 4
model = keras.Sequential()
model.add(keras.layers.LSTM(8, batch_input_shape=(batch, steps, 3), stateful=True))
model.add(Dense(1))

listed = Sequential([LSTM(8, batch_input_shape=(2, 4, 3)), Dense(1)])
lines = keras.Sequential(
    [
        Embedding(10, 4, batch_input_shape=[2, None]),
        Dense(1),
    ]
)
wrapped = keras.Sequential([Bidirectional(LSTM(8), batch_input_shape=(2, 4, 3))])
typed = keras.Sequential([Dense(1, dtype="float64", batch_input_shape=(2, 3))])
called = Dense(1, batch_input_shape=(2, 3))(keras.Input((3,)))


class Own(keras.layers.Layer):
    pass


if batch:
    model = Sequential()
    model.add(Own(batch_input_shape=(2, 3)))  # the first
    model.add(Own(batch_input_shape=(2, 3)))


def again(layer, input_shape):
    config = layer.get_config()
    config["batch_input_shape"] = input_shape
    return layer.__class__.from_config(config)
