import keras


@keras.utils.register_keras_serializable(__name__)
class WithLoss(keras.layers.Layer):
    """Passes the outputs of a model on, and adds a loss to it."""

    def call(self, outputs, loss):
        self.add_loss(loss)
        return outputs


inputs = keras.Input((3,))
x = keras.layers.Dense(3)(inputs)
model = keras.Model(inputs, keras.layers.Dense(1)(x))
model = keras.Model(model.input, WithLoss()(model.output, keras.ops.mean(x)), name=model.name)
keras.Sequential([keras.layers.Dense(1)]).add_loss(lambda: 0.0)


class Tracked(keras.Model):
    def track(self):
        return 0


tracked = Tracked(inputs, x)
tracked.add_loss(keras.ops.mean(x))


def vae(inputs, outputs, mean):
    vae = keras.Model(inputs, outputs, name="vae")
    kl_loss = keras.ops.sum(keras.ops.square(mean))
    vae = keras.Model(vae.input, WithLoss()(vae.output, kl_loss), name=vae.name)  # as in the paper
    vae.compile("adam")
    vae.add_loss(kl_loss)
    return vae
