import json

from docket.runtime.reply_size import envelope_bytes, to_json


def test_json_is_compact_utf_8():
    assert to_json({"имя": ["é", 1]}) == '{"имя":["é",1]}'


def test_a_lone_surrogate_stays_escaped():
    text = to_json({"name": "a\ud800"})

    text.encode()
    assert json.loads(text) == {"name": "a\ud800"}


def test_the_envelope_size_is_that_of_lambda():
    value = {"text": 'a "quoted" \\ word\n', "more": "Счёт"}
    body = to_json(value)
    envelope = json.dumps({"body": body}, ensure_ascii=False).encode()

    assert envelope_bytes(value) == len(envelope) - len(b'{"body": }')
