"""Models that lie, hang, explode, or bring code along."""

import pytest
from attacks import cases, isolated, withstood

pytestmark = isolated

SETTING = """
import json
from keras import Input, Model, Sequential, layers
from seglab.grading import collector, student_models, wire

class Subclassed(Model):
    "Has the weights that are asked for, and gives other scores."
    def __init__(self):
        super().__init__()
        self.only = layers.Conv2D(2, 3, padding="same")
        self.only.build((None, None, None, 1))
        self.built = True
    def call(self, images): return self.only(images) * 0

def of_layers(*given):
    return Sequential([Input((None, None, 1)), *given])

def convolution():
    return layers.Conv2D(2, 3, padding="same")

def config_of(*given):
    return keras.saving.serialize_keras_object(of_layers(convolution(), *given))

WEIGHTS = [np.zeros((3, 3, 1, 2), "float32"), np.zeros(2, "float32")]

def say(config, weights=WEIGHTS):
    "Let the collector describe any model so."
    config = json.dumps(config) if type(config) is dict else config
    collector.Serving.on_build = lambda *arguments: (config, weights, 0)

def layer(module, name, **config):
    given = {"module": module, "class_name": name, "config": config, "registered_name": None}
    whole = config_of()
    whole["config"]["layers"].append(given)
    return whole

def changed(**values):
    "The configuration of the right model, its convolution changed."
    whole = config_of()
    whole["config"]["layers"][1]["config"].update(values)
    return whole

model = convolution
"""
# Each is a model, or lets the collector say that it was one; none is a convolution with a bias.
LYING = {
    "a subclassed model with other scores": "model = Subclassed",
    "a subclassed model that lies about its weights": """
        class Lying(Model):
            weights = property(lambda self: WEIGHTS)
            def get_weights(self): return WEIGHTS
            def set_weights(self, weights): pass
            def count_params(self): return 20
            def call(self, images): return keras.ops.zeros((*images.shape[:3], 2))
        def model(): return Lying()
    """,
    "a model that gives agreeable scores": """
        class Scores(np.ndarray):
            __eq__ = lambda *a: True
            __array__ = lambda self, *a, **k: self
        class Agreeable(Subclassed):
            def __call__(self, images, **names): return np.zeros((1, 4, 4, 2)).view(Scores)
        model = Agreeable
    """,
    "a model that is a class of its own name": """
        class Functional(Subclassed): pass
        class Sequential(Subclassed): pass
        Functional.__module__ = Sequential.__module__ = "keras"
        model = Functional
    """,
    "a Lambda": """
        def model(): return of_layers(convolution(), layers.Lambda(lambda scores: scores * 0))
    """,
    "a Lambda in the configuration": """
        code = keras.saving.serialize_keras_object(layers.Lambda(lambda scores: scores * 0))
        whole = config_of()
        whole["config"]["layers"].append(code)
        say(whole)
    """,
    "a layer registered under Keras's name": """
        @keras.saving.register_keras_serializable("keras", "Conv2D")
        class Conv2D(layers.Conv2D):
            def call(self, images): return super().call(images) * 0
        Conv2D.__module__ = "keras.layers"
        def model(): return of_layers(Conv2D(2, 3, padding="same"))
    """,
    "an activation of the student's own": """
        def model():
            return of_layers(layers.Conv2D(2, 3, padding="same", activation=lambda x: x * 0))
    """,
    "a module that is not Keras's": "say(layer('os', 'system', command='touch /tmp/x'))",
    "a builtin": "say(layer('builtins', 'exec', source='1'))",
    "a module within Keras that is not a layer": """
        say(layer("keras.src.utils.file_utils", "get_file", fname="x", origin="file:///etc/hosts"))
    """,
    "a function within a layer": """
        say(changed(activation={"module": "builtins", "class_name": "function", "config": "exec",
                                "registered_name": "function"}))
    """,
    "a pickled layer": "say(layer('keras.layers', 'TorchModuleWrapper', module='gASVAAAA'))",
    "a layer that reads a file": """
        say(layer("keras.layers", "StringLookup", vocabulary="/etc/hostname"))
        tried(lambda: say(layer("keras.layers", "TFSMLayer", filepath="/tmp")))
    """,
    "a configuration that is none": "say('None')",
    "a configuration in depth": "say('[' * 10**5 + ']' * 10**5)",
    "a configuration of many parts": "say('[' + '{},' * 10**5 + '{}]')",
    "weights of other shapes": "say(config_of(), [np.zeros((3, 3, 1, 3)), np.zeros(3)])",
    "weights of text": "say(config_of(), [np.array([['no']])] * 2)",
    "weights for nothing": "say(config_of(layers.ReLU(max_value=0)))",
    "a huge layer": "say(changed(filters=10**9))",
    "a huge layer that is real": """
        def model(): return Sequential([Input((10**5,)), layers.Dense(10**5)])
    """,
    "a huge map": """
        def model(): return of_layers(layers.UpSampling2D(20_000), convolution())
    """,
    "many layers": """
        def model(): return of_layers(*[layers.ReLU() for _ in range(3000)], convolution())
    """,
    "a model that hangs when it is probed": """
        class Hanging(Subclassed):
            def call(self, images): return time.sleep(10**6)
        model = Hanging
    """,
    "a model that ends Python when it is probed": """
        class Ending(Subclassed):
            def call(self, images): os._exit(0)
        model = Ending
    """,
    "a model that is none": "def model(): return type('Model', (), {'__class__': Model})()",
    "a poisoned file": """
        import zipfile
        of_layers(layers.Lambda(lambda x: x * 0)).save("/tmp/model.keras")
        def model():
            return keras.saving.load_model("/tmp/model.keras", safe_mode=False, compile=False)
    """,
    "a poisoned HDF5 file": """
        import h5py
        of_layers(convolution(), layers.Lambda(lambda x: x * 0)).save("/tmp/model.h5")
        def model(): return keras.saving.load_model("/tmp/model.h5", safe_mode=False, compile=False)
    """,
    "a file cut short": """
        of_layers(convolution()).save("/tmp/model.keras")
        os.truncate("/tmp/model.keras", 1000)
        def model(): return keras.saving.load_model("/tmp/model.keras")
    """,
    "safe mode off": """
        keras.config.enable_unsafe_deserialization()
        student_models.is_keras_own = lambda config: True
        student_models.MOST_PARAMETERS = 10**12
        def model(): return of_layers(convolution(), layers.Lambda(lambda x: x * 0))
    """,
}
# These are convolutions with a bias, however they were made: they give what the judge's weights do.
HONEST = {
    "a description that somebody else has made": "say(config_of())",
    "a sequential model": "def model(): return of_layers(convolution())",
    "a subclassed model": """
        class Honest(Subclassed):
            def call(self, images): return self.only(images)
        model = Honest
    """,
    "a model that remembers being probed": """
        class Remembering(Subclassed):
            times = 0
            def call(self, images):
                self.times += 1
                return self.only(images)
        model = Remembering
    """,
    "a model within a model": "def model(): return of_layers(of_layers(convolution()))",
    "a file of one's own": """
        of_layers(convolution()).save("/tmp/model.keras")
        def model(): return keras.saving.load_model("/tmp/model.keras")
    """,
}


@pytest.mark.parametrize("name", cases(LYING, ["a Lambda in the configuration"]))
def test_a_model_that_lies_gains_nothing(name):
    withstood(SETTING, LYING[name])


@pytest.mark.parametrize("name", cases(HONEST))
def test_a_model_that_gives_the_right_scores_is_right(name):
    withstood(SETTING, HONEST[name], points={"7c": 1, "7e": 2})
