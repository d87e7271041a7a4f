"""Encoder and decoder with Bahdanau attention; a training step that walks over the target."""

import numpy as np
import tensorflow as tf


class Encoder(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, enc_units):
        super(Encoder, self).__init__()
        self.enc_units = enc_units
        self.embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
        self.gru = tf.keras.layers.GRU(self.enc_units,
                                       return_sequences=True,
                                       return_state=True,
                                       recurrent_initializer='glorot_uniform')

    def call(self, x, hidden):
        x = self.embedding(x)
        output, state = self.gru(x, initial_state=hidden)
        return output, state

    def initialize_hidden_state(self, batch_size):
        return tf.zeros((batch_size, self.enc_units))


class BahdanauAttention(tf.keras.layers.Layer):
    def __init__(self, units):
        super(BahdanauAttention, self).__init__()
        self.W1 = tf.keras.layers.Dense(units)
        self.W2 = tf.keras.layers.Dense(units)
        self.V = tf.keras.layers.Dense(1)

    def call(self, query, values):
        # query hidden state shape == (batch_size, hidden size)
        # query_with_time_axis shape == (batch_size, 1, hidden size)
        # values shape == (batch_size, max_len, hidden size)
        # we are doing this to broadcast addition along the time axis to calculate the score
        query_with_time_axis = tf.expand_dims(query, 1)

        # score shape == (batch_size, max_length, 1)
        score = self.V(tf.nn.tanh(
            self.W1(query_with_time_axis) + self.W2(values)))

        # attention_weights shape == (batch_size, max_length, 1)
        attention_weights = tf.nn.softmax(score, axis=1)

        # context_vector shape after sum == (batch_size, hidden_size)
        context_vector = attention_weights * values
        context_vector = tf.reduce_sum(context_vector, axis=1)

        return context_vector, attention_weights


class Decoder(tf.keras.Model):
    def __init__(self, vocab_size, embedding_dim, dec_units):
        super(Decoder, self).__init__()
        self.embedding = tf.keras.layers.Embedding(vocab_size, embedding_dim)
        self.gru = tf.keras.layers.GRU(dec_units, return_sequences=True, return_state=True)
        self.fc = tf.keras.layers.Dense(vocab_size)

        # used for attention
        self.attention = BahdanauAttention(dec_units)

    def call(self, x, hidden, enc_output):
        # enc_output shape == (batch_size, max_length, hidden_size)
        context_vector, attention_weights = self.attention(hidden, enc_output)

        # x shape after passing through embedding == (batch_size, 1, embedding_dim)
        x = self.embedding(x)

        # x shape after concatenation == (batch_size, 1, embedding_dim + hidden_size)
        x = tf.concat([tf.expand_dims(context_vector, 1), x], axis=-1)

        # passing the concatenated vector to the GRU
        output, state = self.gru(x)

        # output shape == (batch_size * 1, hidden_size)
        output = tf.reshape(output, (-1, output.shape[2]))
        return self.fc(output), state, attention_weights


class Translator(tf.keras.Model):
    def __init__(self, vocab_size, units, start):
        super().__init__()
        self.encoder = Encoder(vocab_size, 3, units)
        self.decoder = Decoder(vocab_size, 3, units)
        self.start = start
        self.loss_object = tf.keras.losses.SparseCategoricalCrossentropy(
            from_logits=True, reduction='none')

    def loss_function(self, real, pred):
        mask = tf.math.logical_not(tf.math.equal(real, 0))
        loss_ = self.loss_object(real, pred)
        mask = tf.cast(mask, dtype=loss_.dtype)
        loss_ *= mask
        return tf.reduce_mean(loss_)

    def total_loss(self, inp, targ):
        batch = inp.shape[0]
        loss = 0
        enc_output, dec_hidden = self.encoder(inp, self.encoder.initialize_hidden_state(batch))
        dec_input = tf.expand_dims([self.start] * batch, 1)

        # Teacher forcing - feeding the target as the next input
        for t in range(1, targ.shape[1]):
            # passing enc_output to the decoder
            predictions, dec_hidden, _ = self.decoder(dec_input, dec_hidden, enc_output)
            loss += self.loss_function(targ[:, t], predictions)
            # using teacher forcing
            dec_input = tf.expand_dims(targ[:, t], 1)
        return loss

    def train_step(self, data):
        inp, targ = data
        with tf.GradientTape() as tape:
            loss = self.total_loss(inp, targ)
        variables = self.encoder.trainable_variables + self.decoder.trainable_variables
        gradients = tape.gradient(loss, variables)
        self.optimizer.apply_gradients(zip(gradients, variables))
        return {'batch_loss': loss / int(targ.shape[1])}


rng = np.random.RandomState(101)
inp = rng.randint(1, 6, (4, 5)).astype("int32")
targ = rng.randint(0, 6, (4, 4)).astype("int32")
targ[:, 0] = 1
translator = Translator(6, 4, start=1)
translator.total_loss(tf.constant(inp), tf.constant(targ))  # builds the parts
for w in translator.encoder.trainable_variables + translator.decoder.trainable_variables:
    w.assign(rng.normal(0, 0.4, w.shape))
translator.compile(optimizer=tf.keras.optimizers.SGD(0.1))
pairs = tf.data.Dataset.from_tensor_slices((inp, targ)).batch(2, drop_remainder=True)
history = translator.fit(pairs, epochs=1, verbose=0)
result = {
    "loss": history.history["batch_loss"],
    "embedding": translator.encoder.embedding.get_weights(),
    "attention": [w.numpy() for w in translator.decoder.attention.trainable_variables],
    "out": translator.decoder.fc.get_weights(),
}
