import keras
from tensorflow.keras import backend as K


def f(model, x):
    lr = float(keras.ops.convert_to_numpy(model.optimizer.lr))
    other = float(float(keras.ops.convert_to_numpy(model.optimizer.learning_rate)))
    return lr, other, keras.ops.convert_to_numpy(x)
