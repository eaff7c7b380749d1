import { both } from '../words.ts'

/** Refusals about survey calls, scores and personal data. */
export const surveyRefusals = {
  'campaign-state': both('活动现在不能这样改', 'That cannot be done to the campaign now'),
  'campaign-unknown': both('没有这个回访活动', 'There is no such campaign'),
  'exclusion-alone': both('须由另一人决定，不能是申请人', 'Another person has to decide than who asked'),
  'exclusion-asked': both('已经有人申请剔除', 'Somebody has asked for that already'),
  'exclusion-missing': both('没有待定的剔除申请', 'No such exclusion waits for a decision'),
  'exclusion-reason': both('没有这种剔除理由', 'That is no reason for an exclusion'),
  'link-late': both('短信链接没有及时备好', 'The link was not ready in time'),
  'survey-open': both('还没有回访完，不能删除', 'It waits for a survey call, and cannot be erased'),
  'survey-unknown': both('这张工单没有这一次回访', 'Nobody is asked about that closing of that order'),
  'deduction-alone': both('须由另一人决定', 'Another person has to decide'),
  'deduction-decided': both('已经有了决定，请看最新情况', 'That was decided already; look at it anew'),
  'deduction-unit': both('没有这个单位', 'There is no such unit'),
  'deduction-unknown': both('没有这条扣分', 'There is no such deduction'),
  'forget-alone': both('须由另一人同意，不能是申请人', 'Another person has to agree than who asked'),
  'forget-asked': both('这个号码已经有人申请删除', 'Somebody has asked for that number already'),
  'forget-missing': both('这个号码没有待定的删除申请', 'No such request waits for a decision'),
  'hold-unknown': both('没有这项留存', 'There is no such hold'),
  'hold-until': both('留存的截止日已经过去', 'That day is over'),
  'order-held': both('依法留存中，不能清除', 'It is held, and cannot be erased until that is over'),
  'person-number': both('请填写完整的电话号码', 'Give a whole telephone number'),
} as const
