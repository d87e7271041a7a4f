import keras


@keras.utils.register_keras_serializable(__name__)
class FixedTraining(keras.layers.Wrapper):
    """Calls a layer with a `training` of its own, whatever its model is called with."""

    def __init__(self, layer, fixed, **kwargs):
        super().__init__(layer, **kwargs)
        self.fixed = fixed

    def call(self, inputs, **kwargs):
        return self.layer(inputs, training=self.fixed, **kwargs)

    def get_config(self):
        return {**super().get_config(), "fixed": self.fixed}


inputs = keras.Input((3,))
x = keras.layers.Dense(3)(inputs)
x = FixedTraining(keras.layers.Dropout(0.5), True)(x)
base = keras.applications.MobileNetV2()
features = FixedTraining(base, False)(inputs)
