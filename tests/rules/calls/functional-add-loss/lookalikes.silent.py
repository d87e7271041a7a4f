import keras


class Own(keras.Model):
    def call(self, inputs):
        self.add_loss(keras.ops.mean(inputs))
        return inputs


class Penalty(keras.layers.Layer):
    def call(self, inputs):
        self.add_loss(keras.ops.mean(inputs))
        return inputs


class Helper(keras.Model):
    def penalise(self, value):
        self.add_loss(value)


own = Own()
own.add_loss(0.0)
Penalty().add_loss(0.0)
unknown.add_loss(0.0)
