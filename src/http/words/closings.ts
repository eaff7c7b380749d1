import type { ClosingVerdict, LackKind } from '../../orders/checking/api.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>

/** What a closing lacks: a short label, and the note shown to the unit before it sends. */
export const lackWords: All<LackKind> = {
  unanswered: both('答非所问', 'Not answered'),
  empty: both('空话套话', 'Phrases alone'),
  unfinished: both('尚未办完', 'Not done yet'),
  date: both('没有日期', 'No day'),
  person: both('没有经办人', 'Nobody named'),
  turned: both('投诉按咨询答复', 'Complaint answered as a question'),
}
export const lackNotes: All<LackKind> = {
  unanswered: both('答复里没有提到诉求中的这些内容', 'Nothing takes up these words of the demand'),
  empty: both('除了套话，没有写做了什么', 'Nothing is said beside these phrases'),
  unfinished: both('结果选了“已解决”，内容却写着还要办', 'It says solved, and that it is still to be done'),
  date: both('没有写哪一天办的', 'It does not say on which day it was done'),
  person: both('没有写谁办的、市民找谁', 'It does not say who did it, or whom to ask'),
  turned: both('市民是投诉、举报，答复写成了咨询', 'The citizen complained, and it answers a question'),
}
export const verdictWords: All<ClosingVerdict> = {
  sound: both('答复可以', 'It answers'),
  lacking: both('答复不行', 'It does not answer'),
}
export const closingCheckWords = {
  check: both('答复检查', 'Closing check'),
  told: both('提示后仍提交', 'sent although it was shown'),
} as const
