import tensorflow as tf
from tensorflow.keras import layers


def block(x, name, index):
    x = layers.Conv2D(3, 3, name=name + "_conv")(x)
    x = layers.BatchNormalization(name=name and name + "_bn")(x)
    x = layers.Activation("relu", name=f"{name}_relu_{index}")(x)
    return layers.Dropout(0.5, name="%s_drop_%d" % (name, index))(x)


inputs = tf.keras.Input((8, 8, 3), name="input_image")
model = tf.keras.Model(inputs, block(inputs, "first", 1), name="nets_small")
features = model.get_layer("first_relu_1").output, model.get_layer(name="first_bn")
optimizer = tf.keras.optimizers.SGD(name="sgd_slow")


class Scale(layers.Layer):
    def build(self, input_shape):
        self.scale = self.add_weight(name="scale_gamma", shape=())
