"""Every sentence that the commands say, Vietnamese and English side by side."""

import os
import signal
from difflib import get_close_matches
from functools import partial

SENTENCES = {
    # what was asked for
    "did_you_mean": ("Có phải là {names}?", "Did you mean {names}?"),
    "known": ("Có: {names}.", "Known: {names}."),
    "unknown_notebook": ('Không có sổ tay "{name}". {hint}', 'Notebook "{name}" is unknown. {hint}'),
    "unknown_period": (
        'Gói số liệu không có kỳ "{name}". {hint}',
        'Period "{name}" is not in the data package. {hint}',
    ),
    "not_a_period": (
        '"{name}" không phải là mã kỳ báo cáo. Cách viết: 2024-S1 (6 tháng), 2024-Q3 (quý), '
        "2024-M05 (tháng), 2024-A1 (năm).",
        '"{name}" is not a period. Write it as SDMX does: 2024-S1 (half-year), 2024-Q3 (quarter), '
        "2024-M05 (month), 2024-A1 (year).",
    ),
    "unknown_parameter": (
        'Sổ tay {notebook} không có tham số "{name}". {hint}',
        'Notebook {notebook} has no parameter "{name}". {hint}',
    ),
    "reserved_parameter": (
        'Tham số "{name}" được đặt bằng {way}, không phải bằng -p.',
        'Parameter "{name}" is set by {way}, not by -p.',
    ),
    "bad_value": (
        'Giá trị của tham số "{name}" có ký tự điều khiển: {value}.',
        'The value of parameter "{name}" has control characters: {value}.',
    ),
    "one_period_in_place": (
        "--in-place chỉ nhận một kỳ báo cáo và không nhận -p, --lang en, --dry-run.",
        "--in-place takes one period at most, and neither -p nor --lang en nor --dry-run.",
    ),
    # the folder and its notebooks
    "no_notebooks": ("Không có sổ tay nào (*.ipynb) trong {folder}.", "There are no notebooks (*.ipynb) in {folder}."),
    "not_a_notebook": (
        "{path} không phải là sổ tay Jupyter (nbformat 4): {why}.",
        "{path} is not a Jupyter notebook (nbformat 4): {why}.",
    ),
    "parameters_unreadable": (
        "{notebook}: ô tham số chỉ được gán chuỗi ký tự, mỗi dòng một tham số, nhưng có: {why}.",
        "{notebook}: the parameters cell may only assign strings, one per line, but has: {why}.",
    ),
    "cannot_write": (
        "Không ghi được vào {path}: {why}. Kết quả trước đó được giữ nguyên.",
        "Cannot write to {path}: {why}. What was there is unchanged.",
    ),
    "locked": (
        "Một lượt chạy khác đang làm việc trong thư mục này ({holder}). Hãy đợi nó xong rồi chạy lại.",
        "Another run is at work in this folder ({holder}). Wait until it is done, then run again.",
    ),
    # what happened to a notebook
    "timed_out": (
        "chưa xong sau {seconds} giây và đã bị dừng (--timeout)",
        "not finished after {seconds} seconds and stopped (--timeout)",
    ),
    "kernel_died": ("tiến trình tính toán đã dừng đột ngột ({how})", "its kernel stopped suddenly ({how})"),
    "kernel_absent": ("không khởi động được tiến trình tính toán: {why}", "its kernel did not start: {why}"),
    "worker_died": (
        "tiến trình điều khiển đã dừng đột ngột ({how})",
        "the process that ran it stopped suddenly ({how})",
    ),
    "by_signal": ("tín hiệu {name}", "signal {name}"),
    "by_memory": ("tín hiệu {name}, có thể do hết bộ nhớ", "signal {name}, perhaps for want of memory"),
    "by_status": ("mã thoát {status}", "exit status {status}"),
    "figure_taken": (
        "hình {path} đã do sổ tay {other} tạo ra; mỗi hình cần một tên riêng",
        "figure {path} is already made by {other}; each figure needs a name of its own",
    ),
    "not_run": ("chưa chạy (--fail-fast)", "not run (--fail-fast)"),
    # progress and summary
    "running": ("các sổ tay", "notebooks"),
    "left": ("còn khoảng {time}", "about {time} left"),
    "done_line": ("xong   {what}  {seconds}", "done   {what}  {seconds}"),
    "failed_line": ("lỗi    {what}  {seconds}", "FAILED {what}  {seconds}"),
    "failure": ("{what}, ô {cell}: {name}: {message}", "{what}, cell {cell}: {name}: {message}"),
    "failure_nowhere": ("{what}: {message}", "{what}: {message}"),
    "summary": (
        "Sổ tay: {done} chạy xong, {fresh} còn mới, {failed} lỗi; {seconds}.",
        "Notebooks: {done} done, {fresh} fresh, {failed} failed; {seconds}.",
    ),
    "results": ("Hình: {figures}; bản đã chạy: {build}.", "Figures: {figures}; executed copies: {build}."),
    "look": (
        "Bản đã chạy của sổ tay lỗi cho thấy chỗ dừng: {path}.",
        "The executed copy shows where it failed: {path}.",
    ),
    "interrupted": (
        "Đã dừng theo yêu cầu; kết quả trước đó được giữ nguyên.",
        "Interrupted; earlier results are unchanged.",
    ),
    "in_place_done": ("Sổ tay đã ghi lại trong notebooks/: {count}.", "Rewritten in notebooks/: {count}."),
    # why a notebook is stale
    "would_run": ("sẽ chạy  {what}  ({last})  {why}", "would run  {what}  ({last})  {why}"),
    "is_fresh": ("còn mới  {what}", "fresh      {what}"),
    "last_time": ("lần trước {seconds}", "last time {seconds}"),
    "never": ("chưa chạy lần nào", "never run"),
    "failed_before": ("lần trước bị lỗi", "failed last time"),
    "forced": ("theo yêu cầu (--force)", "asked for (--force)"),
    "source_changed": ("sổ tay đã thay đổi", "the notebook has changed"),
    "parameters_changed": ("tham số đã thay đổi", "its parameters have changed"),
    "code_changed": ("bgdata đã thay đổi: {what}", "bgdata has changed: {what}"),
    "versions_changed": ("phiên bản đã thay đổi: {what}", "versions have changed: {what}"),
    "output_missing": ("thiếu {path}", "{path} is missing"),
    "output_edited": ("{path} đã bị sửa", "{path} was edited"),
    "and_more": ("và {count} thay đổi khác", "and {count} more"),
    # the package
    "package_sound": ("Gói số liệu hợp lệ.", "The data package is valid."),
    "rule_contradicts": ("Mâu thuẫn", "Contradicts"),
    "rule_accepted": ("Mâu thuẫn đã được chấp nhận", "Contradicts, accepted"),
    "rule_cannot_tell": ("Chưa kết luận được", "Cannot tell"),
    "rule_holds": ("Khớp", "Holds"),
    "could_be": ("Có thể sửa thành: {mend}", "Could be mended: {mend}"),
    "accepted_because": ("Đã chấp nhận: {reason}", "Accepted: {reason}"),
}


def speaker(lang):
    """Return the function that says a sentence in one language: ``say(key, **values)``.

    Examples
    --------
    >>> speaker("en")("by_status", status=7)
    'exit status 7'
    >>> speaker("vi")("by_status", status=7)
    'mã thoát 7'
    """
    return partial(_say, 0 if lang == "vi" else 1)


def _say(column, key, /, **values):
    return SENTENCES[key][column].format(**values)


def hint(name, known, say):
    """Name the near matches of `name`, or all that is known.

    Examples
    --------
    >>> hint("telecon", ["post", "telecom"], speaker("en"))
    'Did you mean telecom?'
    """
    near = get_close_matches(name, known)
    return say("did_you_mean", names=", ".join(near)) if near else say("known", names=", ".join(known) or "-")


def ending(status, say):
    """Say how a process ended, from its exit status (negative: the signal's number).

    Examples
    --------
    >>> ending(-11, speaker("en"))
    'signal SIGSEGV'
    """
    if status is not None and status < 0:
        return say("by_memory" if -status == 9 else "by_signal", name=signal.Signals(-status).name)
    return say("by_status", status=status)


def locale_language(environ=os.environ):
    """Return "vi" where the locale is Vietnamese, else "en".

    Examples
    --------
    >>> locale_language({"LANG": "vi_VN.UTF-8"}), locale_language({"LC_ALL": "C", "LANG": "vi_VN"})
    ('vi', 'en')
    """
    locale = next((environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environ.get(name)), "")
    return "vi" if locale.startswith("vi") else "en"
