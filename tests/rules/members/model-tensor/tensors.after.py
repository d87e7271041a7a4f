import keras

model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
features = keras.Model(model.inputs, model.layers[-1].output)
both = keras.Model(inputs=[model.inputs[0]], outputs=[model.layers[0].output, model.outputs[0]])
classes = model.outputs[0].shape[-1]


def explain(model, name):
    layer = model.get_layer(name)
    return keras.Model(inputs=model.inputs, outputs=[layer.output, model.outputs[0]])
