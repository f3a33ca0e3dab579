"""Typing mistakes put into questions that are spelt right, and what they cost.

The mistakes are drawn with a seed: the same question always gets the same one. Each kind is
what a person at a keyboard does; a question that has no place for a kind is left out of it.
"""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import rjieba

from eval.judge import rank_of_gold
from eval.measures import Difference, mean_difference
from eval.questions import Question
from eval.report import align
from eval.run import Search
from kb.language import language
from kb.pinyin import readings, sound

SEED = 20_261_121
DEPTH = 5

# fmt: off
_LOOK_ALIKE = (
    "己已巳", "末未", "土士", "日曰", "人入八", "大太犬", "天夫", "千干于", "午牛", "王玉主",
    "刀力", "折拆", "析折", "拔拨", "历厉", "待侍", "帐账胀", "籍藉", "钩钓", "贷货", "拣捡",
    "检捡", "验检", "侯候", "免兔", "享亨", "治冶", "洒酒", "淮准", "续读", "密蜜", "晴睛",
    "情请清", "辨辩", "微徽", "券卷", "遣遗", "遗遭", "幕慕", "墓暮", "暑署", "斑班", "崇祟",
    "历励", "抢抡", "推堆", "维堆", "赔陪倍", "偿尝", "债责", "费贵", "资货", "员圆", "圆园",
    "问间", "间闻", "用甩", "电申", "由甲", "话活", "活括", "诉拆", "投没", "设没", "处外", "理埋",
    "时对", "到倒", "退迟", "迟送", "换涣", "单草", "客容", "各名", "户卢", "戶尸", "收攻", "改攻",
    "放政", "接按", "挂桂", "机饥", "线浅", "钱浅", "转传", "报服", "极板", "案宰", "定宝", "订计",
    "什计", "讨付", "付村", "取职", "消捎", "销锁", "保堡", "险检", "险脸", "期斯", "朝期", "限根",
    "银很", "行往", "住往", "住佳", "位拉", "立位", "提堤", "醒配", "记纪", "录绿", "登凳", "查杳",
    "核该", "复夏", "审宙", "批比", "准谁", "晚挽", "早旱", "草早", "周同", "月用", "目自", "白百",
    "夜液", "顾颐", "領頒", "費貴", "貨貸", "買賣", "線綠", "賠陪", "償價", "帳賬", "話活", "記紀",
    "請情", "約紛", "結給", "紅江", "編偏", "續績", "選還", "遲運", "處虎", "電雷", "問間", "開關",
    "閉閒", "單早", "驗險", "檢險", "換煥", "損捐", "場揚", "時持", "詢詞", "認忍", "說脫", "訴拆",
    "該核", "議儀", "護獲", "樣漾", "檔擋", "點黑", "遺遣", "錢鉛", "銷鎖", "鐘鍾", "隊除", "階偕",
    "須順", "預頂", "額顏", "類纇", "館飯", "飲飯",
)
_BESIDE = {
    "q": "wa", "w": "qes", "e": "wrd", "r": "etf", "t": "ryg", "y": "tuh", "u": "yij", "i": "uok",
    "o": "ipl", "p": "ol", "a": "qsz", "s": "awdx", "d": "sefc", "f": "drgv", "g": "fthb",
    "h": "gyjn", "j": "hukm", "k": "jilm", "l": "kop", "z": "asx", "x": "zsdc", "c": "xdfv",
    "v": "cfgb", "b": "vghn", "n": "bhjm", "m": "njk",
}
# fmt: on

_HAN = re.compile(r"[\u3400-\u9fff]+")
_ENGLISH = re.compile(r"[A-Za-z]{4,}")
_END = re.compile(r"[\W_]*$")


@dataclass(frozen=True, slots=True)
class TypoLoss:
    """What one kind of mistake costs, over the questions that can have it.

    `recall.left` is recall@5 of the questions spelt right, `recall.right` of the mistyped ones;
    `lost` is their difference, higher is worse.
    """

    kind: str
    questions: int
    recall: Difference

    @property
    def lost(self) -> float:
        """Recall@5 lost, in -1–1."""
        return self.recall.left - self.recall.right


def mistype(text: str, kind: str, seed: int = SEED) -> str | None:
    """Return a question with one mistake of `kind` (a key of KINDS), or None without a place."""
    return KINDS[kind](text, random.Random(f"{seed} {kind} {text}"))


def evaluate_typos(
    search: Search,
    questions: Sequence[Question],
    *,
    seed: int = SEED,
    progress: Callable[[int], None] | None = None,
) -> tuple[TypoLoss, ...]:
    """Ask the answerable questions right and mistyped, and tell what each kind costs.

    Questions of style "typo" are passed over. `progress` is told how many questions are done.
    The last entry, "all", is over all pairs. Raises ValueError where no question can be mistyped.
    """
    found: dict[str, list[tuple[bool, bool]]] = {kind: [] for kind in KINDS}
    for done, question in enumerate(_spelt_right(questions), 1):
        wrong = {kind: mistype(question.query, kind, seed) for kind in KINDS}
        if any(wrong.values()):
            right = _finds(search, question, question.query)
            for kind, query in wrong.items():
                if query:
                    found[kind].append((right, _finds(search, question, query)))
        if progress:
            progress(done)
    pairs = [pair for kind in found.values() for pair in kind]
    if not pairs:
        raise ValueError("no question to mistype; expected an answerable one that is spelt right")
    return tuple(_loss(kind, each) for kind, each in (*found.items(), ("all", pairs)) if each)


def typo_table(losses: Sequence[TypoLoss]) -> str:
    """Return the losses as a table for a terminal."""
    rows = [["typo", "questions", "spelt right", "mistyped", "lost", "95 %"]]
    for loss in losses:
        recall = loss.recall
        between = f"{-recall.high:.3f}–{-recall.low:.3f}"
        figures = (f"{x:.3f}" for x in (recall.left, recall.right, loss.lost))
        rows.append([loss.kind, str(loss.questions), *figures, between])
    return align(rows)


def _spelt_right(questions: Sequence[Question]) -> list[Question]:
    return [each for each in questions if each.answerable and each.style != "typo"]


def _finds(search: Search, question: Question, query: str) -> bool:
    passages = [hit.text for hit in search(query, DEPTH).hits[:DEPTH]]
    return rank_of_gold(passages, question.gold) is not None


def _loss(kind: str, pairs: Sequence[tuple[bool, bool]]) -> TypoLoss:
    right, wrong = (np.array(side, np.float64) for side in zip(*pairs, strict=True))
    return TypoLoss(kind, len(pairs), mean_difference("recall@5", right, wrong))


def _sound(text: str, draw: random.Random) -> str | None:
    """Another common character of the same sound, inside a word."""
    common = _common(traditional=language(text) == "zh-Hant")
    return _exchange(text, draw, lambda char: common.get(_usual(char), "").replace(char, ""))


def _shape(text: str, draw: random.Random) -> str | None:
    """A character that looks alike, inside a word."""
    return _exchange(
        text,
        draw,
        lambda char: "".join(group for group in _LOOK_ALIKE if char in group).replace(char, ""),
    )


def _exchange(text: str, draw: random.Random, others: Callable[[str], str]) -> str | None:
    places = [(i, others(text[i])) for start, end in _words(text) for i in range(start, end)]
    places = [place for place in places if place[1]]
    if not places:
        return None
    where, candidates = draw.choice(places)
    return text[:where] + draw.choice(candidates) + text[where + 1 :]


def _pinyin(text: str, draw: random.Random) -> str | None:
    """One word, or two that stand side by side, left in pinyin."""
    words = [span for span in _words(text) if sound(text[slice(*span)])]
    if not words:
        return None
    first = draw.randrange(len(words))
    start, end = words[first]
    if words[first + 1 : first + 2] and words[first + 1][0] == end and draw.random() < 0.5:
        end = words[first + 1][1]
    return text[:start] + sound(text[start:end]) + text[end:]


def _letters(text: str, draw: random.Random) -> str | None:
    """One wrong letter in an English word: transposed, dropped, doubled or its neighbour's."""
    words = list(_ENGLISH.finditer(text))
    if not words:
        return None
    word = draw.choice(words)
    i = draw.randrange(word.start() + 1, word.end() - 1)
    changes = (
        text[i + 1] + text[i],
        text[i + 1],
        text[i] * 2 + text[i + 1],
        draw.choice(_BESIDE[text[i].lower()]) + text[i + 1],
    )
    return text[:i] + draw.choice([c for c in changes if c != text[i : i + 2]]) + text[i + 2 :]


def _unfinished(text: str, draw: random.Random) -> str | None:
    """The last word half typed: English cut short, Chinese still in pinyin and cut short."""
    end = _END.search(text)
    body = text[: end.start()] if end else text
    english = re.search(r"[A-Za-z]{5,}$", body)
    if english:
        word = english.group()
        return body[: english.start()] + word[: draw.randrange((len(word) + 1) // 2 + 1, len(word))]
    words = [span for span in _words(body) if span[1] == len(body) and sound(body[slice(*span)])]
    if not words:
        return None
    typed = sound(body[slice(*words[-1])])
    return body[: words[-1][0]] + typed[: draw.randrange(len(typed) // 2 + 1, len(typed))]


KINDS: dict[str, Callable[[str, random.Random], str | None]] = {
    "sound": _sound,
    "shape": _shape,
    "pinyin": _pinyin,
    "letters": _letters,
    "unfinished": _unfinished,
}
"""The kinds of mistake, and how each is made."""


@cache
def _jieba() -> rjieba.Jieba:
    return rjieba.Jieba()


def _words(text: str) -> list[tuple[int, int]]:
    """Where the Chinese words of two or more characters are."""
    found = []
    for run in _HAN.finditer(text):
        start = run.start()
        for word in _jieba().cut(run.group(), False):
            if len(word) > 1:
                found.append((start, start + len(word)))
            start += len(word)
    return found


def _usual(char: str) -> str:
    return next(iter(readings(char)), "")


@cache
def _common(*, traditional: bool) -> dict[str, str]:
    """Syllable to its common characters: the first level of Big5 or of GB 2312."""
    codec, last = ("big5", 0xC67F) if traditional else ("gb2312", 0xD7FA)
    found: dict[str, str] = {}
    for char in map(chr, range(0x4E00, 0x9FA6)):
        code = char.encode(codec, "ignore")
        if code and int.from_bytes(code) < last:
            found[_usual(char)] = found.get(_usual(char), "") + char
    return found
