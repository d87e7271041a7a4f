import keras

optimizer = keras.optimizers.SGD()
variables = [keras.Variable(0.0), keras.Variable(1.0)]
gradients = [keras.ops.ones(()), keras.ops.ones(())]
optimizer.apply(gradients, variables)
optimizer.apply_gradients(zip(gradients, variables))
optimizer.apply_gradients(list(zip(variables, variables)))


class Optimizer:
    def apply(self, gradients, variables):
        return zip(gradients, variables)


Optimizer().apply(variables, variables)


def update(other, sums):
    other.apply_gradients(zip(sums, variables))
    optimizer.apply_gradients(zip(sums, variables))
