"""What each piece of evidence for and against two accounts counting the same victims adds, in log-odds.

Found by logistic regression on the incidents of `quality/marks/tolls.jsonl` that are for choosing: each account that is
marked there beside each tally that it was compared with, every incident weighing as the root of its rows, held near to
weights that random search had found before (penalty 30 times the squared difference); see `docs/decisions/0013`.
"""

#: The weight of each piece of evidence; a piece without one adds nothing.
WEIGHTS: dict[str, float] = {
    "bias": -5.25,  # what all others must overcome
    "ground": 0.74,  # the score of the grounds
    "same_days": 2.84,  # both give days, and share one
    "same_days_once": 2.48,  # one gives days, the other came out on them
    "same_publication": 2.34,  # neither gives days; they came out within the same few
    "other_days": -0.05,  # both give days, and share none
    "days_apart": -0.83,  # for each day between them then
    "late": 0.95,  # one gives days, the other came out later
    "days_late": -0.33,  # for each day later
    "early": -0.12,  # one gives days, the other came out before
    "days_early": -0.34,  # for each day before
    "other_publication": 0.64,  # neither gives days, and they came out on others
    "days_between": -0.19,  # for each day between
    "undated": -0.5,  # one has no day at all
    "other_status": -0.68,  # civilians and fighters
    "same_culprit": 0.56,  # one culprit
    "other_culprit": -0.5,  # two
    "same_camp": 0.54,  # the dead are of one camp
    "other_camp": -0.37,  # of two
    "act": 0.57,  # an act of one kind
    "chemical_attack": 1.91,  # more, where it is seldom told
    "execution": 1.72,
    "abduction": 1.74,
    "bombing": 0.84,
    "like_act": 0.25,  # acts that reporters use for one another
    "other_act": -0.97,  # acts of other kinds
    "words": 0.11,  # for the information of shared words
    "part": 0.36,  # both count the same part of the people
    "same_calling": 0.62,  # both count medics, or police
    "one_calling": -0.4,  # one does
    "other_calling": -2.01,  # one counts medics, one police
    "one_included": -0.42,  # one tells them as some of others
    "copy": 0.81,  # one document copies the other
    "mains": 0.28,  # both are what their documents are about
    "one_main": 0.24,  # one is
    "documents": 0.28,  # for the logarithm of how many documents count them
    "equal": 0.79,  # a number in common
    "telling": 1.07,  # for how telling it is
    "more": -1.39,  # for the logarithm of how far the later number lies above
    "fewer": -1.21,  # or below
    "vague": 0.47,  # one says "dozens"
    "not_vague": -1.63,  # and the other number is not of them
    "other_number": 0.28,  # no number in common
    "other_number_fine": 1.12,  # the same, on one small ground
    "other_number_wide": -0.5,  # the same, on wide ground
    "other_number_mains": 0.23,  # the same, of what both documents are about
    "other_number_calling": -2.0,  # the same, where one counts medics, or police: chosen by hand
    "elsewhere": -1.23,  # the number is told in these documents, or this one, of other victims
    "sibling": 1.36,  # another toll of the passage is of the same documents
    "not_sibling": -0.42,  # of others
    "company": 2.0,  # of tallies told by different documents: each beside one and the same other
    "taken": -3.17,  # the document counts these already, by another number
    "taken_by_another": 0.56,  # the same, where another voice gives it
    "taken_anew": 0.54,  # the same, where nobody else gave this one yet
    "judged": 1000.0,  # a person's word
}
