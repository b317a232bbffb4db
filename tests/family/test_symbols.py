"""The symbols of the family print as themselves and disturb no others."""

import subprocess
import sys

SAME = """
from symbolic_equiv.report.check import check
before = str(check("lora_translation_equivariance"))
from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import Known, decide
everything, known = Catalogue(), Known()
for encoding in everything.encodings.values():
    for adapter in everything.adapters.values():
        decide(encoding, adapter, everything.neighbourhoods["window"], "Z", known)
assert str(check("lora_translation_equivariance")) == before
"""


def test_what_is_printed_elsewhere_stays_the_same():
    done = subprocess.run([sys.executable, "-c", SAME], capture_output=True, encoding="utf-8", timeout=300)
    assert done.returncode == 0, done.stderr
