"""What questions read of a student's names: typed, copied, and never trusted."""

import numpy as np
import pytest
from keras import Input, Model, Sequential, layers

from seglab.grading import question
from seglab.grading.answers import Answers
from seglab.grading.names import LiveNames
from seglab.grading.verdicts import NotAttempted, Wrong, said


@question("0a", 1, 1, ("One.", "Two."), numbers=lambda r: {"size": r.integers(5, 99)})
def asked(answers):
    """What?"""


def answers(**names):
    return Answers(LiveNames(names), "ada", asked.question)


@pytest.mark.parametrize("read", ["number", "whole_number", "text"])
@pytest.mark.parametrize("value", [..., None])
def test_a_stub_is_not_attempted(read, value):
    with pytest.raises(NotAttempted):
        getattr(answers(x=value), read)("x")
    with pytest.raises(NotAttempted):
        getattr(answers(), read)("x")


def test_numbers_may_be_of_any_numeric_type():
    for value in 3, 3.0, np.int8(3), np.float32(3), np.array([3]):
        assert answers(x=value).whole_number("x") == 3
    for value in "3", True, [3], float("nan"), float("inf"), 3j:
        with pytest.raises(Wrong, match="x should be|The answer|number"):
            answers(x=value).number("x")
    with pytest.raises(Wrong, match="whole"):
        answers(x=3.5).whole_number("x")


def test_sizes_and_letters():
    assert answers(x=[4, 2.0]).sizes("x", 2) == answers(x=np.array([4, 2])).sizes("x", 2) == (4, 2)
    assert answers(x=" B ").choice("x", "abc") == "b"
    assert answers(x="c, A").choices("x", "abc") == answers(x=["a", "c"]).choices("x", "abc")
    for read, value in ("sizes", [1, 2, 3]), ("choice", "d"), ("choices", "ad"), ("choices", 3):
        with pytest.raises(Wrong, match="x should be"):
            getattr(answers(x=value), read)("x", {"sizes": 2}.get(read, "abc"))


def test_a_function_cannot_change_what_it_is_given():
    def spoil(array):
        array[:] = 7
        return array.sum()

    image = np.zeros((2, 2))
    assert answers(spoil=spoil).call("spoil", image) == 28
    assert image.sum() == 0


def test_a_function_that_fails_says_how():
    def fail(x):
        raise KeyError("no such thing")

    def stub(x):
        raise NotImplementedError

    with pytest.raises(Wrong, match="fail raised KeyError: 'no such thing'"):
        answers(fail=fail).call("fail", 1)
    with pytest.raises(Wrong, match="is the `return` missing"):
        answers(f=lambda x: None).call("f", 1)
    with pytest.raises(Wrong, match="should be a function"):
        answers(f=3).call("f", 1)
    with pytest.raises(NotAttempted):
        answers(stub=stub).call("stub", 1)
    with pytest.raises(Wrong, match="another shape than asked for.$"):
        answers(f=lambda x: [1, 2]).array("f", 1, shape=(3,))
    with pytest.raises(Wrong, match=r"asked for: \(n,\), which is \(3,\) here.$"):
        answers(f=lambda x: [1, 2]).array("f", 1, shape=(3,), asked="(n,)")


def functional(classes):
    image = Input((None, None, 1))
    return Model(image, layers.Conv2D(classes, 3, padding="same")(image))


def sequential(classes):
    return Sequential([Input((None, None, 1)), layers.Conv2D(classes, 3, padding="same")])


def unbuilt(classes):
    return Sequential([layers.Conv2D(classes, 3, padding="same", name="only")])


class Subclassed(Model):
    def __init__(self, classes):
        super().__init__()
        self.only = layers.Conv2D(classes, 3, padding="same")
        self.build((None, None, None, 1))

    def build(self, shape):
        self.only.build(shape)
        self.built = True

    def call(self, images):
        return self.only(images)


@pytest.mark.parametrize("build", [functional, sequential, Subclassed])
def test_every_style_of_model_gives_the_same_with_the_judges_weights(build):
    model = answers(build=build).model("build", 2)
    assert model.shapes == [(3, 3, 1, 2), (2,)] and model.parameters == 20
    random = np.random.default_rng(0)
    images = random.random((1, 5, 6, 1), "float32")
    weights = [random.random(shape, "float32") for shape in model.shapes]
    expected = layers.Conv2D(2, 3, padding="same")
    expected.build((None, None, None, 1))
    expected.set_weights(weights)
    np.testing.assert_allclose(model.scores(images, weights), expected(images), rtol=1e-5)
    before = model.scores(images)
    np.testing.assert_allclose(model.scores(images), before)  # its own weights are back
    with pytest.raises(Wrong, match="other shapes"):
        model.scores(images, weights[:1])


def test_layers_are_told_where_they_can_be_known():
    assert [kind for kind, _ in answers(f=functional).model("f", 2).layers] == ["Conv2D"]
    assert answers(f=Subclassed).model("f", 2).layers == []
    assert answers(f=unbuilt).model("f", 2).scores(np.zeros((1, 4, 4, 1))).shape == (1, 4, 4, 2)


def test_a_model_that_does_not_know_its_images_is_told_how_to():
    class Idle(Model):
        def call(self, images):
            return images

    answers(f=functional).model("f", 2).expect_weights()
    with pytest.raises(Wrong, match="Begin it with `keras.Input"):
        answers(f=unbuilt).model("f", 2).expect_weights()
    with pytest.raises(Wrong, match="Call a subclassed model on an image"):
        answers(f=lambda classes: Idle()).model("f", 2).expect_weights()


def test_a_lambda_is_never_rebuilt():
    def with_lambda(classes):
        return Sequential([Input((4, 4, 1)), layers.Lambda(lambda x: x * 0)])

    model = answers(f=with_lambda).model("f", 2)
    assert model.model is None and model.layers == []  # it can only be probed where it lives


def test_what_is_no_model_is_told():
    with pytest.raises(Wrong, match="should return a Keras model; yours returns int"):
        answers(f=lambda c: 3).model("f", 2)
    with pytest.raises(Wrong, match="far too many"):
        answers(f=lambda c: Sequential([Input((5000,)), layers.Dense(5000)])).model("f", 2)
    with pytest.raises(Wrong, match="cannot take images of shape"):
        answers(f=functional).model("f", 2).scores(np.zeros((1, 4, 4, 5)))


def test_images_of_another_size_than_the_model_takes_are_told_with_the_reason():
    def fixed(classes):
        return Sequential([Input((8, 8, 1)), layers.Flatten(), layers.Dense(classes)])

    with pytest.raises(Wrong, match=r"shape \(1, 9, 9, 1\): ValueError: .*expected.* 64.* 81"):
        answers(f=fixed).model("f", 2).scores(np.zeros((1, 9, 9, 1)))


def test_numbers_belong_to_a_student():
    ada, again, other = (
        Answers(LiveNames({}), name, asked.question).numbers for name in ("ada", "ada", "blaise")
    )
    assert ada == again != other and type(ada.size) is int


def test_an_exception_is_told_without_what_tensorflow_adds():
    error = ValueError(
        "{{function_node __wrapped__Mul}} shapes differ: [2] vs. [3] [Op:Mul] name: "
    )
    assert said(error) == "ValueError: shapes differ: [2] vs. [3]."
    assert said(KeyError("a")) == "KeyError: 'a'."
    assert said(StopIteration()) == "StopIteration: no more is said."
