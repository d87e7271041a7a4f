import keras


class Accumulating(keras.Model):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.sums = [keras.Variable(keras.ops.zeros(one.shape)) for one in self.trainable_variables]

    def flush(self):
        self.optimizer.apply_gradients(zip([variable.value for variable in self.sums], self.trainable_variables))  # summed


optimizer = keras.optimizers.SGD()
sums = [keras.Variable(0.0), keras.Variable(1.0)]
variables = [keras.Variable(0.0), keras.Variable(1.0)]
optimizer.apply(sums, variables)
optimizer.apply_gradients(zip(sums, variables))
