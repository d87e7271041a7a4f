import tensorflow as tf
from tensorflow.keras import layers


class Scale(layers.Layer):
    def call(self, inputs):
        return inputs * 2.0


@tf.keras.utils.register_keras_serializable()
class Known(layers.Layer):
    pass


class Helper:
    pass


def closeness(y_true, y_pred):
    return 1.0 - abs(y_true - y_pred)


def helper(value):
    return value


def double(value):
    return value * 2.0


model = tf.keras.Sequential([Scale(), Known(), layers.Dense(1, activation=double), layers.Lambda(lambda x: helper(x) + 1.0)])
model.compile("sgd", loss="mse", metrics=["mae", closeness])
model.save("model", save_format="tf")
again = tf.keras.models.load_model("model", custom_objects={"Scale": Scale, "double": double}, safe_mode=False)
model.save("model.h5")
again = tf.keras.models.load_model("model.h5", custom_objects={"Scale": Scale}, safe_mode=False)
