import type { AuditReport, Campaign, RateQuery } from '../contract.ts'
import { both, type Words } from './words.ts'

type All<Key extends string> = Readonly<Record<Key, Words>>

export const campaignStateWords: All<Campaign['state']> = {
  running: both('进行中', 'Running'),
  paused: both('已暂停', 'Paused'),
  stopped: both('已停止', 'Stopped'),
}
/** Campaigns that the system names; others keep the name they were given. */
export const campaignNames = { 'closed-orders': both('办结回访', 'Closed orders') } as const

/** Why the system changed a campaign's state; the stored reason is a code and two numbers. */
export function becauseWords(because: string): Words {
  const [, missed, asked, seconds = '15'] = /^person-missed (\d+)\/(\d+)(?: in (\d+))?$/.exec(because) ?? []
  if (missed === undefined) return both(because, because)
  return both(
    `系统停止：要人工的 ${asked} 人中有 ${missed} 人 ${seconds} 秒内未接通`,
    `The house stopped it: of ${asked} who asked for a person, ${missed} had none within ${seconds} s`,
  )
}

export const groupWords: All<RateQuery['by']> = {
  unit: both('单位', 'Unit'),
  street: both('街道', 'Street'),
  category: both('事项', 'Category'),
}
export const exclusionWords = {
  'not-in-duty': both('不属职责范围', 'Not in the unit’s duty'),
  'legal-channel': both('应走法定途径', 'Has a channel by law'),
  duplicate: both('重复且无新情况', 'A duplicate, nothing new'),
  secret: both('涉密或隐私', 'Secret or private'),
  illegal: both('违法或违背公序良俗', 'Against the law or public order'),
  withdrawn: both('市民撤回', 'Withdrawn by the citizen'),
  'refused-to-cooperate': both('市民拒绝配合', 'The citizen refused to cooperate'),
  'false-or-malicious': both('虚假或恶意', 'False or malicious'),
  'objective-limit': both('客观条件不允许', 'Cannot be done'),
} as const
export const signWords: All<AuditReport['coached'][number]['sign']> = {
  'all-best': both('几乎全部最好评', 'Nearly all say the best'),
  'same-number': both('同一号码多次最好评', 'One number gave the best for many orders'),
  'links-in-a-row': both('短时间内连续由链接给出最好评', 'Links answered with the best one after the other'),
}
/** The columns of the rates. */
export const rateWords = {
  response: both('响应率', 'Response'),
  solved: both('解决率', 'Solved'),
  satisfied: both('满意率', 'Satisfied'),
  composite: both('综合', 'Composite'),
  asked: both('应回访', 'Asked'),
  reached: both('已接通', 'Reached'),
  answered: both('有效评价', 'Answered'),
  excluded: both('剔除', 'Excluded'),
  referred: both('不属职责', 'Beyond the duty'),
} as const
