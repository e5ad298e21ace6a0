"""Say what came of an audit or of filling a draft: a few lines on the terminal, or JSON."""

import json
from collections import Counter

import click

from bgdata.voice import Message, counted
from bgtools.word.checks.remarks import ASK, KINDS, WRONG

SHOWN = 20


def of_audit(found, target, form, lang):
    """Say what came of an audit.

    Parameters
    ----------
    found : bgtools.word.audit.Audit
    target : pathlib.Path
        The copy with the comments.
    form : {"text", "json"}
    lang : {"vi", "en"}
        Of the texts in JSON; else people are spoken to in their own language.
    """
    if form == "json":
        click.echo(json.dumps(_plain(found, target, lang), ensure_ascii=False, indent=1))
        return
    for notice in found.notices:
        click.echo(str(notice), err=True)
    click.echo(str(_summary(found.counts())))
    remarks = [one for one in _all(found) if one.grade == WRONG]
    for remark in remarks[:SHOWN]:
        click.echo(f"  {_section(found, remark)}: {remark.why}")
    if len(remarks) > SHOWN:
        click.echo(str(Message("  ... and {count} more in the copy.", count=len(remarks) - SHOWN)))
    asked = sum(one.grade == ASK for one in _all(found))
    if asked:
        click.echo(str(counted("{count} place to look at.", "{count} places to look at.", count=asked)))
    click.echo(str(Message("Copy with comments: {path}", path=target)))


def _summary(counts):
    return counted(
        "{confirmed} of {count} number confirmed, {wrong} wrong, {unknown} unknown.",
        "{confirmed} of {count} numbers confirmed, {wrong} wrong, {unknown} unknown.",
        count=counts["numbers"],
        **{name: counts[name] for name in ("confirmed", "wrong", "unknown")},
    )


def _all(found):
    yield from (one for place in found.remarks for one in place)
    yield from (one for shown in found.figures for one in shown.remarks)


def _section(found, remark):
    if remark.passage < 0:
        return remark.printed
    return found.manuscript.reading.passages[remark.passage].section or "–"


def _plain(found, target, lang):
    remarks = list(_all(found))
    return {
        "draft": found.manuscript.path.name,
        "copy": str(target),
        "period": str(found.manuscript.period or ""),
        "numbers": found.counts(),
        "kinds": dict(Counter(one.kind for one in remarks if one.grade == WRONG)),
        "remarks": [
            {
                "grade": one.grade,
                "kind": one.kind,
                "kind_label": KINDS[one.kind].to(lang),
                "section": _section(found, one),
                "printed": one.printed,
                "expected": one.expected,
                "why": one.why.to(lang),
                "source": one.source.to(lang) if one.source else "",
                "indicator": one.key[0] if one.key else "",
                "category": one.key[1] if one.key else "",
            }
            for one in remarks
        ],
        "figures": [{"name": shown.name, "state": shown.state} for shown in found.figures],
        "notices": [notice.to(lang) if isinstance(notice, Message) else notice for notice in found.notices],
    }
