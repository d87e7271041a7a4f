"""Kernels that are the same at each distance from their middle."""

import keras


@keras.utils.register_keras_serializable(__name__)
class RadialConstraint(keras.constraints.Constraint):
    """Makes the kernel of an image convolution the same at each distance from its middle."""

    def __call__(self, w):
        if len(w.shape) != 4 or w.shape[0] != w.shape[1]:
            raise ValueError(f"a square kernel of rank 4 is needed, not {tuple(w.shape)}")
        size = w.shape[0]
        start = size // 2
        odd = size % 2
        index = []
        for row in range(size):
            for column in range(size):
                ring = max(
                    abs(row - start) if row >= start else start - row - 1 + odd,
                    abs(column - start) if column >= start else start - column - 1 + odd,
                )
                # The values stand on the diagonal; even kernels leave one out.
                source = start - 1 + ring + (0 if odd or ring == 0 else 1)
                index.append(source * (size + 1))
        flat = keras.ops.reshape(w, (size * size, *w.shape[2:]))
        return keras.ops.reshape(keras.ops.take(flat, index, axis=0), w.shape)
