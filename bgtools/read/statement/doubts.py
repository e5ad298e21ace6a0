"""Why a statement is not entered: every doubt that a person is asked about, in words.

A doubt is a message of its own, so that all who show it say the same. Whether there is one is decided elsewhere.
"""

from bgdata.voice import Message

# which number
NOT_WHOLE = Message("more digits, marks or words belong to the number?")
GLUED = Message("a footnote mark, or part of the number?")
WORDS_DIFFER = Message("the number in words is another one?")
SIGN = Message("a minus, or a dash?")
BROKEN = Message("broken notation?")
# which time
WIDER = Message("of a longer time?")
NARROWER = Message("of a shorter time?")
EARLIER = Message("of an earlier time?")
LATER = Message("of a later time?")
TO_DATE = Message("counted up from an earlier day?")
OTHER_BASE = Message("compared with something else than a year before?")
# whose
NATION = Message("of the whole country?")
PLACE = Message("of another place, or of one place only?")
COMPANY = Message("of one body only?")
# as what
PLAN = Message("a plan or a target?")
THRESHOLD = Message("a limit or a rule, not a result?")
COMPARISON = Message("a difference or a multiple?")
PART = Message("a part of it only?")
NEGATED = Message("said not to be so?")
# can it be
OVER_WHOLE = Message("more than all of it?")
JUMP = Message("another order of magnitude than last time?")
UNFITTING = Message("does not go with the numbers that it should add up to or be a share of?")
NOVEL = Message("of something else? It is said in words that no report has used")
RIVALLED = Message("another number of the text may be meant?")


def twice(readings):
    """Say that one fact is printed with two values.

    Parameters
    ----------
    readings : two of (str, str)
        Number and section of each.

    Examples
    --------
    >>> twice([("147", "I.2.2.d"), ("149", "I.2.2.d fn3")]).to("en")
    'printed more than once, not alike: 147 in I.2.2.d, 149 in I.2.2.d fn3'
    """
    (number, section), (other, place) = readings
    return Message(
        "printed more than once, not alike: {number} in {section}, {other} in {place}",
        number=number,
        section=section,
        other=other,
        place=place,
    )


def rivalled(number, section):
    """Ask whether another number of the text is meant, and say which.

    Examples
    --------
    >>> rivalled("15", "I.1").to("en")
    'or is it 15 in I.1?'
    """
    return Message("or is it {number} in {section}?", number=number, section=section)
