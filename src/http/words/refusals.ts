import { both, type Words } from './words.ts'

/** What the house refuses about orders, survey calls and whoever asks, by the code of its fault; `npm run types` misses none. */
export const refusalWords = {
  'order-number-wrong': both('工单号有误，请核对', 'That is no order’s number; check it'),
  'order-unknown': both('没有这张工单', 'There is no such order'),
  'order-of-another-unit': both('这是别的单位的工单', 'This is another unit’s order'),
  'order-confidential': both(
    '保密工单：请通过热线中心联系市民',
    'A confidential order: reach the citizen through the centre',
  ),
  'order-open-already': both(
    '此人已有同类工单在办，请在那张工单上补充',
    'This caller has an open order about the same; add to that one',
  ),
  'order-stage': both('工单的阶段已经变了，请看最新情况', 'The order has moved on; look at it anew'),
  'order-led': both('已签收的单位负责到底，不能改派', 'The unit that signed leads to the end'),
  'order-unsigned': both('请先签收', 'Sign it first'),
  'order-unclear': both('工单内容不完整', 'Something of the order is missing'),
  'orders-full': both('今天的工单号已用完', 'No number is left for an order today'),
  'nothing-changes': both('类别和单位都没有变', 'Neither the category nor the unit is another'),
  'return-refused': both(
    '不能退回：已签收、已指定、超过退回时限或次数，或退给了自己',
    'It cannot be returned: signed, appointed, too late, too often, or to yourselves',
  ),
  'extension-refused': both('超过可延期的天数或次数', 'More days, or more often, than can be granted'),
  'extension-asked': both('已经申请过，等待审批', 'Asked for already; it waits for a decision'),
  'extension-not-asked': both('没有待审批的延期申请', 'No extension waits for a decision'),
  'evidence-missing': both('这类事项办结需要佐证', 'This kind of matter is closed with evidence'),
  'evidence-type': both(
    '不是可接受的文件：请上传照片、PDF 或录音',
    'Not a file that is taken: a photo, a PDF or a recording, please',
  ),
  'evidence-too-big': both('文件太大', 'Too big'),
  'evidence-empty': both('文件是空的', 'Nothing in it'),
  'evidence-full': both('佐证材料太多了', 'Too many files'),
  'evidence-known': both('上一次办理时已经用过', 'Shown in an earlier round already'),
  'evidence-unknown': both('没有这个佐证文件', 'There is no such file'),
  'evidence-lost': both('佐证文件不见了', 'The file is gone'),
  'unit-unknown': both('没有这个单位', 'There is no such unit'),
  'category-unknown': both('没有这个事项类别', 'There is no such category'),
  'number-missing': both('没有可回复市民的号码', 'There is no number to answer the citizen at'),
  'call-unknown': both('没有这通电话', 'There is no such call'),
  'ring-in-future': both('来电时间晚于现在', 'The call is said to have come later than now'),
  'rule-invalid': both('规则文件有误，请联系管理员', 'A file of rules is wrong; tell the administrator'),
  'order-history': both(
    '工单记录有误，已记录在案，请联系管理员',
    'The records of this order do not fit together; tell the administrator',
  ),
  'answer-unasked': both('没有等待回答的回访', 'No answer is waited for'),
  'contact-settled': both('没有待核实的号码', 'There is no number to make sure of'),
  'code-wrong': both('验证码不对，请市民再读一遍', 'That is another code; have it read again'),
  'code-over': both('验证码已失效，请重新发送', 'That code is no longer good; send a new one'),
  'code-too-often': both('发得太多了，请一小时后再发', 'Too many codes; wait an hour'),
  'text-failed': both('短信没有发出，请稍后再试', 'The text was not sent; try again later'),
  'clock-moved-back': both(
    '系统时间异常，请联系管理员',
    'The clock of the house is wrong; tell its administrator',
  ),
  'callback-unknown': both('没有这个回拨', 'There is no such callback'),
  'callback-taken': both('已由别的话务员领取', 'Another agent has it'),
  'callback-not-taken': both('请先领取', 'Take it first'),
  'callback-closed': both('这个回拨已经关闭', 'That callback is closed'),
  'callback-not-to-be-rung': both('这个号码不能拨打', 'That number is not to be rung'),
  'callback-order-missing': both('请填写所建工单的编号', 'Give the number of the order that was made'),
  'callback-history': both('回拨记录有误，请联系管理员', 'The callback is broken; tell the administrator'),
  'message-unknown': both('没有这段留言', 'There is no such message'),
  'survey-open': both('还没有回访完，不能删除', 'It waits for a survey call, and cannot be erased'),
  'survey-unknown': both('这张工单没有这一次回访', 'Nobody is asked about that closing of that order'),
  'link-late': both('短信链接没有及时备好', 'The link was not ready in time'),
  'campaign-unknown': both('没有这个回访活动', 'There is no such campaign'),
  'campaign-state': both('活动现在不能这样改', 'That cannot be done to the campaign now'),
  'exclusion-reason': both('没有这种剔除理由', 'That is no reason for an exclusion'),
  'exclusion-asked': both('已经有人申请剔除', 'Somebody has asked for that already'),
  'exclusion-missing': both('没有待定的剔除申请', 'No such exclusion waits for a decision'),
  'exclusion-alone': both('须由另一人决定，不能是申请人', 'Another person has to decide than who asked'),
  'role-wrong': both('您的角色不能这样做', 'Not for your role'),
  'member-needed': both('须由本人登录', 'Sign in yourself'),
} as const

export type RefusalCode = keyof typeof refusalWords

export const refusalOf = (code: string): Words | undefined =>
  Object.entries<Words>(refusalWords).find(([known]) => known === code)?.[1]
