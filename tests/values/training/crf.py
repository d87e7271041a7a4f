"""A linear-chain CRF as a layer: forward algorithm by a scan, Viterbi in NumPy."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import backend as K
from tensorflow.keras.layers import Dense, Input, Layer
from tensorflow.keras.models import Model


class CRF(Layer):
    def __init__(self, num_labels, **kwargs):
        self.num_labels = num_labels
        super(CRF, self).__init__(**kwargs)

    def build(self, input_shape):
        self.trans = self.add_weight(
            name="crf_trans",
            shape=(self.num_labels, self.num_labels),
            initializer="glorot_uniform",
            trainable=True,
        )

    def log_norm_step(self, inputs, states):
        """One step: log(sum(exp(...))) over the previous label."""
        states = K.expand_dims(states[0], 2)  # (batch_size, output_dim, 1)
        trans = K.expand_dims(self.trans, 0)  # (1, output_dim, output_dim)
        outputs = tf.reduce_logsumexp(states + trans, 1)  # (batch_size, output_dim)
        outputs = outputs + inputs
        return outputs, [outputs]

    def path_score(self, inputs, labels):
        """Score of one path: emissions plus transitions."""
        point_score = K.sum(K.sum(inputs * labels, 2), 1, keepdims=True)
        labels1 = K.expand_dims(labels[:, :-1], 3)
        labels2 = K.expand_dims(labels[:, 1:], 2)
        labels = labels1 * labels2  # both shifted by one
        trans = K.expand_dims(K.expand_dims(self.trans, 0), 0)
        trans_score = K.sum(K.sum(trans * labels, [2, 3]), 1, keepdims=True)
        return point_score + trans_score

    def call(self, inputs):  # the loss does the work
        return inputs

    def loss(self, y_true, y_pred):
        init_states = [y_pred[:, 0]]
        log_norm, _, _ = K.rnn(self.log_norm_step, y_pred[:, 1:], init_states)
        log_norm = tf.reduce_logsumexp(log_norm, 1, keepdims=True)
        path_score = self.path_score(y_pred, y_true)
        return log_norm - path_score  # the negative log likelihood

    def accuracy(self, y_true, y_pred):
        isequal = K.equal(K.argmax(y_true, 2), K.argmax(y_pred, 2))
        isequal = K.cast(isequal, "float32")
        return K.mean(isequal)


rng = np.random.RandomState(67)
crf = CRF(3)
inputs = Input((5, 4))
outputs = crf(Dense(3)(inputs))
model = Model(inputs, outputs)
model.set_weights([rng.normal(0, 0.5, w.shape) for w in model.get_weights()])
model.compile(loss=crf.loss, optimizer="adamax", metrics=[crf.accuracy])
x = rng.normal(size=(8, 5, 4)).astype("float32")
y = np.eye(3, dtype="float32")[rng.randint(0, 3, (8, 5))]
history = model.fit(x, y, batch_size=4, shuffle=False, verbose=0).history
result = {
    "loss": history["loss"],
    "accuracy": history["accuracy"],
    "transitions": K.get_value(crf.trans),
    "weights": model.get_weights(),
}
