import keras


class Graph:
    def __init__(self):
        self.outbound_layer = None

    def follow(self):
        return self.outbound_layer


def before(layer):
    for node in layer._inbound_nodes:
        if hasattr(node, "inbound_layers"):
            yield from node.inbound_layers
        else:
            yield from (one.operation for one in node.parent_nodes)
