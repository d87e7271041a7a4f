import keras


@keras.utils.register_keras_serializable(__name__)
class WithMetric(keras.layers.Layer):
    """Passes the outputs of a model on, and adds the mean of a tensor to its metrics.

    Args:
        label: the name of the metric.
        **kwargs: see `Layer`.
    """

    def __init__(self, label, **kwargs):
        super().__init__(**kwargs)
        self.label = label
        self.mean = keras.metrics.Mean(name=label)

    def call(self, outputs, values):
        self.mean.update_state(values)
        return outputs

    def get_config(self):
        return {**super().get_config(), "label": self.label}


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



measured = keras.Model(inputs, outputs)
measured = keras.Model(measured.input, WithMetric("size")(measured.output, keras.ops.mean(x)), name=measured.name)
measured.add_metric(x, "codes", aggregation="max")  # its largest
