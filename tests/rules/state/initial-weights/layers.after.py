import keras

inputs = keras.Input((3,))
layer = keras.layers.Dense(
    3,
    name="first",  # trained before
)
outputs = layer(inputs)
layer.set_weights([kernel, bias])
model = keras.Sequential([inputs])
layer = keras.layers.Dense(3, use_bias=False)
model.add(layer)
layer.set_weights(start)


class Own(keras.layers.Layer):
    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)


layer = Own(3)
own = layer(inputs)
layer.set_weights(start)
# Left alone: it is built somewhere else.
later = Own(3, weights=start)
