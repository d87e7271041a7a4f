import keras


class PortableSteps:
    pass


class Choosing(PortableSteps, keras.Model):
    def train_step(self, data):
        def half():
            return data / 2

        # Nothing is assigned.
        small = keras.ops.cond(self.seen > 3, half, lambda: data)
        return {"small": keras.ops.cond(self.seen > 3, self.double, self.unknown) + small}

    def double(self):
        return self.seen * 2


class Layer(keras.layers.Layer):
    def call(self, x):
        # The state of the model isn't at hand.
        return keras.ops.cond(x > 3, lambda: self.seen.assign_add(1), lambda: x)


def cond(pred, true_fn, false_fn):
    return true_fn() if pred else false_fn()


class Own(PortableSteps, keras.Model):
    def train_step(self, data):
        cond(True, lambda: self.seen.assign(0), lambda: None)
