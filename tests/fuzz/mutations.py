"""Texts and files that are nearly right: a good one with parts repeated, lost, moved, or put in from a list of evils."""

from hypothesis import strategies as st

LARGEST = 60_000
WORDS = [
    *"0 1 5 . , % / - ( ) [ ] { } < > \" ' ; : | = + * ^ ~ # & \\ \t \n \r \f \x00 \x1b \u00a0 \u202e \ufeff \u0301 \ud800 ½ ５ ² 𝟓 ﷽".split(
        " "
    ),
    *("ước đạt ", "khoảng ", "hơn ", " tỷ", " triệu rưỡi", "5 tới ", "5/9 ", "1.1", "1," + "1" * 30, "9" * 400),
    *("2024-S1", "năm 2024 ", "so với cùng kỳ ", "từ 5 đến 7 ", "ngày 31/02/2024", "I.2.1.a ", "¹", "1e999", "-0", "NaN"),
    *("null", "true", "{}", "[]", '""', "[" * 300, "=1+1", "@SUM(1)", "<script>", "<a", "&#x0;", "<!--", "]]>", "../" * 9),
    *("a" * 3000, "ă" * 200, "(" * 200, "5 " * 400, "| " * 100, "telecom.bts[*]", "sum(", "last_year(", "\r\n\r\n"),
]  # fmt: skip


def mutated(seeds):
    """Return a strategy of texts, or of bytes, that come from one of `seeds` by a few changes."""
    kind = type(seeds[0])
    words = WORDS if kind is str else [word.encode("utf-8", "surrogatepass") for word in WORDS]

    @st.composite
    def change(draw):
        text = draw(st.sampled_from(seeds))
        for _ in range(draw(st.integers(1, 5))):
            start = draw(st.integers(0, len(text)))
            end = min(len(text), start + draw(st.sampled_from([0, 1, 2, 5, 20, 100, 1000])))
            way = draw(st.sampled_from(["put", "lose", "repeat", "move", "letter", "other"]))
            piece = text[start:end]
            if way == "put":
                piece = draw(st.sampled_from(words)) * draw(st.sampled_from([1, 1, 1, 2, 50])) + piece
            elif way == "lose":
                piece = kind()
            elif way == "repeat":
                piece *= min(draw(st.sampled_from([2, 3, 30, 300])), 1 + LARGEST // (len(piece) + 1))
            elif way == "move":
                place = draw(st.integers(0, len(text)))
                piece = text[place : place + len(piece)]
            elif way == "letter":
                piece = (draw(st.characters()) if kind is str else bytes([draw(st.integers(0, 255))])) + piece[1:]
            else:
                piece = draw(st.sampled_from(seeds))[start:end] + piece
            text = (text[:start] + piece + text[end:])[:LARGEST]
        return text

    return change()
