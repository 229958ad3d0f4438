"""Python libraries for the same work on the same documents: medians of three runs, per second of processor time.

Usage: peers.py ALERT BUNDLE PATTERNS EVENT [SECONDS]; run by `cargo xtask bench formats`.
"""

import importlib.resources
import json
import logging
import pathlib
import statistics
import sys
import time
import warnings

import jsonschema
import pymisp
import stix2
from idmefv2 import Message, SerializedMessage
from misp_stix_converter import InternalSTIX2toMISPParser, MISPtoSTIX21Parser
from stix2matcher.matcher import Pattern as Matcher
from stix2patterns.v21.pattern import Pattern
from stix2validator import ValidationOptions, validate_instance


def rate(work, seconds):
    """How often `work` is done in a second of processor time."""
    count, start = 0, time.process_time()
    while True:
        work()
        count += 1
        spent = time.process_time() - start
        if spent >= seconds:
            return count / spent


def report(name, work, seconds, each=1, what="alerts"):
    """Prints the median of three; one piece of work does `each` things."""
    rates = [rate(work, seconds) * each for _ in range(3)]
    print(f"{name}: {statistics.median(rates):,.0f} {what}/s")


def alerts(path, seconds):
    """The library idmefv2, and the validator below it when it is built only once."""
    raw = pathlib.Path(path).read_bytes()
    payload = SerializedMessage("application/json", raw)
    report("idmefv2 Message.unserialize (parse and validate)", lambda: Message.unserialize(payload), seconds)
    draft = json.loads(raw)["Version"].rpartition("V")[2]
    folder = importlib.resources.files("idmefv2") / "schemas" / "drafts" / "IDMEFv2" / draft
    schema = json.loads((folder / "IDMEFv2.schema").read_text())
    validator = jsonschema.Draft4Validator(schema)
    report("jsonschema, built once, with json.loads", lambda: list(validator.iter_errors(json.loads(raw))), seconds)


def bundles(path, seconds):
    """The validator of OASIS, over the first objects of the bundle."""
    objects = json.loads(pathlib.Path(path).read_text())["objects"][:200]
    options = ValidationOptions(version="2.1")

    def validate():
        for item in objects:
            validate_instance(item, options)
    report("stix2-validator, parsed before", validate, seconds, len(objects), "objects")


def patterns(path, seconds):
    """The parser of OASIS over the patterns, and its matcher over a hundred observations."""
    texts = []
    for case in json.loads(pathlib.Path(path).read_text()):
        try:
            Pattern(case["pattern"])
            texts.append(case["pattern"])
        except Exception:  # what it does not take is not measured
            continue
    report("stix2-patterns, parse", lambda: [Pattern(text) for text in texts], seconds, len(texts), "patterns")
    seen = [observation(at) for at in range(100)]
    for text in ["[ipv4-addr:value = '203.0.113.7']", "[file:name = 'x.dll'] FOLLOWEDBY [ipv4-addr:value = '203.0.113.7']"]:
        matcher = Matcher(text, "2.1")
        report(f"stix2-matcher, {text}", lambda matcher=matcher: matcher.match(seen), seconds, 100, "observed-data")


def observation(at):
    """A bundle with one observed-data of three objects."""
    uuid = f"{at:08x}-1a40-4aa0-b440-000000000000"
    moment = f"2026-01-01T00:{at // 60:02}:{at % 60:02}Z"
    address, traffic, file = (f"{kind}--{uuid}" for kind in ("ipv4-addr", "network-traffic", "file"))
    return {"type": "bundle", "id": f"bundle--{uuid}", "objects": [
        {"type": "observed-data", "spec_version": "2.1", "id": f"observed-data--{uuid}", "first_observed": moment,
         "last_observed": moment, "number_observed": 1, "object_refs": [address, traffic, file]},
        {"type": "ipv4-addr", "id": address, "value": f"10.0.0.{at}"},
        {"type": "network-traffic", "id": traffic, "dst_ref": address, "dst_port": at, "protocols": ["tcp"]},
        {"type": "file", "id": file, "name": f"f{at}.dll", "size": at},
    ]}


def events(path, seconds):
    """misp-stix, from a parsed event to a bundle as text, and from that bundle to an event as text."""
    raw = json.loads(pathlib.Path(path).read_text())
    count = json.dumps(raw).count('"to_ids"')

    def convert():
        parser = MISPtoSTIX21Parser()
        parser.parse_misp_event(raw)
        parser.bundle.serialize()
    report(f"misp-stix (PyMISP {pymisp.__version__}), event to STIX", convert, seconds, count, "attributes")
    parser = MISPtoSTIX21Parser()
    parser.parse_misp_event(raw)
    bundle = parser.bundle.serialize()

    def back():
        reader = InternalSTIX2toMISPParser()
        reader.load_stix_bundle(stix2.parse(bundle, allow_custom=True))
        reader.parse_stix_bundle(single_event=True)
        reader.misp_event.to_json()
    report("misp-stix, STIX to event", back, seconds, count, "attributes")


def main():
    """Measures each library by itself; one that fails is told, and the others go on."""
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    seconds = float(sys.argv[5]) if len(sys.argv) > 5 else 3.0
    for measure, path in zip([alerts, bundles, patterns, events], sys.argv[1:5]):
        try:
            measure(path, seconds)
        except Exception as error:
            print(f"SKIPPED: {measure.__name__}: {type(error).__name__}: {error}")


if __name__ == "__main__":
    main()
