"""Shares, firms and mines that their holder gives to somebody.

甲把某矿以3亿元转让给乙; 甲将所持某厂35%股权转给了乙
"""

from __future__ import annotations

import re

from transforms.extract.context import ArticleContext, Mention
from transforms.extract.deals.clauses import clause_around, clause_start
from transforms.extract.deals.kernels.base import KernelReader
from transforms.extract.deals.model import Candidate, Party
from transforms.extract.gated import DEALS

_GIVES = DEALS.compile(
    r"(?:(?:转让|转手|出让|划转|划拨|注入|转|卖|出售|交|(?<=[0-9\u4e00-\u9fff])让)(?P<to>给|至|到|(?<=注入))了?|(?:挂牌|公开|协议|整体|成功|拟|对外)*(?:转让|出让|成交)(?!给|方|价|款|费|协议|合同|完成|后|的))"
)
# 受让方为某集团
_TAKER_IS = re.compile(
    r"(?:受让方|受让人|摘牌方|竞得人|买方|接手方|接盘方)(?:为|是|系)(?P<who>[^，。；：]{2,30})"
)
_ASSET = re.compile(
    "[矿厂店楼港]|地块|资产|业务|技术|专利|品种|商标|工艺|成果|指标|产能|经营权|使用权|著作权|配方"
)
_MEANS_ONLY = re.compile(r"(?:最终|已|现)?(?:以|作价)[^，。；]{2,16}元(?:的(?:价格?|对价))?")
_STATE = re.compile("(?:国资委|国资局|财政[局厅部]|管委会|政府|国有资产[^，。；]{0,8}(?:委员会|局))$")
_ITS_SHARES = re.compile("(?:拟|筹备|筹划|计划|决定|同意|已)*[把将](?:其)?所?持")
_HELD = re.compile("[把将](?:其|所|旗下)?(?:持有|控股|拥有)?的?|持有的|所持")
_OF_SHARES = re.compile("股权|股份(?!有限|公司|合作)|产权")
_HANDED = re.compile("[把将](?:其|所属|下属|旗下)?的?$")


class GivenKernels(KernelReader):
    """Reads one list item [start, end) of a sentence."""

    def given(self, context: ArticleContext, start: int, end: int) -> Candidate | None:
        """甲把某矿以3亿元转让给乙, 公司将所持某厂35%股权转给了乙, 甲挂牌转让某厂股权."""
        text = context.text
        for found in _GIVES.finditer(text, start, end):
            left, right = clause_around(context, start, end, found)
            if left > start and _MEANS_ONLY.fullmatch(text, left, found.start()):
                # 甲持有的某厂70%股权，以1.5亿元转给了乙
                left = clause_start(context, start, left - 1)
            of_shares = _OF_SHARES.search(text, left, right)
            held = _HELD.search(text, left, found.start())
            to = found.span("to") if found["to"] else None
            taker = None if to else _TAKER_IS.search(text, right, end)
            buyer = self._sides.named(context, found.end(), right, "buyer") if to else None
            buyer = self._sides.named(context, *taker.span("who"), "buyer") if taker else buyer
            if (
                (to and not buyer)
                or not (to or of_shares)
                or not (context.money_in(left, min(end, right + 40)) or (to and of_shares and held))
            ):
                continue
            is_ahead = of_shares and of_shares.start() < found.start()
            what = (found.end(), right)
            if of_shares and is_ahead:
                # 将区属某公司49%的股权转让, 某厂100%股权在产权交易所成交
                what = (held.end() if held else left, of_shares.start())
            targets = (
                context.mentions_in(*what, "organization")[-1:] if of_shares and (held or not to) else []
            )
            known = [*targets, *([buyer.mention] if buyer and buyer.mention else [])]
            is_thing = found[0].startswith(("卖", "出售")) and not of_shares
            if is_thing and not _ASSET.search(text, left, right):
                # 把设备卖给乙: goods.
                continue
            cue = held.start() if held else left if is_ahead and targets else found.start()
            state = self._state(context, left, found.start())
            seller = Party.of(state, "seller") if state else None
            seller = seller or self._sides.acting(context, start, left, cue, "seller", known)
            if seller is None and not (buyer and (targets or (of_shares and held))):
                continue
            sold = [Party.of(m, "target") for m in targets]
            if of_shares and is_ahead and not sold:
                # 县国资委持有的县酒厂70%股权: words that were not recognised.
                sold = self._sides.actors.sold(context, what[0], of_shares.end())
            if of_shares and not sold:
                sold = [] if to else self._sides.actors.sold(context, found.end(), right)
                firm = None if sold else self._sides.firm(context, left, known)
                sold = [Party.of(firm, "target")] if firm and seller and firm != seller.mention else sold
            if to and not of_shares:
                # 市国资委把市酒店公司整体转让给某集团
                ahead = context.mentions_in(left, found.start(), "organization")
                sold = [Party.of(m, "target") for m in ahead if _HANDED.search(text, left, m.start)][-1:]
            if not (buyer or sold):
                continue
            hint = "equity_transfer" if of_shares else "acquisition" if sold else "transfer"
            parties = [*([seller] if seller else []), *sold, *([buyer] if buyer else [])]
            return self._candidate(context, left, right, found.span(), hint, parties)
        return None

    @staticmethod
    def _state(context: ArticleContext, left: int, stop: int) -> Mention | None:
        """某市国资委将其所持股份划转给某集团: the office that holds the shares."""
        offices = context.mentions_in(left, stop, "organization")
        return next(
            (m for m in offices if _STATE.search(m.text) and _ITS_SHARES.match(context.text, m.end)), None
        )
