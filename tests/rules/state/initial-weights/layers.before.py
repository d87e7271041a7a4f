import keras

inputs = keras.Input((3,))
outputs = keras.layers.Dense(
    3,
    name="first",
    weights=[kernel, bias],  # trained before
)(inputs)
model = keras.Sequential([inputs])
model.add(keras.layers.Dense(3, weights=start, use_bias=False))


class Own(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)


own = Own(3, weights=start)(inputs)
# Left alone: it is built somewhere else.
later = Own(3, weights=start)
