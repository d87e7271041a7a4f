from tensorflow.keras import backend as K


def f(model, x):
    lr = K.get_value(model.optimizer.lr)
    other = float(K.get_value(model.optimizer.learning_rate))
    return lr, other, K.get_value(x)
