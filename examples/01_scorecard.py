"""A scorecard of a table of one's own: two figures, their targets, and a check.

Run it with `python examples/01_scorecard.py`.
"""

import sndstats as snd

table = {
    "id": ["R1", "R2", "P1", "P2"],
    "name": ["firms registered", "firms in total", "firms to register", "firms in total"],
    "unit": ["firms", "firms", "firms", "firms"],
    "kind": ["flow", "stock", "flow", "stock"],
    "actual": [900.0, 5_200.0, None, None],
    "actual_half_width": [0.0, 50.0, None, None],
    "baseline_id": [None, None, "R1", "R2"],
    "target": [None, None, 1_000.0, 6_500.0],
    "target_half_width": [None, None, 0.0, 50.0],
    "bound": ["eq", "eq", "ge", "goal"],
    "better": [None, None, "higher", "higher"],
}
checks = {"id": ["C1"], "kind": ["sum"], "members": ["R2 P1 P2"]}

card = snd.scorecard(table, checks)
print(card)

record = card.to_dict()["findings"][0]
print(record["verdict"])
assert record["verdict"] == "not reconcilable as printed"  # 5,200 + 1,000 is 6,200 +- 50, not 6,500 +- 50
