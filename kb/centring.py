"""Takes the language out of vectors, so that a question meets passages of another one halfway.

A multilingual model gives all texts of one language a common direction; in a library of several
languages an English question then finds the English passages first, whatever they say. The mean
vector of a language, taken off in large part, leaves what the words mean: the idea of Libovický,
Rosa and Fraser, "On the language neutrality of pre-trained multilingual representations"
(Findings of EMNLP 2020). The means are those of the general sentences below, worked out by the
encoder in use for each generation. Questions and passages have means of their own, since they
go through the model with different prompts. What it is worth stands in `kb/README.md`.

The same sentences tell which tokens are usual in a language: a library of Chinese manuals cannot
say that "the" and "what" tell nothing (`kb.late` asks for it).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kb.encoder import Encoder, Encoding
from kb.fold import fold

STRENGTH = 0.8
"""Share of a language's mean that is taken off."""

FILES = ("centres.npz",)

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Centres:
    """Means of a language: `tokens` and `pooled` are (2, dim) float32, row 1 for Chinese."""

    tokens: Vectors
    pooled: Vectors

    def centre_tokens(self, tokens: Vectors, *, chinese: bool) -> Vectors:
        """Token vectors (n, dim) without their language, unit rows."""
        return _unit(tokens - STRENGTH * self.tokens[int(chinese)])

    def centre_pooled(self, pooled: Vectors, *, chinese: bool) -> Vectors:
        """A pooled vector (dim,) without its language, unit length."""
        return _unit(pooled - STRENGTH * self.pooled[int(chinese)])


@dataclass(frozen=True, slots=True)
class LanguageMeans:
    """What is usual in a language, whatever a library is about; part of a generation.

    The means for questions and those for passages; and `usual` (2, ids) uint8, in how many of the
    `SENTENCES` general sentences of a language (row 1: Chinese) each id of the vocabulary stands.
    Its last column is 0, for all ids beyond.
    """

    query: Centres
    passage: Centres
    usual: NDArray[np.uint8]

    def save(self, folder: Path) -> None:
        """Write the means into `folder`, under the name in `FILES`."""
        np.savez_compressed(
            folder / FILES[0],
            query_tokens=self.query.tokens,
            query_pooled=self.query.pooled,
            passage_tokens=self.passage.tokens,
            passage_pooled=self.passage.pooled,
            usual=self.usual,
        )


def load(folder: Path) -> LanguageMeans:
    """Open the means that `save` wrote into `folder`."""
    with np.load(folder / FILES[0]) as arrays:
        return LanguageMeans(
            Centres(arrays["query_tokens"], arrays["query_pooled"]),
            Centres(arrays["passage_tokens"], arrays["passage_pooled"]),
            arrays["usual"],
        )


def measure(encoder: Encoder) -> LanguageMeans:
    """Work out the means of an encoder from the general sentences."""
    questions = [list(map(encoder.encode_query, _lines(text))) for text in QUESTIONS]
    statements = [encoder.encode_passages(_lines(text)) for text in STATEMENTS]
    both = [asked + told for asked, told in zip(questions, statements, strict=True)]
    return LanguageMeans(_centres(questions), _centres(statements), _usual(both))


def _lines(text: str) -> list[str]:
    return [fold(line) for line in text.split("\n")]


def _centres(languages: Sequence[Sequence[Encoding]]) -> Centres:
    """The means over the English and the Chinese sentences."""
    return Centres(
        np.stack([np.concatenate([e.tokens for e in each]).mean(axis=0) for each in languages]),
        np.stack([np.stack([e.pooled for e in each]).mean(axis=0) for each in languages]),
    )


def _usual(languages: Sequence[Sequence[Encoding]]) -> NDArray[np.uint8]:
    """In how many sentences of each language each id stands: (2, ids)."""
    found = [[np.unique(e.ids) for e in each] for each in languages]
    last = max(ids.max(initial=0) for each in found for ids in each)
    counts = [np.bincount(np.concatenate(each), minlength=last + 2) for each in found]
    return np.stack(counts).astype(np.uint8)


def _unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    unit: Vectors = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


QUESTIONS = (
    """\
How long does the customer have to wait for an answer?
What should I say when the line is bad?
Who approves a refund above the usual amount?
By when must the report be handed in?
May I give the phone number to someone else?
What do we do if a guest loses the key?
How many times do we try to call back?
Is there a fee for changing the booking?
Where is the signed form kept, and for how many years?
What happens after the third complaint?
Which documents does the customer need to bring?
Can the order still be cancelled after it has been sent?
How do I greet someone who has called before?
Which words must never be used with an angry caller?
What is the difference between an enquiry and a complaint?
When does the night shift begin?
Who has to be told first about an accident?
How much can be paid out without a receipt?
the meaning of first call resolution
steps for handing a case over to another team
opening hours at weekends
Do we have to ask for the date of birth?
How fast must an urgent repair be started?
What if nobody answers the door?
Should the agent hang up first?
How often is the list checked?
Why was my card refused at the desk?
Is it allowed to eat at the workplace?
What does the sign on the parcel mean?
How should a letter to a customer end?""",
    """\
客户要等多久才能得到答复？
线路不好的时候应该怎么说？
超过一般金额的退款由谁批准？
报告最晚什么时候要交？
可以把电话号码告诉别人吗？
客人丢了钥匙怎么办？
要回拨几次电话？
改签要收手续费吗？
签好的表格放在哪里，要保存几年？
第三次投诉以后怎么处理？
顾客需要带哪些证件？
已经发出的订单还能取消吗？
对打过电话的老客户怎么问候？
对生气的来电者绝对不能说哪些话？
咨询和投诉有什么区别？
夜班几点开始？
发生事故先通知谁？
没有收据最多可以赔多少？
首次解决率的意思
转交给其他部门的步骤
周末的营业时间
一定要问出生日期吗？
紧急维修多快要开始？
没有人开门怎么办？
客服可以先挂电话吗？
名单多久检查一次？
为什么我的卡在前台刷不了？
上班的时候可以吃东西吗？
包裹上的标记是什么意思？
给客户的信结尾怎么写？""",
)

STATEMENTS = (
    """\
Answer within four rings and give your name and that of the department.
Say: "Thank you for waiting. I have found your booking."
Complaints are entered into the register on the day they come in.
The supervisor decides within two working days whether the amount is refunded.
Guests who leave after noon pay half the price of a night.
Never promise a date that the workshop has not confirmed.
1. Ask for the order number. 2. Compare the name. 3. Read the address back.
Keep the signed form for five years and then destroy it.
If the line goes dead, call back once and leave a message.
An urgent case is one in which people may come to harm.
Parcels over twenty kilos are delivered by two people.
Staff wear their badge on the left and do not chew gum.
The customer pays the return postage unless the goods are faulty.
Records of calls may be heard only by the quality team.
Chapter 3: Opening and closing the desk
Do not argue; listen, sum up, and offer the next step.
Refunds go back to the card that was used for the payment.
Every Friday the list of open cases is sent to the manager.
Members may bring one visitor free of charge.
The form asks for name, date of birth and the reason for the visit.
A technician comes the same day when heating fails in winter.
Wrong: "That is not my job." Right: "I will put you through to the right person."
Appointments can be moved up to 24 hours in advance.
The lift must not be used during a fire alarm.""",
    """\
电话响四声以内接听，并报出部门和姓名。
应答：“感谢您的等候，已经查到您的预订。”
投诉须在收到当天记入登记簿。
是否退款由主管在两个工作日内决定。
中午以后退房的客人加收半天房费。
维修部没有确认的日期不得向客户承诺。
1.询问订单号；2.核对姓名；3.复述地址。
签字的表格保存五年，期满销毁。
电话中断的，回拨一次并留言。
紧急情况是指可能造成人身伤害的情况。
超过二十公斤的包裹由两人派送。
员工左胸佩戴工牌，不得嚼口香糖。
除质量问题外，退货邮费由顾客承担。
通话录音只有质检人员可以调听。
第三章 柜台的开启与关闭
不要争辩，先倾听，再归纳，然后提出下一步。
退款原路退回付款时使用的卡。
每周五把未结事项的清单发给经理。
会员可以免费带一位访客。
表格要填写姓名、出生日期和来访事由。
冬季暖气停了，技术员当天上门。
错误：“这不归我管。”正确：“我帮您转给负责的同事。”
预约可以在二十四小时以前更改。
火警期间不得使用电梯。""",
)

SENTENCES = sum(text[0].count("\n") + 1 for text in (QUESTIONS, STATEMENTS))
"""Of each language."""
