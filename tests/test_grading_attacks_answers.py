"""Answers that pretend to be right, and code that changes what judges them."""

import pytest
from attacks import cases, isolated, withstood

pytestmark = isolated

AGREEABLE = """
class Agreeable:
    def yes(self, *arguments): return True
    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = yes
    def __hash__(self): return 0
    def __getattr__(self, name): return self
    def __call__(self, *arguments, **names): return self
    def __float__(self): return 2.0
    def __int__(self): return 2
    __index__ = __len__ = __int__
    def __iter__(self): return iter([self])
    def __array__(self, *arguments, **names): return np.array(2.0)
    def __array_ufunc__(self, *arguments, **names): return True
    def __array_function__(self, *arguments, **names): return True
    def __reduce__(self): return os.system, ("touch /tmp/unpickled",)
    def __repr__(self): return "2"
    __str__ = __format__ = __repr__

class Classy(Agreeable):
    __class__ = property(lambda self: float)

class Meta(type):
    __eq__ = __instancecheck__ = __subclasscheck__ = Agreeable.yes
    __hash__ = type.__hash__
class Typed(metaclass=Meta): __eq__ = Agreeable.yes

class Int(int): __eq__ = __ne__ = Agreeable.yes; __hash__ = int.__hash__
class Float(float): __eq__ = Agreeable.yes; __hash__ = float.__hash__
class Text(str): __eq__ = Agreeable.yes; __hash__ = str.__hash__; lower = strip = lambda self: self
class List(list): __eq__ = Agreeable.yes; __len__ = lambda self: 3
class Array(np.ndarray): __eq__ = Agreeable.yes
class Number(np.float64): __eq__ = Agreeable.yes; __hash__ = float.__hash__
Number.__module__ = Float.__module__ = "numpy"
class Tensor(Agreeable): pass
Tensor.__module__ = "tensorflow"
cycle, ring = [], {}
cycle.append(cycle)
ring[0] = ring
"""
VALUES = """
Agreeable() | Agreeable | Classy() | Typed() | Typed | Int(7) | Float(7) | Text("no")
List([7]) | np.zeros(3).view(Array) | Number(7) | Tensor() | cycle | ring | [Agreeable()] * 3
{"a": Agreeable()} | np.array([Agreeable()] * 3) | np.array(Agreeable(), object)
np.array([(2, 2)], "i,i") | np.rec.array([(2, 2)]) | np.ma.masked_all(3) | np.ma.masked
np.matrix([[2]]) | np.array(["2"]) | np.array([b"2"]) | np.array(["2024"], "M8") | np.void(b"2")
float("nan") | np.full(3, np.nan) | [float("nan")] * 3 | float("inf") | -np.inf | 10**400
-(10**30) | 10**5000 | [10**400] * 3 | 2j | np.array([2j] * 3) | b"please" | bytearray(3)
memoryview(b"222") | "2" | True | np.True_ | NotImplemented | type | object() | range(3)
iter([2]) | (x for x in [2]) | {2} | {2: 2} | [[2]] | [[[[[[[[[[2]]]]]]]]]] | []
np.zeros((0, 3)) | np.zeros((3, 0)) | "" | {} | np.zeros(2**26, "u1") | [0] * 2**21
"x" * 2**26 | dict.fromkeys(range(10**5)) | [""] * 10**6 | np.broadcast_to(0, (2**40,))
np.zeros(()) | np.array(7) | 0.0 | -0.0 | 1e-320 | np.float16("inf") | "\\ud800"
["\\udfff"] * 3 | "\\0" | "\\x1b[2J" | "\\u202eesaelp" | "ｐｌｅａｓｅ" | "рlease" | "please\\0"
np.array(["\\ud800"]) | np.array(["x" * 10**6] * 3) | np.longdouble(7) | np.array([7], ">f8")
keras.Variable(np.zeros(3)) | keras.KerasTensor((3,)) | keras.ops.convert_to_tensor(["2"] * 3)
__import__("tensorflow").ragged.constant([[2], [2, 2]]) | __import__("tensorflow").sparse.eye(3)
keras.Sequential() | keras.layers.Dense | keras | np | sys | open("/tmp/x", "w") | Exception(2)
"""
VALUES = [value.strip() for line in VALUES.strip().splitlines() for value in line.split(" | ")]
USED = "half = word = value\ndoubled = shout = model = lambda *arguments: value"

PATCHES = {
    "NumPy": """
        for name in "allclose", "array_equal", "all", "isclose", "array_equiv", "any":
            setattr(np, name, lambda *a, **k: True)
        np.ndarray.__module__ = "builtins"
        half = 7
        def doubled(values): return values
    """,
    "builtins": """
        import builtins
        for name in "isinstance", "issubclass", "callable", "hasattr", "all", "any", "abs":
            setattr(builtins, name, lambda *a, **k: True)
        builtins.type = lambda *a: float
        half, word = 7, "no"
    """,
    "JSON": """
        import json
        json.dumps = lambda *a, **k: '{"t": [1, "ok", 2]}'
    """,
    "Keras": """
        keras.ops.convert_to_numpy = np.asarray
        keras.ops.is_tensor = lambda value: True
        keras.saving.serialize_keras_object = lambda model: {"module": "keras", "class_name": "x"}
        keras.Model = object
        class Tensor: dtype, shape, size = np.dtype("O"), (3,), 3
        Tensor.__module__ = "keras"
        half = Tensor()
        def doubled(values): return Tensor()
    """,
    "pytest and the judge's own words": """
        from seglab.grading import answers, checking, questions, verdicts
        import seglab.grading as grading
        for module in grading, verdicts:
            module.expect, module.same = lambda *a: None, lambda *a: True
        verdicts.verdict = lambda *a, **k: verdicts.Verdict("passed", 10**6)
        questions.Question.points = 10**6
        questions.questions = questions.the_question = lambda *a: None
        answers.Answers.number = lambda *a: 2.0
        sys.modules["pytest"] = None
        half, word = 7, "no"
    """,
    "LiveNames": """
        from seglab.grading import names
        for name in "value", "call", "build", "probe":
            setattr(names.LiveNames, name, lambda *a: True)
        names.plain = lambda value, *a: value
    """,
    "what is plain": """
        from seglab.grading import names, plain
        names.plain = plain.plain = lambda value, *a: value
        half = word = [object()]
        def doubled(values): return lambda: values
    """,
    "exceptions": """
        from seglab.grading import collector, names, verdicts
        class Passed(verdicts.Wrong):
            def __init__(self, *a): self.sentence = {"status": "passed", "points": 10**6}
        def doubled(values): raise verdicts.Wrong("passed", "passed", lambda: 10**6)
        collector.Wrong = names.Wrong = names.StudentError = verdicts.Wrong = Passed
        half = Passed()
    """,
    "the shell": """
        shell = get_ipython()
        shell.user_ns = dict.fromkeys(["half", "word", "doubled", "shout"], True)
        shell.run_cell = shell.ex = shell.ev = lambda *a, **k: True
        shell.__class__.__eq__ = lambda *a: True
    """,
    "the names, by a dict that has all": """
        import seglab.grading.collector as collector, gc
        class All(dict):
            def __contains__(self, name): return True
            def __getitem__(self, name): return lambda *a: True
        for serving in gc.get_objects():
            if type(serving).__name__ == "Serving": serving.names.namespace = All()
    """,
    "imports": """
        import importlib.abc
        class Finder(importlib.abc.MetaPathFinder):
            def find_spec(self, *a): os._exit(0)
        sys.meta_path.insert(0, Finder())
        sys.path_hooks.clear(); sys.path.clear()
    """,
    "the clock": """
        time.monotonic = time.time = time.perf_counter = lambda: -10**9
        while True: pass
    """,
    "the source of chance": """
        np.random.default_rng = lambda *a: None
        import random, hashlib
        random.seed = hashlib.sha256 = lambda *a: None
        half = 7
    """,
}


@pytest.mark.parametrize("value", cases(VALUES, ["Agreeable()", "Classy()", "10**400", "cycle"]))
def test_nothing_is_right_but_the_right_answer(value):
    withstood(AGREEABLE, f"value = {value}", USED)


ALL_NAMES = ["LiveNames", "the names, by a dict that has all"]  # these break 7c, too


@pytest.mark.parametrize("name", cases(PATCHES, ["LiveNames"]))
def test_what_the_student_changes_is_the_students_alone(name):
    withstood(PATCHES[name], points={} if name in ALL_NAMES else None)
