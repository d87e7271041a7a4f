"""Every row of the migration guide's two op tables, and the traps beside them."""

import numpy as np
import tensorflow as tf

rng = np.random.default_rng(3)


def sample(*shape):
    return rng.permutation(np.linspace(0.05, 0.95, int(np.prod(shape)))).reshape(shape).astype("float32")


x, y = sample(2, 3, 4), sample(2, 3, 4)
m, n, s = sample(3, 4), sample(4, 3), sample(3, 3)
p = sample(5, 4)
picks = np.array([2, 0, 1], "int32")
rows = np.array([[1], [0]], "int32")
pairs = np.array([[0, 2], [1, 1]], "int32")
flags = np.arange(24).reshape(2, 3, 4) % 3 == 0
image, kernel = sample(1, 6, 6, 3), sample(2, 2, 3, 4)
volume, cube = sample(1, 4, 4, 4, 2), sample(2, 2, 2, 2, 3)
taps, depth, point = sample(2, 4, 5), sample(2, 2, 3, 2), sample(1, 1, 6, 4)
back1, back2, back3 = sample(2, 5, 4), sample(2, 2, 4, 3), sample(2, 2, 2, 3, 2)
hot = np.eye(4, dtype="float32")[:3]
wave = (sample(2, 4, 6) + 1j * sample(2, 4, 6)).astype("complex64")
spectrum = (sample(2, 9, 5) + 1j * sample(2, 9, 5)).astype("complex64")
big = np.ones((50, 2000), "float32")

result = {
    "abs": [tf.abs(-x), tf.math.abs(-x)],
    "reduce_all": [tf.reduce_all(flags), tf.reduce_all(flags, axis=-1)],
    "reduce_max": [tf.reduce_max(x), tf.reduce_max(x, 1), tf.math.reduce_max(x, axis=0, keepdims=True)],
    "reduce_min": [tf.reduce_min(x), tf.reduce_min(x, axis=[0, 1])],
    "reduce_any": tf.reduce_any(flags, 1),
    "concat": [tf.concat([x, y], 0), tf.concat(axis=-1, values=[x, y])],
    "range": [tf.range(4), tf.range(1, 9, 2), tf.range(start=1.0, limit=2.0, delta=0.25), tf.range(3, dtype=tf.float32)],
    "acos": tf.acos(x),
    "asin": tf.asin(x),
    "asinh": tf.asinh(x),
    "atan": tf.atan(x),
    "atan2": [tf.atan2(y, x), tf.math.atan2(x=x, y=y)],
    "atanh": tf.atanh(x),
    "convert_to_tensor": tf.convert_to_tensor([[1, 2], [3, 4]], dtype=tf.float32),
    "reduce_mean": [tf.reduce_mean(x), tf.reduce_mean(x, -1, True)],
    "clip_by_value": tf.clip_by_value(x, clip_value_min=0.2, clip_value_max=0.6),
    "conj": tf.math.conj(x),
    "diag_part": [tf.linalg.diag_part(s), tf.linalg.diag_part(x)],
    "reverse": tf.reverse(x, axis=[0, 2]),
    "gather": [tf.gather(p, picks), tf.gather(p, picks, axis=1), tf.gather(params=x, indices=picks, axis=-1)],
    "gather with batch_dims": tf.gather(s, np.array([[0, 2], [1, 1], [2, 0]], "int32"), batch_dims=1),
    "is_finite": tf.math.is_finite(x),
    "is_inf": tf.math.is_inf(x),
    "is_nan": tf.math.is_nan(x),
    "pow": [tf.math.pow(x, y), tf.pow(x, 2.0)],
    "reduce_prod": tf.reduce_prod(x, 2),
    "reduce_std": tf.math.reduce_std(x, axis=1),
    "reduce_sum": [tf.reduce_sum(x), tf.reduce_sum(input_tensor=x, axis=0)],
    "gather_nd": [tf.gather_nd(x, pairs), tf.gather_nd(params=x, indices=rows)],
    "reduce_variance": tf.math.reduce_variance(x, axis=1),
    "sigmoid_cross_entropy": tf.nn.sigmoid_cross_entropy_with_logits(labels=x, logits=3 * y),
    "sparse_softmax_cross_entropy": tf.nn.sparse_softmax_cross_entropy_with_logits(labels=picks, logits=5 * m),
    "softmax_cross_entropy": tf.nn.softmax_cross_entropy_with_logits(labels=hot, logits=5 * m),
    "conv1d": tf.nn.conv1d(x, taps, stride=1, padding="SAME"),
    "conv2d": [
        tf.nn.conv2d(image, kernel, strides=[1, 2, 2, 1], padding="VALID", data_format="NHWC"),
        tf.nn.conv2d(image, kernel, 1, "SAME"),
    ],
    "conv3d": tf.nn.conv3d(volume, cube, [1, 1, 1, 1, 1], "SAME"),
    "convolution": tf.nn.convolution(image, kernel, padding="SAME"),
    "conv_transpose": tf.nn.conv_transpose(image, back2, [1, 12, 12, 4], 2),
    "conv1d_transpose": tf.nn.conv1d_transpose(x, back1, output_shape=[2, 6, 5], strides=2),
    "conv2d_transpose": tf.nn.conv2d_transpose(image, back2, [1, 12, 12, 4], [1, 2, 2, 1], "VALID"),
    "conv3d_transpose": tf.nn.conv3d_transpose(volume, back3, [1, 8, 8, 8, 3], 2),
    "depthwise_conv2d": tf.nn.depthwise_conv2d(image, depth, [1, 2, 2, 1], "VALID"),
    "separable_conv2d": tf.nn.separable_conv2d(image, depth, point, strides=[1, 1, 1, 1], padding="SAME"),
    "batch_normalization": tf.nn.batch_normalization(x, m[0], m[1], m[2], None, 1e-3),
    "dropout": [tf.nn.dropout(x, rate=0.0), tf.abs(tf.reduce_mean(tf.nn.dropout(big, 0.5)) - 1.0) < 0.02],
    "embedding_lookup": tf.nn.embedding_lookup(p, picks),
    "l2_normalize": tf.nn.l2_normalize(x, axis=-1),
    "tensor_scatter_nd_update": tf.tensor_scatter_nd_update(p, picks[:, None], m),
    "fft2d": tf.signal.fft2d(wave),
    "inverse_stft": tf.signal.inverse_stft(
        spectrum, 8, 4, 8, window_fn=tf.signal.inverse_stft_window_fn(4)
    )[:, 8:-8],
    "crop_to_bounding_box": tf.image.crop_to_bounding_box(image, 1, 2, 3, 4),
    "pad_to_bounding_box": tf.image.pad_to_bounding_box(image, 1, 2, 9, 9),
    "numpy": tf.reduce_sum(x).numpy(),
    # Tensors whose counterpart is a Python number or tuple.
    "rank": [float(tf.rank(x))],
    "shape": [float(tf.shape(x)[0]), float(tf.shape(x)[-1])],
    # Traps that are no rows of the guide's tables.
    "argmax": [tf.cast(tf.argmax(x), tf.int32), tf.cast(tf.argmin(x, axis=-1), tf.int32)],
    "cumsum": [tf.cumsum(x), tf.cumsum(x, axis=1, exclusive=True), tf.cumsum(x, axis=2, reverse=True)],
    "split": [tf.split(x, 2), tf.split(x, [1, 2], axis=1)],
    "where": [tf.where(flags, x, y), tf.cast(tf.where(flags), tf.int32)],
    "matmul": [tf.matmul(m, n), tf.matmul(m, p, transpose_b=True), tf.matmul(m, s, transpose_a=True)],
    "one_hot": [tf.one_hot(picks, 4), tf.one_hot(picks, 3, on_value=2.0, off_value=-1.0)],
    "transpose": tf.transpose(x, perm=[2, 0, 1]),
    "sort": [tf.sort(x), tf.sort(x, direction="DESCENDING")],
    "eye": [tf.eye(3), tf.eye(2, batch_shape=[3])],
    "norm": [tf.norm(x), tf.norm(x, ord="euclidean", axis=1)],
    "gelu": tf.nn.gelu(x - 0.5),
    "pad": tf.pad(m, [[1, 1], [2, 0]], mode="REFLECT"),
    "reshape and cast": tf.reshape(tf.cast(flags, tf.float32), [6, -1]),
}
