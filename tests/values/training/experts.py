"""Mixture of experts with a gate by task (MMoE), losses by task with learned uncertainty."""

import numpy as np
import tensorflow as tf
from tensorflow.keras import activations, initializers
from tensorflow.keras.layers import Dense, Input, InputSpec, Layer
from tensorflow.keras.models import Model


class MMoE(Layer):
    """
    Multi-gate Mixture-of-Experts model.
    """

    def __init__(self, units, num_experts, num_tasks, expert_activation="relu", **kwargs):
        super(MMoE, self).__init__(**kwargs)
        self.units = units
        self.num_experts = num_experts
        self.num_tasks = num_tasks
        self.expert_activation = activations.get(expert_activation)
        self.gate_activation = activations.get("softmax")
        self.initializer = initializers.get("VarianceScaling")
        # Keras parameter
        self.input_spec = InputSpec(min_ndim=2)
        self.supports_masking = True

    def build(self, input_shape):
        assert input_shape is not None and len(input_shape) >= 2
        input_dimension = input_shape[-1]

        # Initialize expert weights (number of input features * number of units per expert * number of experts)
        self.expert_kernels = self.add_weight(
            name="expert_kernel",
            shape=(input_dimension, self.units, self.num_experts),
            initializer=self.initializer,
        )

        # Initialize gate weights (number of input features * number of experts * number of tasks)
        self.gate_kernels = [
            self.add_weight(
                name="gate_kernel_task_{}".format(i),
                shape=(input_dimension, self.num_experts),
                initializer=self.initializer,
            )
            for i in range(self.num_tasks)
        ]
        self.input_spec = InputSpec(min_ndim=2, axes={-1: input_dimension})
        super(MMoE, self).build(input_shape)

    def call(self, inputs, **kwargs):
        gate_outputs = []
        final_outputs = []

        # f_{i}(x) = activation(W_{i} * x + b), where activation is ReLU according to the paper
        expert_outputs = tf.tensordot(a=inputs, b=self.expert_kernels, axes=1)
        expert_outputs = self.expert_activation(expert_outputs)

        # g^{k}(x) = activation(W_{gk} * x + b), where activation is softmax according to the paper
        for index, gate_kernel in enumerate(self.gate_kernels):
            gate_output = tf.linalg.matmul(inputs, gate_kernel)
            gate_outputs.append(self.gate_activation(gate_output))

        # f^{k}(x) = sum_{i=1}^{n}(g^{k}(x)_{i} * f_{i}(x))
        for gate_output in gate_outputs:
            expanded = tf.expand_dims(gate_output, axis=1)
            weighted = expert_outputs * tf.repeat(expanded, self.units, axis=1)
            final_outputs.append(tf.reduce_sum(weighted, axis=2))
        return final_outputs


class UncertaintyLoss(Layer):
    """Weighs losses by a learned log variance each; passes the predictions on."""

    def __init__(self, num_tasks, **kwargs):
        super().__init__(**kwargs)
        self.num_tasks = num_tasks

    def build(self, input_shape):
        self.log_vars = [
            self.add_weight(f"log_var_{i}", (1,), initializer=tf.zeros_initializer())
            for i in range(self.num_tasks)
        ]
        super().build(input_shape)

    def call(self, inputs):
        ys_true, ys_pred = inputs[: self.num_tasks], inputs[self.num_tasks :]
        loss = 0.0
        for y_true, y_pred, log_var in zip(ys_true, ys_pred, self.log_vars):
            precision = tf.exp(-log_var[0])
            loss += precision * tf.reduce_mean((y_true - y_pred) ** 2.0) + log_var[0]
        self.add_loss(loss)
        # We won't actually use the output.
        return tf.concat(inputs, -1)


rng = np.random.RandomState(61)
x = rng.normal(size=(8, 3)).astype("float32")
ys = [x[:, :1], x[:, 1:2] * x[:, 2:]]
inputs = Input((3,))
targets = [Input((1,)) for _ in ys]
towers = [Dense(1)(one) for one in MMoE(4, 3, 2)(inputs)]
outputs = UncertaintyLoss(2)(targets + towers)
model = Model([inputs, *targets], outputs)
for w in model.trainable_weights:
    w.assign(rng.normal(0, 0.5, w.shape))
model.compile(optimizer=tf.keras.optimizers.Adagrad(0.1))
history = model.fit([x, *ys], epochs=2, batch_size=8, shuffle=False, verbose=0)
result = {
    "loss": history.history["loss"],
    "weights": [w.numpy() for w in model.trainable_weights],
}
