import keras


def following(layer):
    return [node.operation for node in layer._outbound_nodes]


def named(layer):
    names = []
    for node in layer.inbound_nodes:
        names.append(node.operation.name)
        for before in keras.tree.map_structure(lambda tensor: tensor._keras_history.operation, node.arguments.args[0] if node.arguments.args else []):  # in the order of the call
            names.append(before.name)
    return names, layer._inbound_nodes[0].inbound_layers


def made(layer):
    return next_node(layer).inbound_layers
