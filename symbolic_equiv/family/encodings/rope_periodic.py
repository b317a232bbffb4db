"""RoPE on a ring, with frequencies that go round with it."""

from dataclasses import replace

from symbolic_equiv.family.encodings import rope

ENCODING = replace(
    rope.ENCODING,
    name="rope-periodic",
    title="RoPE, frequencies 2πk/n",
    says="Rotations by multiples of 2π/n for each step: a homomorphism of Z/n as well.",
    meaning={"rotation": lambda place, p: place.full_rotation(p)},
)
