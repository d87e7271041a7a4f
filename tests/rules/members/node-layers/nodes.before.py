import keras


def following(layer):
    return [node.outbound_layer for node in layer._outbound_nodes]


def named(layer):
    names = []
    for node in layer.inbound_nodes:
        names.append(node.outbound_layer.name)
        for before in node.inbound_layers:  # in the order of the call
            names.append(before.name)
    return names, layer._inbound_nodes[0].inbound_layers


def made(layer):
    return next_node(layer).inbound_layers
