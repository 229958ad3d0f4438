"""What `beffroi convert` writes, before the tools that others use: the OASIS STIX validator and PyMISP.

Usage: formats.py BEFFROI ROOT, run by `cargo xtask interop`. Documents of our corpus, and of the shared samples
where they are at hand, are brought over; each result must be taken by its reader, and come back unchanged where
the way back exists. The last line counts: `interop: N passed, N failed, N skipped`.
"""

import json
import pathlib
import subprocess
import sys

from pymisp import MISPEvent, MISPObject
from stix2validator import ValidationOptions, validate_instance

# The validator takes some milliseconds for an object: larger bundles are left to the tests of our own check.
MOST_OBJECTS = 250


class Skipped(Exception):
    """A piece of work that was not done, and was said to be so."""


class Run:
    """Counts what passed and failed."""

    def __init__(self, beffroi):
        self.beffroi = beffroi
        self.passed = self.failed = self.skipped = 0

    def convert(self, to, document, *more):
        """The document in the other format, and what `convert` said on its standard error."""
        command = [self.beffroi, "convert", "--to", to, *more, "-"]
        done = subprocess.run(command, input=document, capture_output=True, check=False)
        if done.returncode != 0:
            raise ValueError(f"convert --to {to} ended with {done.returncode}: {done.stderr.decode()[:300]}")
        return done.stdout

    def case(self, name, work):
        """Does one piece of work and counts it; a reason that is returned is a failure."""
        try:
            why = work()
        except Skipped:
            self.skipped += 1
            return
        except Exception as error:  # whatever a reader throws at us is our failure
            why = f"{type(error).__name__}: {error}"
        if why is None:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}: {str(why)[:600]}")


def stix_faults(bundle):
    """What the validator finds wrong in a bundle: None when nothing."""
    results = validate_instance(bundle, ValidationOptions(version="2.1"))
    faults = [str(error) for result in [results] for error in (result.errors or [])]
    for result in getattr(results, "object_results", None) or []:
        faults += [str(error) for error in (result.errors or [])]
    return None if results.is_valid and not faults else f"the validator refuses it: {faults[:3]}"


def size(bundle):
    """How many objects."""
    return len(bundle.get("objects", []))


def to_stix(run, name, document):
    """A document becomes a bundle that the validator takes."""
    def work():
        bundle = json.loads(run.convert("stix2.1", document))
        if size(bundle) <= MOST_OBJECTS:
            return stix_faults(bundle)
        print(f"SKIPPED {name} to STIX: {size(bundle)} objects are too many for the validator")
        raise Skipped
    run.case(f"{name} to STIX", work)


def and_back(run, name, document, to):
    """A document goes to STIX and comes back as it was."""
    def work():
        back = json.loads(run.convert(to, run.convert("stix2.1", document)))
        return None if back == json.loads(document) else "it does not come back as it was"
    run.case(f"{name} to STIX and back", work)


def loads_in_pymisp(run, name, text):
    """PyMISP takes an event, and says the same of it."""
    def work():
        event = MISPEvent()
        event.from_dict(**json.loads(text)["Event"])
        return None if event.info and event.uuid else "it has no info or no UUID"
    run.case(f"{name} in PyMISP", work)


def documents(folder, pattern="*.json"):
    """Name and bytes of the documents of a folder, if it is there."""
    root = pathlib.Path(folder)
    for path in sorted(root.glob(pattern)):
        yield f"{root.name}/{path.name}", path.read_bytes()


def misp(run, corpus, shared):
    """Events of MISP."""
    events = list(documents(corpus / "misp", "**/*.misp.json")) + list(documents(corpus / "misp/valid"))
    events += list(documents(shared / "samples/misp/events", "*.misp.json"))
    for name, event in events:
        if b'"Event"' not in event[:4096]:
            continue
        to_stix(run, name, event)
        and_back(run, name, event, "misp")
        loads_in_pymisp(run, name, event)
    for name, bundle in documents(shared / "samples/misp/reverse", "*.stix.json"):
        run.case(f"{name} to MISP", lambda bundle=bundle: None if run.convert("misp", bundle) else "nothing came")


def playbooks(run, corpus):
    """Playbooks of CACAO."""
    for name, playbook in documents(corpus / "cacao/valid"):
        to_stix(run, name, playbook)
        and_back(run, name, playbook, "cacao")

        def work(playbook=playbook):
            found = json.loads(run.convert("misp", playbook))
            carrier = MISPObject(found["name"], strict=False)
            carrier.from_dict(**found)
            return None if carrier.attributes else "it has no attributes"
        run.case(f"{name} in PyMISP", work)


def main():
    """Every format."""
    run = Run(sys.argv[1])
    root = pathlib.Path(sys.argv[2])
    corpus, shared = root / "corpus", root.parent / "shared"
    for name, bundle in documents(corpus / "stix/valid"):
        run.case(f"{name} itself", lambda bundle=bundle: stix_faults(json.loads(bundle)))
    for name, alert in documents(corpus / "idmef/valid"):
        to_stix(run, name, alert)
    for name, alert in documents(shared / "samples/idmefv2/draft-examples/V8"):
        to_stix(run, name, alert)
        and_back(run, name, alert, "idmefv2")
    misp(run, corpus, shared)
    playbooks(run, corpus)
    for name, advisory in documents(corpus / "csaf/valid"):
        to_stix(run, name, advisory)
    for name, record in documents(corpus / "incident/record"):
        to_stix(run, name, record)
        and_back(run, name, record, "incident")
    print(f"interop: {run.passed} passed, {run.failed} failed, {run.skipped} skipped")
    sys.exit(1 if run.failed else 0)


if __name__ == "__main__":
    main()
