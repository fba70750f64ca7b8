"""Rows that a rule reads by its words and that tell no deal: talks of offices, sums of works, players."""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext
from transforms.extract.deals.model import Candidate, Party

# 结为友好城市, 达成共识: the talks are about something that stands afterwards.
_AGREED = re.compile("友好|友城|姊妹|结[为成]|缔结|意向|共识|议定|商定")
_OFFICES = frozenset({"government", "party", "military", "media"})
_UNION = re.compile("(?:部|委|局|厅|署|盟|约|国|组织|联盟|委员会|议会)$")
# 新线铺轨674公里，投产821公里
_SUM = re.compile("了?[0-9.]+[余多]?(?:公里|千米|万?平方米|处|座|台|公顷|万?亩)")
# 在6个小区竣工安居工程面积56万平方米
_AREA = re.compile("竣工[^，。；]{0,12}?面积[约近达超]*[0-9]")
# 三名球员与某队签约, 转会费800万
_OF_PLAYERS = re.compile("球员|后卫|守门员|转会(?!议)|年薪[0-9约]")
# 甲集团否认了收购乙公司的消息, 甲集团辟谣：没有收购乙公司
_DENIES, _MAX_TO_DEED = re.compile(r"(?:否认|辟谣)[^，。；]{0,16}$"), 18
_TRADES = frozenset({"", "cooperation_agreement", "supply_contract", "acquisition"})
_NAME = re.compile("[“《0-9A-Za-z]|(?:项目|工程)$")


def is_no_deal(context: ArticleContext, candidate: Candidate) -> bool:
    """Whether offices only talk, players change their club, or somebody denies what is said of him."""
    if _is_talk_of_offices(context, candidate) or _is_of_players(context, candidate):
        return True
    cue = candidate.cue[0]
    return _DENIES.search(context.text, max(0, cue - _MAX_TO_DEED), cue) is not None


def _is_talk_of_offices(context: ArticleContext, candidate: Candidate) -> bool:
    """甲国与乙国就某事进行了磋商: offices and states that talk, with no paper and no works in sight."""
    end = context.sentences[context.sentence_at(candidate.end - 1)][1]
    return (
        candidate.stage == "negotiating"
        and candidate.hint == "cooperation_agreement"
        and candidate.title is None
        and all(_is_office(party) for party in candidate.parties)
        and not _AGREED.search(context.text, candidate.start, end)
    )


def _is_office(party: Party) -> bool:
    if party.mention is None:
        return False
    is_place = party.mention.entity_type == "place"
    return is_place or party.mention.subtype in _OFFICES or _UNION.search(party.mention.text) is not None


def _is_of_players(context: ArticleContext, candidate: Candidate) -> bool:
    """甲队以800万英镑从乙队买了后卫: persons who are to play for another club."""
    is_trade = candidate.hint in _TRADES
    return is_trade and _OF_PLAYERS.search(context.text, candidate.start, candidate.end) is not None


def is_sum(context: ArticleContext, candidate: Candidate) -> bool:
    """电气化铁路投产980公里: how much of a kind was built, and no works with a name."""
    begin, end = candidate.title or (0, 0)
    if candidate.hint == "project" and candidate.title is None:
        return _AREA.match(context.text, candidate.cue[0]) is not None
    return (
        candidate.hint == "project"
        and _SUM.match(context.text, candidate.cue[1]) is not None
        and candidate.title is not None
        and not context.mentions_in(begin, end)
        and not _NAME.search(context.text[begin:end])
    )
