"""What is true of a finite sequence: equality where the edges are not felt, before and after."""

from dataclasses import replace

from symbolic_equiv.family.neighbourhoods.sequence import NEIGHBOURHOOD as WITH_EDGES

NEIGHBOURHOOD = replace(
    WITH_EDGES,
    name="sequence-interior",
    title="finite sequence, inside",
    says="The same, claimed at the tokens i where neither N(i) nor N(i − y) is cut off by an edge.",
    interior=True,
)
