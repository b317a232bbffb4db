"""How a name prints is one for all: the family does not change what the theories have said of it."""

import subprocess
import sys

SCRIPT = """
from symbolic_equiv.theories import attention, language, lora
before = dict(language.TEMPLATES)
from symbolic_equiv.family.catalogue import Catalogue
from symbolic_equiv.family.decide import decide
known = Catalogue()
relative, lora, window = known.encodings["relative-key"], known.adapters["lora"], known.neighbourhoods["window"]
for encoding in known.encodings.values():
    decide(encoding, lora, window, "Z/n")
for adapter in known.adapters.values():
    decide(relative, adapter, window, "Z/n")
changed = {name: form for name, form in before.items() if language.TEMPLATES[name] != form}
raise SystemExit(f"printed otherwise: {changed}" if changed else 0)
"""


def test_no_symbol_of_the_theories_prints_otherwise_after_the_family_was_used():
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
