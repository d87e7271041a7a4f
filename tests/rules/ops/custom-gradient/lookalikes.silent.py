from keras import ops


@ops.custom_gradient
def stable(x):
    e = ops.exp(x)

    def grad(*args, upstream=None):
        if upstream is None:
            (upstream,) = args
        return upstream * (1.0 - 1.0 / (1 + e))

    return ops.log(1 + e), grad


class tf:
    @staticmethod
    def custom_gradient(function):
        return function


@tf.custom_gradient
def other(x):
    return x, None
