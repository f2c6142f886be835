"""A model's layers as text, a line a layer in the order of the slide; Keras tells the sizes."""

import keras


def layer_table(model, size):
    """Name, type with what differs from the default, output size, parameters."""
    sized = keras.models.clone_model(model, input_tensors=keras.Input(size, name="image"))
    lines = [
        f"{layer.name:<10}  {description(layer):<44}  "
        f"{'x'.join(map(str, layer.output.shape[1:])):<11}  {layer.count_params():>9,}".rstrip()
        for layer in sized.layers
    ]
    return "\n".join([*lines, f"{'':<70}{sized.count_params():>9,}"]) + "\n"


def description(layer):
    """`Conv2D 40 3x3 same relu`."""
    config = layer.get_config()
    words = [type(layer).__name__]
    for key in "filters", "units", "rate", "kernel_size", "pool_size", "size", "strides":
        value = config.get(key)
        if isinstance(value, tuple | list):
            trivial = key == "strides" and (tuple(value) == (1, 1) or "pool_size" in config)
            words += (
                []
                if trivial
                else [("stride " if key == "strides" else "") + "x".join(map(str, value))]
            )
        elif value is not None:
            words.append(str(value))
    words += [config[key] for key in ("padding", "interpolation") if key in config]
    if config.get("activation", "linear") != "linear":
        words.append(config["activation"])
    return " ".join(words)
