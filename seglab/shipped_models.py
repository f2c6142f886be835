"""The lecture's trained models as they come with seglab."""

from seglab.weights import pretrained, shipped_card


def shipped_model(name):
    """The lecture's model of that name, trained, and the working height of its pages."""
    return pretrained(name), shipped_card(name)["training"]["height"]
