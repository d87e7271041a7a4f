import keras

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
features = keras.Model(model.input, model.layers[-1].output)
both = keras.Model(inputs=[model.input], outputs=[model.layers[0].output, model.output])
classes = model.output.shape[-1]


def explain(model, name):
    layer = model.get_layer(name)
    return keras.Model(inputs=model.input, outputs=[layer.output, model.output])
