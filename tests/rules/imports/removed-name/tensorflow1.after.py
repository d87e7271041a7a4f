import keras
import tensorflow as tf
import tensorflow.compat.v1 as tf1
from keras.layers import GRU
from tensorflow.compat.v1.keras.layers import CuDNNLSTM, LSTM

a = LSTM(4, kernel_initializer="ones", return_sequences=True)
b = GRU(3)
c = keras.losses.cosine_similarity([1.0], [2.0])
d = tf1.layers.dense([[1.0]], 3)
e = tf.layers.Dense(3)
f = tf1.nn.rnn_cell.BasicLSTMCell(3)
g = tf1.keras.backend.get_session()
