import keras


def origin(x, model):
    layer, node_index, tensor_index = x._keras_history
    print(model.outputs[0]._keras_history.operation.name, node_index, tensor_index)
    return x._keras_history.operation
