"""Patterns of page parts, compiled once from `seeds/lookups/page.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from transforms.normalize.characters import CJK
from transforms.normalize.furniture import (
    FOLIO_CHARS,
    SEPARATOR,
    FurnitureVocabulary,
    alternatives,
    boxed,
    loose,
)
from transforms.normalize.names import NAME, SPACE
from transforms.normalize.printed_dates import MONTH_DAY, NUMBER

SCRIPT_LABELS = ("script_leads", "script_labels", "sound_bite_labels")
"""Lists of `page` with what stands in brackets in front of the lines of a script."""
_FEWEST_LABELS = 3
CLOSERS = "”’》）」』】〕\"')"
_SIGNED_CHARS = 40
CREDIT_CHARS = 120


class PageVocabulary(FurnitureVocabulary):
    """Compiled patterns over single lines and paragraphs of a page.

    Args:
        lookups: Parsed lookups; `page` and `persons` must be among them.

    Raises:
        KeyError: `lookups` lacks one of these, or `page` lacks a list.
    """

    def __init__(self, lookups: Mapping[str, Any]) -> None:
        page: Mapping[str, Any] = lookups["page"]
        super().__init__(page)
        names = rf"{NAME}(?:{SEPARATOR}+{NAME})*"
        marks = "".join(re.escape(m) for m in page["byline_marks"])
        by = loose(page["byline_roles"])
        weak = rf"(?<![{CJK}])(?:{alternatives(page['weak_byline_roles'])})(?![{CJK}])"
        self.byline_roles = frozenset(page["byline_roles"])
        self.weak_byline_roles = frozenset(page["weak_byline_roles"])
        # Damage puts a space into a role too.
        damaged = alternatives(page["byline_roles"], between=f"{SPACE}?")
        self.byline_role = re.compile(f"{damaged}|{weak}")
        suffix = alternatives(s for s in page["masthead_suffixes"] if len(s) > 1)
        agency = alternatives(page["agencies"])
        papers = rf"{agency}|[{CJK}]{{0,6}}?(?:融媒体中心|(?:{suffix})(?!体))"
        kinds = alternatives(page["dateline_kinds"])
        role = rf"(?:(?:[{CJK}][{CJK}·]{{1,11}}?)?(?:{damaged})|{weak})"
        self.byline = re.compile(
            rf"^[（(【]?{SPACE}*(?:[{marks}]{SPACE}*)?(?:(?:据|综合)?(?:{agency}){SPACE}*)?(?:{names}{SEPARATOR}+(?={weak}|{damaged}))?"
            rf"(?:{role}(?:{SPACE}*[/／·、+&＋并]?{SPACE}*{role})*{SPACE}*[:：/／|｜]?{SPACE}*(?:{names})?{SEPARATOR}*)+"
            rf"(?:(?:发自)?[{CJK}]{{2,8}}(?:报道|专电)|发自[{CJK}]{{2,10}})?{SPACE}*[）)】]?$"
        )
        self.provided = re.compile(
            rf"(?<={SPACE})(?:图|图片|照片|摄影){SPACE}?[/／:：]{SPACE}?由?[{CJK}]{{2,6}}提供(?=[）)]?$)"
        )
        self.bracketed_names = re.compile(rf"^[（(]{SPACE}*{names}{SPACE}*(?:摄|文|图|供图)?{SPACE}*[）)]$")
        known = rf"[{lookups['persons']['surnames']}][{CJK}]{{1,2}}"
        persons = lookups["persons"]
        surname = persons["surnames"] + persons["rare_surnames"]
        # □ 头条 is marked as an author is; only names tell him.
        self.marked_names = re.compile(
            rf"^[{marks}]{SPACE}*(?:本报|据)?{SPACE}*(?=[{surname}]|[{CJK}]{{1,8}}·|[{CJK}]{SPACE}){names}$"
        )
        sounds = rf"[{persons['transliteration']}]{{2,4}}"
        signed = (
            rf"(?:[{surname}](?:{SPACE}{{0,2}}[{CJK}]){{1,2}}"
            rf"|{sounds}(?:·{sounds})?)"
        )
        # Who signs together is known by one known surname.
        other = rf"[{CJK}](?:{SPACE}{{0,2}}[{CJK}]){{1,2}}"
        between = r"[、 \u3000]+"
        self.signed_names = re.compile(
            rf"[。！？”]{SPACE}*[（(]{SPACE}*(?!全文|公告|后记)"
            rf"({signed}(?:{between}{signed})*|{signed}{between}{other}|{other}{between}{signed}){SPACE}*[）)]$"
        )
        self.surnamed = re.compile(rf"{SPACE}*{signed}(?:{between}{signed})*{SPACE}*")
        self.bare_name = re.compile(
            rf"^(?:[{CJK}]{{2,3}}|[{CJK}]{SPACE}{{1,4}}[{CJK}])(?:{SPACE}+(?:[{CJK}]{{2,3}}|[{CJK}]{SPACE}{{1,4}}[{CJK}]))*$"
        )
        # A head and who wrote on one printed line.
        self.head_author = re.compile(
            rf"(?<=[{CJK}！？”\"）]){SPACE}+(?P<byline>(?:[{marks}]{SPACE}*)?(?:{by}){SPACE}*[:：/／|｜]?{SPACE}*"
            rf"{known}(?:[^。，；！？]{{0,40}})$)"
        )
        slashed = rf"(?<![{CJK}])(?:文[/／]?)?(?:图|摄|摄影){SPACE}*[/／:：]{SPACE}*{names}"
        self.slashed_credit = re.compile(rf"{slashed}$")
        self.photo_credit = re.compile(
            rf"(?:[（(]?(?:本报|新华社|中新社|资料)?(?:特约|通讯员|实习|见习|首席|全媒体|融媒体)?(?:记者|通讯员|实习生|读者|网友|市民|作者|摄影师)?"
            rf"{SPACE}*[:：]?{SPACE}*(?:{names}|{MONTH_DAY}){SPACE}*(?:摄|摄影|摄影报道|图文报道|供图|绘|制图|图)[）)]?|{slashed}|[（(]?(?:资料图片|资料照片|资料图|效果图|图片)[）)]?)[。]?$"
        )
        self.photo_line = re.compile(
            rf"(?:^|(?<=[。！？”\"）（(\s]))(?:[{CJK}]{{0,4}}(?:记者|通讯员|实习生|读者|网友|市民))?{SPACE}*[:：]?{SPACE}*"
            rf"(?:{names}|[{CJK}]{SPACE}{{1,2}}[{CJK}](?=摄))"
            rf"{SPACE}*[/／]?{SPACE}*(?:摄|摄影|供图)[）)〗】]?。?$"
        )
        self.photo_source = re.compile(
            rf"(?:(?<=[。！？ \u3000])|[（(])(?:[{CJK}]{{2,12}}{SPACE}?供图"
            rf"|(?:资料)?(?:图片|照片|图){SPACE}*(?:均?由)?[{CJK}]{{2,12}}提供)[）)]?。?$"
        )
        self.dateline = re.compile(
            rf"^(?:[{marks}]{SPACE}*)?(?P<whole>[【（(\[]?(?P<agency>{papers})?(?P<place>[{CJK}·]{{0,10}}?(?:[（(][{CJK}]{{2,8}}[）)])?)"
            rf"(?P<date>(?:(?:19|20)[0-9]{{2}}年)?{MONTH_DAY})?(?P<kind>{kinds})(?!员)[】）)\]]?"
            rf"(?:{SPACE}*[（(](?P<paren>[^（）()\n]{{1,60}})[）)])?)(?P<tail>[:：]?{SPACE}*)"
        )
        self.report = re.compile(
            rf"^(?P<whole>(?:本报|{agency}|全媒体|融媒体)?(?:{by}){SPACE}*[{CJK} \u3000、]{{2,20}}?(?:从[{CJK}]{{2,12}})?报道)(?P<tail>[:：，]?{SPACE}*)"  # noqa: E501
        )
        self.bracketed_reporter = re.compile(
            rf"[（(]{SPACE}*(?:[{CJK}]{{0,6}}(?:{by})){SPACE}*[:：]?{SPACE}*{names}[^（）()，。\n]{{0,20}}[）)]{SPACE}*\S"
        )
        self.glued_dateline = re.compile(
            rf"(?P<lead>(?:{agency})[{CJK}]{{0,8}}?(?:{MONTH_DAY})?(?:{kinds})){SPACE}*[（(][^（）()\n]{{0,40}}(?:{by})[^（）()\n]{{1,40}}[）)]"
        )
        self.marked_lead = re.compile(
            rf"^[{marks}][^。，；\n]{{5,40}}{SPACE}(?P<lead>(?:{agency})[{CJK}]{{0,8}}?(?:{MONTH_DAY})?(?:{kinds}){SPACE})"
        )
        # ●集中开工 parts a list of works, 又讯 begins what follows a report.
        self.list_part = re.compile(rf"[{marks}]{SPACE}*(?:{alternatives(page['list_parts'])})")
        self.sequel = re.compile(rf"(?:{alternatives(page['sequels'], between=f'{SPACE}?')})[:：]?{SPACE}")
        self.piece_names = frozenset(page["piece_names"])
        pieces = alternatives(page["piece_names"], between=f"{SPACE}?")
        self.piece_label = re.compile(
            rf"^(?:{pieces}|(?:对话|专访|访谈|连线)[{CJK}]{{2,4}})"
            rf"(?:\u3000+|[ \u3000]{{2,}}|{SPACE}(?=[“「]))(?=[“「{CJK}])"
        )
        self.index_heads = frozenset(page["index_heads"])
        self.link_heads = frozenset(page["link_heads"])
        self.picture_heads = frozenset(page["picture_heads"])
        self.brief_heads = frozenset(page["brief_heads"])
        self.brief_name = re.compile(
            f"(?:{alternatives(page['brief_topics'])})(?:{alternatives(page['brief_suffixes'])})"
        )
        self.brief_end = re.compile(rf"^[{CJK}]{{1,4}}(?:{alternatives(page['brief_ends'])})$")
        self.brief_count = re.compile(r"[一二两三四五六七八九十0-9]{1,3}[则条](?:摘登)?$")
        lone = alternatives(page["lone_labels"])
        self.lone_label = re.compile(
            rf"^(?:[【〖\[［](?:{lone})[】〗\]］]|(?:{lone})(?:[：:]|{SPACE}+(?=[今明昨本未0-9])))"
        )
        # ［中标快报］ or 快讯▶ in front of a lone piece of short news.
        name = rf"(?:[{CJK}]{{2,6}})"
        self._lone_brief = re.compile(
            rf"(?:[▲{marks}]{SPACE}*)?[【〖\[［](?P<boxed>{name})[】〗\]］]{SPACE}*"
            rf"|(?P<pointed>{name}){SPACE}?[▶►◎丨]{SPACE}*|[▲{marks}]{SPACE}*(?P<marked>{name})\u3000+"
        )
        self.ad_heads = frozenset(page["ad_words"])
        self.notice_names = frozenset(page["notice_names"])
        self.column_end = re.compile(rf"(?:{alternatives(page['column_suffixes'])})$")
        self.piece_end = re.compile(rf"(?:{alternatives(page['piece_ends'])}|(?<![书登])记)$")
        self.notice_head = re.compile(rf"(?:{alternatives(page['notice_names'])})$")
        self.ad_cue = re.compile(alternatives(page["ad_cues"]))
        self.signatory = re.compile(rf"(?:{alternatives(page['signatories'])})$")
        self.kicker_closer = re.compile(rf"(?:{alternatives(page['kicker_closers'])})[：:]?$")
        self.speaker = re.compile(rf"^(?:{alternatives(page['speaker_labels'])})[：:]")
        self.script_lead = re.compile(boxed(page["script_leads"]))
        self.script_label = re.compile(boxed(word for kind in SCRIPT_LABELS for word in page[kind]))
        self.ad = re.compile(alternatives(page["ad_words"]))
        cont = alternatives(page["continuation_words"])
        self.label = re.compile(rf"^[【\[][{CJK}·]{{2,8}}[】\]]$")
        self.continuation = re.compile(
            rf"[（(【▶►→☞]{SPACE}*(?:{cont})[^（）()\n]{{0,24}}[）)】]?|(?:{cont}){SPACE}*(?:第?{SPACE}*[A-Z]?[0-9一二三四五六七八九十]{{1,3}}{SPACE}*版)[^。\n]{{0,12}}"
        )
        self.editor_note = re.compile(
            rf"^[【（(■●◆]?{SPACE}*(?:{alternatives(page['editor_notes'])})[】）)]?(?:[:：\s\u3000]|$)"
        )
        self.closing_note = re.compile(rf"^[【（(■●◆]?{SPACE}*(?:{alternatives(page['closing_notes'])})")
        self.list_item = re.compile(
            rf"^(?:[（(]?[一二三四五六七八九十]{{1,3}}[）)、.．]|第[一二三四五六七八九十百0-9]{{1,4}}[章节条款项]|[（(]?[0-9]{{1,2}}(?:[）)、．]|\.(?![0-9]))|[{marks}①②③④⑤⑥⑦⑧⑨⑩]|[-—·•]{SPACE}|[一二三四五六七八九]是[{CJK}])"
        )
        self.notice = re.compile(rf"^[{CJK}]{{0,6}}(?:{alternatives(page['notice_keys'])})[：:]")
        self.author_note = re.compile(r"^[（(](?:本文)?作者[^（）()]*[）)]$")
        self.side_note = re.compile(
            rf"^[（(](?:[^（）()]*(?:{alternatives(page['side_notes'])})[^（）()]*|[A-Z、]+|完|续)[）)]$"
        )
        self.lead_time = re.compile(rf"^.{{0,24}}?(?:{alternatives(page['lead_times'])}|{MONTH_DAY})")
        self.end_mark = re.compile(
            rf"[（(](?:(?:据|本报|{agency})[^（）()]{{0,30}}(?:{kinds})|{names}|(?:[^（）()]{{0,8}}(?:{by})){SPACE}*[:：]?{SPACE}*{names}|完|转载自[^（）()]*|作者[^（）()]*)[）)]$"
        )
        self.caption_opener = re.compile(
            rf"^[▼↑↓←→①②③④⑤⑥〖【（({marks}]*{SPACE}*(?:{alternatives(page['caption_openers'])})"
        )
        self.caption_mark = re.compile("^[▲△▼▽↑↓←→↗↘↙↖]")
        self.photographed = re.compile(r"(?:摄|摄影报道|图文报道)[）)]?$")
        self.caption_scene = re.compile(alternatives(page["caption_scenes"]))
        self.subtitle_cue = re.compile(alternatives(page["subtitle_cues"]))
        # 签约项目 and 开工率 name things.
        self.event_cue = re.compile(
            rf"(?:{alternatives(page['event_cues'])})(?!总[数额]|项目|企业|额|率|仪式)"
        )
        self.plain_event = re.compile(
            rf"(?:昨|今|日前|近日|{MONTH_DAY}|{NUMBER}{{1,3}}日).{{0,12}}?(?:{alternatives(page['event_cues'])})$"
        )
        self.event_name = re.compile(rf"^[^，。：“]{{4,}}(?:{alternatives(page['event_names'])})$")
        self.event_inside = re.compile(alternatives(page["event_names"]))
        self.event_start = re.compile(rf"^(?:{alternatives(page['event_cues'])})")
        self.phase_start = re.compile(
            f"^(?:(?:[一二三四五六]|首)[期批座]|(?:{alternatives(page['name_goes_on'])}))"
        )
        self.transitive_end = re.compile(f"(?:{alternatives(page['transitive_ends'])})$")
        self.works_name = re.compile(f"^[^，。：“]{{4,}}(?:{alternatives(page['works_names'])})$")
        self.object_verb = re.compile(rf"(?:{alternatives(page['object_verbs'])})$")
        self.adverb_start = re.compile(
            "^(?:将(?!军)|正式|正在|已经?|再次|再度|顺利|全面|在[^，。]{1,8}(?:举行|举办|召开|开幕)$)"
        )
        self.predicate_start = re.compile(
            rf"^(?:{alternatives([*page['event_cues'], *page['predicate_starts']])})"
        )
        self.anaphor = re.compile(
            rf"^(?:{alternatives([*page['sentence_openers'], *page['sentence_subjects']])})"
        )
        self.titled_author = re.compile(
            rf"^[{CJK}、·（）]{{2,30}}(?:{alternatives(page['author_titles'])}){SPACE}+({NAME})$"
        )
        self.never_last = re.compile(rf"(?:{alternatives(page['never_last'])})$")
        self.never_first = re.compile(rf"^(?:{alternatives(page['never_first'])})")
        self.paragraph_opener = re.compile(
            rf"^(?:[“‘「]|{NUMBER}{{1,4}}[年月日]|(?:{alternatives(page['paragraph_openers'])})|"
            rf"[{CJK}]{{2,8}}(?:说|指出|强调|表示|介绍|认为|透露|要求|坦言|告诉)[，：。“记])"
        )
        self.event_count = re.compile(
            rf"[0-9一二两三四五六七八九十百]{{1,4}}余?[个家项份名位]\S{{2,8}}(?:{alternatives(page['count_ends'])})$"
        )
        self.sentence_connector = re.compile(rf"^(?:{alternatives(page['sentence_connectors'])})")
        self.sentence_subject = re.compile(
            rf"^(?:{alternatives(page['sentence_subjects'])}|[{CJK}]{{1,3}}方[愿将])"
        )
        self.traditional = re.compile(f"[{page['traditional_characters']}]")
        self.openers = tuple(page["sentence_openers"])

    def is_byline(self, line: str) -> bool:
        """Whether a line names authors or photographers and nothing else."""
        if len(line) > 80 or any(c in line for c in "。，！？"):
            return False
        if self.is_piece_name(line) or self.is_brief_head(line):
            return False
        line = self.provided.sub("", line).rstrip()
        return bool(
            self.byline.match(line) or self.marked_names.match(line) or self.bracketed_names.match(line)
        )

    def is_piece_name(self, line: str) -> bool:
        """Whether a line says what kind of piece stands below it, such as 社论."""
        return len(line) < 20 and "".join(self.mark.sub("", line).split()) in self.piece_names

    def is_index_head(self, line: str) -> bool:
        """Whether a line heads a list of what the paper holds."""
        return len(line) < 20 and "".join(self.mark.sub("", line).split()) in self.index_heads

    def is_brief_head(self, line: str) -> bool:
        """Whether a line heads a row of short news."""
        if len(line) >= 20:
            return False
        name = self.brief_count.sub("", re.sub(r"[\W_丨]", "", line))
        if name in self.brief_heads:
            return True
        return self.brief_name.fullmatch(name) is not None or self.brief_end.match(name) is not None

    def lone_brief(self, text: str) -> int | None:
        """Where the name of short news ends that stands in the first line of a lone piece of it."""
        found = self._lone_brief.match(text)
        name = found and (found["boxed"] or found["pointed"] or found["marked"])
        return found.end() if found and name and self.is_brief_head(name) else None

    def is_script(self, texts: Iterable[str]) -> bool:
        """Whether lines or paragraphs of a page are a broadcast's script: labels with a lead among them."""
        labelled = [text for text in texts if self.script_label.match(text)]
        return len(labelled) >= _FEWEST_LABELS and any(map(self.script_lead.match, labelled))

    def is_lead(self, line: str) -> bool:
        """Whether a line is a dateline and nothing else, such as 本报讯."""
        found = self.find_dateline(line) if len(line) <= 60 else None
        return found is not None and found.end() == len(line)

    def is_signed(self, text: str) -> bool:
        """Whether brackets behind the last sentence say who wrote, or that the text ends."""
        found = self.end_mark.search(text, max(0, len(text) - _SIGNED_CHARS))
        return found is not None and text[: found.start()].rstrip().endswith(("。", "！", "？", "”", '"'))

    def find_photo_credit(self, text: str) -> re.Match[str] | None:
        """The end of a text that names its photographer, or says where the picture is from."""
        start = max(0, len(text) - CREDIT_CHARS)
        return self.photo_line.search(text, start) or self.photo_credit.search(text, start)

    def is_photo_line(self, line: str) -> bool:
        """Whether a line closes with its photographer: a caption, or the byline of one."""
        return (
            len(line) <= FOLIO_CHARS
            and line.rstrip("）)。")[-1:] in "摄影图"
            and self.photo_line.search(line) is not None
        )

    def is_photo_byline(self, line: str) -> bool:
        """Whether a line names a photographer and nothing else."""
        return self.is_photo_line(line) and self.is_byline(line)

    def find_dateline(self, text: str) -> re.Match[str] | None:
        """The dateline a story begins with: an agency, a day, or a bracketed place with 讯 or 电."""
        found = self.dateline.match(text)
        if found and (
            found["agency"]
            or found["date"]
            or (len(found["place"]) > 1 and (found["paren"] or found["whole"][0] in "【（[("))
        ):
            return found
        return None

    def opens_report(self, text: str) -> bool:
        """Whether a text begins as a report does: dateline, 本报记者某某报道, or the reporter in brackets."""
        opener = self.find_dateline(text) or self.report.match(text) or self.bracketed_reporter.match(text)
        return opener is not None
