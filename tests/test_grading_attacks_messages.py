"""Forged messages to the judge, and hidden inputs that are to be carried out in honest ones."""

import pytest
from attacks import cases, isolated, withstood

pytestmark = isolated

# The judge's connection as an attack finds it, under a wrapper that no library knows of.
SETTING = """
import json, struct, seglab.grading.wire as wire
end = next(int(n) for n in os.listdir("/proc/self/fd")
           if "socket" in str(tried(os.readlink, f"/proc/self/fd/{n}")))
class Connection:
    def sendall(self, data):
        while data: data = data[os.write(end, data):]
judge, send, packed = Connection(), wire.send, wire.packed

def raw(text, data=b""):
    text = text if type(text) is bytes else json.dumps(text).encode()
    judge.sendall(struct.pack(">QQ", len(text), len(data)) + text + data)
"""
# What is written to the judge's connection while a cell is still running.
WRITTEN = {
    "nonsense": "os.write(end, os.urandom(10**5))",
    "nothing but an end": "import socket; socket.socket(fileno=end).shutdown(socket.SHUT_RDWR)",
    "half a message": "os.write(end, packed((4, 'ok', 2))[:20]); time.sleep(1000)",
    "a length without end": "os.write(end, b'\\xff' * 10**6)",
    "a message that drips in": """
        for byte in packed((4, "ok", "x" * 10**5)):
            os.write(end, bytes([byte])); time.sleep(0.05)
    """,
    "a flood of replies": "while True: send(judge, (4, 'ok', 2))",
    "a flood of large replies": "while True: send(judge, (4, 'ok', np.ones(2**24)))",
    "replies before they are asked for": """
        for number in range(1, 50): send(judge, (number, "ok", 2))
        time.sleep(1000)
    """,
    "replies before they are asked for, and then an end": """
        for number in range(4, 50): send(judge, (number, "ok", 2.0))
        os._exit(0)
    """,
    "a failure of the cell": "send(judge, (3, 'wrong', 'nonsense'))",
    "a cell that was not attempted": "send(judge, (3, 'not attempted', ''))",
    "a failure of the next question": "send(judge, (4, 'wrong', 'nonsense'))",
    "a reply to an array of requests": "send(judge, (np.full(3, 3), 'ok', 2))",
    "a reply of all kinds": "send(judge, (3, np.array(['ok', 'wrong']), 2))",
    "a problem of the sandbox": "send(judge, (0, 'broken', 'no namespaces')); raw('no namespaces')",
    "all of the file descriptors": """
        for number in range(256): tried(os.write, number, os.urandom(100))
        import socket, array
        rights = array.array("i", [end] * 50)
        with socket.socket(fileno=os.dup(end)) as connection:
            connection.sendmsg([b"x"], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
    """,
}
# What replies become: `number`, `kind` and `value` of the honest one are there.
REPLIES = {
    "a number that is an array": "(np.full(3, number), kind, value)",
    "a number that is true": "(True, kind, value)",
    "a number that is half one": "(number + 0.5, kind, value)",
    "a huge number": "(10**4000, kind, value)",
    "no number": "(None, kind, value)",
    "a kind that is an array": "(number, np.array(['ok', 'wrong']), value)",
    "a kind that is a list": "(number, ['ok'], value)",
    "a kind that nobody knows": "(number, 'passed', 2)",
    "two parts": "(number, kind)",
    "four parts": "(number, kind, value, 10**6)",
    "a list": "[number, kind, value]",
    "a dict": "{'number': number, 'kind': kind, 'points': 10**6}",
    "a failure without words": "(number, 'wrong', None)",
    "a failure of an array": "(number, 'wrong', np.ones((3, 3)))",
    "a failure of too many words": "(number, 'wrong', 'no' * 10**7)",
    "a failure of terminal signs": "(number, 'wrong', '\\x1b[2J\\ud800\\0\\u202e<script>')",
    "a stub": "(number, 'not attempted', 'ok')",
    "a value in depth": "(number, 'ok', eval('[' * 60 + ']' * 60))",
    "a huge value": "(number, 'ok', 10**4000)",
    "a value of a million parts": "(number, 'ok', [[[]]] * 10**5)",
    "half a character": "(number, 'ok', '\\ud800')",
    "arrays of what is no character": "(number, 'ok', np.array([2**31 - 1], 'u4').view('<U1'))",
    "truth values that are none": "(number, 'ok', np.full(3, 255, 'u1').view('?'))",
    "a model of nothing": "(number, 'ok', (None, [], 10**30))",
    "a model without weights": "(number, 'ok', ('{}', [2], 0))",
    "a model by number": "(number, 'ok', ('[' * 10**5, [], -1))",
    "a model of a thousand models": "(number, 'ok', (['{}'], {}, True))",
}
REPLY = """
def forged(connection, reply):
    number, kind, value = reply
    send(connection, {reply} if number > 5 else reply)
wire.send = forged
"""


@pytest.mark.parametrize("name", cases(WRITTEN, ["a failure of the cell"]))
def test_what_is_written_to_the_judge_counts_for_nothing(name):
    withstood(SETTING, WRITTEN[name], points=SPOILT.get(name))


# A reply too many is taken for the next one's, so these break their own 7c, too.
SPOILT = {"a failure of the cell": {}, "a cell that was not attempted": {}}


@pytest.mark.parametrize("name", cases(REPLIES, ["a number that is an array"]))
def test_a_forged_reply_counts_for_nothing(name):
    forging = REPLY.format(reply=REPLIES[name])
    record = withstood(SETTING, forging, "half, word = 7, 'no'", points={})
    told = "".join(result.sentence + result.got for result in record.results)
    assert told.isprintable() and len(told) < 5_000


REMEMBER = """
seen, word = [], "no"
def doubled(values):
    global word
    seen.append(values.tolist())
    word = str(seen)
    return 2 * values
def shout(text):
    seen.append(text)
    return text.upper()
"""
# When 7d and 7e are judged, hidden inputs of 7b could be known, and told as their answers.
CARRIED = {
    "a value": "",
    "an error": "def model(): raise ValueError(seen)",
    "the name of an error": "def model(): raise type(str(seen), (Exception,), {})",
    "the name of a class": "def model(): return type(str(seen), (), {})()",
    "the shape of a weight": """
        def model():
            units = int(seen[-1][0])
            return keras.Sequential([keras.Input((1,)), keras.layers.Dense(units, use_bias=False)])
    """,
    "an error of a model": """
        class Telling(keras.Model):
            def call(self, images): raise ValueError(seen)
        def model(): return Telling()
    """,
    "a forged failure": """
        def forged(connection, reply):
            wire.send = send
            send(connection, (reply[0], "wrong", f"It was {seen}."))
        def model(): wire.send = forged
    """,
    "a student's name": """
        STUDENT = "ada"
        def model(): global STUDENT; STUDENT = str(seen); return seen
    """,
    "printed text and files": """
        def model():
            print(seen, file=sys.stderr)
            os.write(1, str(seen).encode())
            open("/tmp/seen", "w").write(str(seen))
            sys.exit(str(seen))
    """,
}


@pytest.mark.parametrize("name", cases(CARRIED, ["a forged failure"]))
def test_hidden_inputs_are_not_carried_out(name):
    withstood(SETTING, REMEMBER, CARRIED[name], points={"7b": 5, "7c": 1})


@pytest.mark.slow
def test_hidden_inputs_are_not_carried_out_by_the_size_of_an_answer():
    source = """
    def doubled(values):
        def forged(connection, reply):
            wire.send = send
            send(connection, (reply[0], "ok", [0] * (2**20 + int(values[0]))))
        if len(values) == 2: wire.send = forged
        return 2 * values
    """
    record = withstood(SETTING, source, points={"7b": 3, "7c": 1})
    (sentence,) = (result.sentence for result in record.results if result.question == "7b")
    assert not any(map(str.isdigit, sentence))
