import tensorflow as tf
from tensorflow.keras import layers


class Scale(layers.Layer):
    def call(self, inputs):
        return inputs * 2.0


model = tf.keras.Sequential([Scale(), layers.Lambda(tf.abs)])
model.save("model")
again = tf.keras.models.load_model("model", custom_objects={"Scale": Scale})
model.save("model.keras")
again = tf.keras.models.load_model("model.keras")
model.save("model.h5")
again = tf.keras.models.load_model("model.h5")
other = tf.keras.models.load_model("elsewhere")
other = tf.keras.models.load_model(path)
