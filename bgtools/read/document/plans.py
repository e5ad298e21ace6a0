"""Tell by its words whether a heading is one of plans: what stands below it is no result.

A heading that speaks of both, such as "Kết quả công tác và nhiệm vụ trọng tâm", is none.
"""

import re

PLAN = re.compile(
    r"phương hướng|nhiệm vụ (?:trọng tâm|chủ yếu|6|sáu|quý|năm|kỳ|tháng)|(?:kỳ|thời gian|năm|quý|tháng) (?:tới|sau)|sắp tới|(?:^\W*|(?:và|các|những|một số)\s|[,;]\s)định hướng(?! (?:công tác )?(?:thông tin|dư luận|tuyên truyền|báo chí|nội dung))|định hướng (?:phát triển|công tác|nhiệm vụ|hoạt động|thời|trong|đến|tới|giai|năm|\d)|"
    r"dự (?:kiến|định)|phấn đấu|trọng tâm (?:6|sáu|quý|năm|kỳ|tháng|công tác (?:6|sáu|quý|năm))|chương trình công tác (?:6|sáu|quý|năm)|"
    r"kế hoạch (?:công tác )?(?:6|sáu|quý|năm|kỳ|tháng)|(?:việc|nội dung|nhiệm vụ|chỉ tiêu) (?:sẽ|cần|phải)|^\W*(?:mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|kiến nghị|đề xuất)",
    re.IGNORECASE,
)
RESULT = re.compile(r"kết quả|tình hình|đánh giá|hoàn thành|đã |^thực hiện", re.IGNORECASE)
WISH = re.compile(r"dự (?:kiến|định)|phấn đấu", re.IGNORECASE)
OPENING = re.compile(
    r"(?:(?:những|các|một số)\s)?(?:kết quả|tình hình (?:thực hiện|hoạt động|chung|kết quả))\b", re.IGNORECASE
)
AHEAD = re.compile(r"cần|phải|sẽ|tới\b|dự kiến|phấn đấu|mong đợi|nhiệm vụ (?:tiếp|kỳ)", re.IGNORECASE)
NUMBER = re.compile(r"^\W*(?:phần\s)?(?:[IVX]+|\d+|[a-zđ])[.):\s]", re.IGNORECASE)


def of_plans(heading):
    """Tell whether a heading is one of plans.

    Examples
    --------
    >>> [of_plans(text) for text in ("II. Nhiệm vụ trọng tâm 6 tháng tới", "Kết quả thực hiện nhiệm vụ năm", "Bưu chính")]
    [True, False, False]
    """
    words = NUMBER.sub("", heading).strip()
    return bool(PLAN.search(words) and not RESULT.search(words))


def lasting(heading):
    """Tell whether a heading is that of a whole part of plans, and does not only speak of something that is aimed at.

    Examples
    --------
    >>> [lasting(text) for text in ("Nhiệm vụ trọng tâm 6 tháng tới", "Phấn đấu vì sự hài lòng của người dân")]
    [True, False]
    """
    return of_plans(heading) and of_plans(WISH.sub("", heading))


def of_results(heading):
    """Tell whether a heading surely opens results, even behind plans: they may be to "hoàn thành" and to "đánh giá".

    Examples
    --------
    >>> [of_results(text) for text in ("II. Kết quả đạt được", "Đánh giá các xã", "Kết quả cần đạt", "Bưu chính")]
    [True, False, False, False]
    """
    words = NUMBER.sub("", heading).strip()
    return bool(OPENING.match(words)) and not AHEAD.search(words)
