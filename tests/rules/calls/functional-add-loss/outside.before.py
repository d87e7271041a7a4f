import keras

inputs = keras.Input((3,))
x = keras.layers.Dense(3)(inputs)
model = keras.Model(inputs, keras.layers.Dense(1)(x))
model.add_loss(keras.ops.mean(x))
keras.Sequential([keras.layers.Dense(1)]).add_loss(lambda: 0.0)


class Tracked(keras.Model):
    def track(self):
        return 0


tracked = Tracked(inputs, x)
tracked.add_loss(keras.ops.mean(x))


def vae(inputs, outputs, mean):
    vae = keras.Model(inputs, outputs, name="vae")
    kl_loss = keras.ops.sum(keras.ops.square(mean))
    vae.add_loss(kl_loss)  # as in the paper
    vae.compile("adam")
    vae.add_loss(kl_loss)
    return vae



measured = keras.Model(inputs, outputs)
measured.add_metric(keras.ops.mean(x), name="size", aggregation="mean")
measured.add_metric(x, "codes", aggregation="max")  # its largest
