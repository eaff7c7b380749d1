import type { OrderDetail, OrderSummary } from '../../http/contract.ts'
import { cityTime } from '../city.ts'
import { say } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const words = {
  list: both('工单', 'Orders'),
  filter: both('看哪些', 'Which ones'),
  running: both('在办', 'Running'),
  waiting: both('待签收', 'To be signed'),
  returned: both('被退回', 'Sent on'),
  yellow: both('黄灯', 'Yellow'),
  red: both('红灯', 'Red'),
  closed: both('已办结', 'Closed'),
  none: both('没有这样的工单', 'No such orders'),
  choose: both('请选择', 'Choose one'),
  loading: both('请稍候…', 'One moment…'),
  lost: both('连不上热线，显示的可能不是最新的', 'The hotline does not answer; what is shown may be old'),
  more: both('更多', 'More'),
  make: both('新建工单', 'New order'),
  byNumber: both('按工单号打开', 'Open an order by its number'),
  open: both('打开', 'Open'),
  help: both('协办：报联系人', 'Support: name a contact'),
  helping: both(
    '主办单位签收之后，协办单位在这里报联系人；报了才看得到工单。',
    'Once a unit has signed, units that help name their contact here, and see the order from then on.',
  ),
  helpers: both('协办联系人', 'Contacts of units that help'),
  granted: (is: boolean) => (is ? both('同意', 'Granted') : both('不同意', 'Refused')),
  told: both('已告知市民', 'The citizen has been told'),
  back: both('返回列表', 'Back to the list'),
  unit: both('承办单位', 'Unit'),
  urgency: both('紧急程度', 'Urgency'),
  urgencyOfCategory: both('按事项确定', 'As is usual for the matter'),
  place: both('地点', 'Place'),
  contact: both('联系市民', 'Contact'),
  elder: both('老年人：24小时内首次反馈', 'An old caller: first feedback within 24 h'),
  reopened: (cycle: number) => both(`第${cycle}次办理`, `Round ${cycle}`),
  level: (level: number) =>
    both(
      `${['', '街道级', '区级', '市级'][level]}督办`,
      `Supervised by the ${['', 'street', 'district', 'city'][level]}`,
    ),
  clocks: both('时限', 'Limits'),
  clockHead: [both('时限', 'Limit'), both('截止', 'Until'), both('完成', 'Done'), both('超时', 'Late by')],
  stillRunning: both('计时中', 'running'),
  history: both('经过', 'What happened'),
  acts: both('办理', 'Act'),
  unverified: both('未核实：不会拨打，只发短信', 'Not verified: will not be rung, only sent texts'),
  verify: both('核实联系号码', 'Make sure of the number'),
  why: both(
    '这个号码没有来过电。发送验证码，请市民读回，核实后回访才会拨打。',
    'That number never rang us. Send a code and have it read back; only then is it rung.',
  ),
  sendCode: both('发送验证码', 'Send a code'),
  codeSent: (until: string) => both(`已发送，${until}前有效`, `Sent; good until ${until}`),
  code: both('市民读回的验证码', 'The code that was read back'),
  checkCode: both('核实', 'Check it'),
  number: both('联系号码（与来电不同时填写）', 'Number for contact, if another than the one that rang'),
  evidence: both('佐证', 'Evidence'),
  noEvidence: both('还没有佐证', 'No evidence yet'),
  chooseFiles: both('选择文件', 'Choose files'),
  dropFiles: both('或把文件拖到这里', 'or drop files here'),
  limits: (most: number) =>
    both(`照片、PDF、录音，每个不超过 ${most} MB`, `Photos, PDF, recordings; at most ${most} MB each`),
  needsEvidence: both('这类事项办结需要佐证', 'This kind of matter is closed with evidence'),
  sending: (count: number) => both(`正在上传 ${count} 个文件…`, `Sending ${count} files …`),
  sent: (count: number) => both(`已上传 ${count} 个文件`, `${count} files are there`),
  refusedFile: (name: string, why: string) => both(`${name}：${why}`, `${name}: ${why}`),
  takeBack: (name: string) => both(`撤回 ${name}`, `Take back ${name}`),
  round: (cycle: number) => both(`第${cycle}次办理`, `Round ${cycle}`),
  earlier: both('此人其他工单', 'Other orders of this caller'),
  done: both('已保存', 'Saved'),
  fallback: both('没有成功，请稍后再试', 'That did not work; try again later'),
}

export const stageWords: Record<OrderSummary['stage'], string> = {
  waiting: words.waiting,
  handling: both('办理中', 'In hand'),
  closed: words.closed,
}
export const lightWords: Record<OrderSummary['light'], string> = {
  green: both('绿灯', 'Green'),
  yellow: words.yellow,
  red: words.red,
}
export const urgencyWords: Record<OrderSummary['urgency'], string> = {
  urgent: both('紧急', 'Urgent'),
  livelihood: both('民生保障', 'Livelihood'),
  general: both('一般诉求', 'General'),
  complex: both('复杂疑难', 'Complex'),
}
export const clockWords = {
  sign: both('签收', 'Signing'),
  feedback: both('首次反馈', 'First feedback'),
  handling: both('办结', 'Closing'),
  person: both('人工回电', 'A person rings'),
}
export const modeWords: Record<Exclude<OrderDetail['contact']['mode'], 'unverified'>, string> = {
  voice: both('电话', 'By telephone'),
  sms: both('仅短信', 'Text messages only'),
  sign: both('手语视频', 'Sign language by video'),
  none: both('不联系', 'None'),
}
export const groundWords = {
  'not-our-duty': both('不属于本单位职责', 'Not our duty'),
  'other-district': both('不在本辖区', 'Another district'),
  'needs-lead-department': both('需主管部门牵头', 'Needs the department in charge'),
  'legal-channel': both('应走法定途径', 'Has a channel by law'),
  'facts-missing': both('诉求不清，无法办理', 'Facts are missing'),
}
export const resultWords = {
  solved: both('已解决', 'Solved'),
  partly: both('部分解决', 'Solved in part'),
  explained: both('已解释说明', 'Explained'),
  impossible: both('客观上无法解决', 'Cannot be solved'),
}
export const eventWords: Readonly<Record<string, string>> = {
  made: both('受理', 'Made'),
  added: both('来电补充', 'Caller rang again'),
  signed: both('签收', 'Signed'),
  supported: both('协办', 'Support'),
  progressed: both('进展', 'Progress'),
  returned: both('退回', 'Returned'),
  appointed: both('指定承办', 'Unit appointed'),
  reclassified: both('更正类别', 'Category put right'),
  'contact-verified': both('号码已核实', 'Number verified'),
  evidenced: both('上传佐证', 'Evidence shown'),
  withdrawn: both('撤回佐证', 'Evidence taken back'),
  'extension-asked': both('申请延期', 'Extension asked for'),
  'extension-decided': both('延期审批', 'Extension decided'),
  warned: both('提醒', 'Warning'),
  closed: both('办结', 'Closed'),
  answered: both('回访', 'Citizen answered'),
  reopened: both('重新办理', 'Reopened'),
  rung: both('人工回电', 'A person rang'),
}
const valueWords: Readonly<Record<string, string>> = {
  ...groundWords,
  ...resultWords,
  ...clockWords,
  'not-solved': both('未解决', 'Not solved'),
  dissatisfied: both('不满意', 'Dissatisfied'),
}
export const valueWord = (value: string) => valueWords[value] ?? value

/** What the house refuses, by its code; the rest is said by `fallback`. */
export const refusalWords: Readonly<Record<string, string>> = {
  'order-of-another-unit': both('这是别的单位的工单', 'This is another unit’s order'),
  'order-open-already': both(
    '此人已有同类工单在办，请在那张工单上补充',
    'This caller has an open order about the same; add to that one',
  ),
  'order-stage': both('工单的阶段已经变了，请看最新情况', 'The order has moved on; look at it anew'),
  'order-led': both('已签收的单位负责到底，不能改派', 'The unit that signed leads to the end'),
  'nothing-changes': both('类别和单位都没有变', 'Neither the category nor the unit is another'),
  'order-unsigned': both('请先签收', 'Sign it first'),
  'order-number-wrong': both('工单号有误，请核对', 'That is no order’s number; check it'),
  'order-unknown': both('没有这张工单', 'There is no such order'),
  'return-refused': both(
    '不能退回：已签收、已指定、超过退回时限或次数，或退给了自己',
    'It cannot be returned: signed, appointed, too late, too often, or to yourselves',
  ),
  'extension-refused': both('超过可延期的天数或次数', 'More days, or more often, than can be granted'),
  'extension-asked': both('已经申请过，等待审批', 'Asked for already; it waits for a decision'),
  'evidence-missing': both('这类事项办结需要佐证', 'This kind of matter is closed with evidence'),
  'evidence-type': both(
    '不是可接受的文件：请上传照片、PDF 或录音',
    'Not a file that is taken: a photo, a PDF or a recording, please',
  ),
  'evidence-too-big': both('文件太大', 'Too big'),
  'evidence-empty': both('文件是空的', 'Nothing in it'),
  'evidence-full': both('佐证太多了', 'Too many files'),
  'evidence-known': both('上一次办理时已经用过', 'Shown in an earlier round already'),
  'contact-settled': both('没有待核实的号码', 'There is no number to make sure of'),
  'code-wrong': both('验证码不对，请市民再读一遍', 'That is another code; have it read again'),
  'code-over': both('验证码已失效，请重新发送', 'That code is no longer good; send a new one'),
  'code-too-often': both('发得太多了，请一小时后再发', 'Too many codes; wait an hour'),
  'text-failed': both('短信没有发出，请稍后再试', 'The text was not sent; try again later'),
  'role-wrong': both('您的角色不能这样做', 'Not for your role'),
  'request-invalid': both(
    '请检查填写的内容：必填的都填好，号码和天数只写数字',
    'Look at what is filled in: all that is needed, digits alone for numbers and days',
  ),
  'clock-moved-back': both(
    '系统时间异常，请联系管理员',
    'The clock of the house is wrong; tell its administrator',
  ),
}

export const timeOf = (ms: number) => cityTime(ms)

/** A length in its largest unit: 3 天, 5 小时, 12 分钟. */
export function lengthOf(ms: number): string {
  const minutes = Math.round(Math.abs(ms) / 60_000)
  if (minutes < 90) return both(`${minutes} 分钟`, `${minutes} min`)
  const hours = Math.round(minutes / 60)
  return hours < 48
    ? both(`${hours} 小时`, `${hours} h`)
    : both(`${Math.round(hours / 24)} 天`, `${Math.round(hours / 24)} days`)
}

export const leftWords = (ms: number) =>
  ms >= 0
    ? both(`还剩 ${lengthOf(ms)}`, `${lengthOf(ms)} left`)
    : both(`超时 ${lengthOf(ms)}`, `${lengthOf(ms)} late`)

export const grouped = (number: string) => number.replace(/(\d{6})(?=\d)/g, '$1 ')
