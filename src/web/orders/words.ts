import * as closingWords from '../../http/words/closings.ts'
import * as orderWords from '../../http/words/orders.ts'
import * as all from '../../http/words/words.ts'
import { cityTime } from '../city.ts'
import { refusalOf as refused } from '../house/refusal.ts'
import { say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const words = {
  list: both('工单', 'Orders'),
  filter: both('筛选', 'Filter'),
  all: both('全部', 'All'),
  running: both('在办', 'Running'),
  undispatched: say(orderWords.stageWords.undispatched),
  waiting: say(orderWords.stageWords.waiting),
  returned: both('退单待审', 'Returns to decide'),
  yellow: say(orderWords.lightWords.yellow),
  red: say(orderWords.lightWords.red),
  closed: say(orderWords.stageWords.closed),
  none: both('暂无符合条件的工单', 'No orders like that'),
  choose: both('请选择', 'Choose one'),
  loading: both('请稍候…', 'One moment…'),
  lost: both('连不上热线，显示的可能不是最新的', 'The hotline does not answer; what is shown may be old'),
  head: [
    both('工单号', 'Number'),
    both('时限', 'Limit'),
    both('状态', 'Stage'),
    both('事项', 'Matter'),
    both('诉求内容', 'What is asked'),
    both('区、街道', 'District, street'),
    both('承办单位', 'Unit'),
    both('经办人', 'Who handles it'),
  ],
  size: both('每页', 'Rows a page'),
  sort: both('排序', 'Order'),
  dueFirst: both('最紧急的在前', 'Most pressing first'),
  latestFirst: both('最新的在前', 'Latest first'),
  everyUnit: both('全部单位', 'Every unit'),
  takeAlong: both('导出整个列表', 'Take the whole list along'),
  print: both('打印本页', 'Print this page'),
  make: both('新建工单', 'New order'),
  send: both('提交并派单', 'Send it to its unit'),
  search: both('查找', 'Find'),
  find: both('查找工单', 'Find orders'),
  byNumber: both('工单号或内容', 'Number or words'),
  byNumberOrPhone: both('工单号、电话或内容', 'Number, telephone or words'),
  found: (looked: string) => both(`查找结果：${looked}`, `Found: ${looked}`),
  helping: both('协办', 'Helping'),
  copied: both('抄送', 'Copied to us'),
  toLook: both('自动派单待核对', 'Went by itself: to be looked at'),
  silent: both('协办逾期', 'Help overdue'),
  repeated: both('疑似重复', 'May repeat'),
  merged: say(orderWords.stageWords.merged),
  beside: both('相关工单', 'Orders beside it'),
  callers: (count: number) => both(`来电人 ${count} 位`, `${count} callers`),
  statesTold: (count: number) => both(`催问 ${count} 次`, `Asked again ${count} times`),
  nobody: both('未分派', 'Nobody yet'),
  everybody: both('全部人员', 'Everybody'),
  person: both('经办人', 'Who handles it'),
  mineOnly: both('我的工单', 'Mine'),
  template: (name: string) => both(`套用：${name}`, `Begin with: ${name}`),
  select: (number: string) => both(`选择工单 ${number}`, `Choose order ${number}`),
  selectPage: both('全选本页', 'Choose all of this page'),
  selected: (count: number) => both(`已选 ${count} 张`, `${count} chosen`),
  signAll: both('批量签收', 'Sign for all chosen'),
  assignAll: both('批量分派', 'Assign all chosen'),
  allDone: (done: number, of: number) => both(`已完成 ${done}／${of}`, `${done} of ${of} done`),
  allRefused: (count: number, why: string) => both(`${count} 张未成功：${why}`, `${count} not done: ${why}`),
  keys: both('键盘：↑ ↓ 换行，空格选择，回车打开', 'Keys: ↑ ↓ another row, space chooses, Enter opens'),
  tasks: both('协办任务', 'Tasks of units that help'),
  noContact: both('未登记联系人', 'no contact named'),
  answeredAt: (when: string) => both(`${when} 答复`, `answered ${when}`),
  endedAt: (when: string) => both(`${when} 结束`, `ended ${when}`),
  untilWhen: (when: string) => both(`${when} 前答复`, `by ${when}`),
  question: both('询问市民', 'Asked of the citizen'),
  clockGoesOn: (due: string) => both(`办理时限不停，仍为 ${due}`, `No clock stops: still due ${due}`),
  noAnswer: both('逾期未答复', 'Nobody answered in time'),
  printOrder: both('打印工单', 'Print this order'),
  confidential: both(
    '保密工单：中心以外看不到任何当事人',
    'Confidential: no person is shown outside the centre',
  ),
  isConfidential: (is: boolean) => say(orderWords.confidentialWords[is ? 'true' : 'false']),
  dispatch: say(orderWords.eventWords.dispatched),
  help: both('协办登记', 'Support: name a contact'),
  helpers: both('协办联系人', 'Contacts of units that help'),
  granted: (is: boolean) => say(orderWords.grantWords[is ? 'true' : 'false']),
  told: say(orderWords.toldWords),
  back: both('返回列表', 'Back to the list'),
  unit: both('承办单位', 'Unit'),
  urgency: both('紧急程度', 'Urgency'),
  urgencyOfKind: both('按事项确定', 'As is usual for the kind'),
  place: both('地点', 'Place'),
  contact: both('联系市民', 'Contact'),
  elder: both('老年人：24小时内首次反馈', 'An old caller: first feedback within 24 h'),
  reopened: (cycle: number) => both(`重办（第 ${cycle} 次）`, `Round ${cycle}`),
  level: (level: number) => say(orderWords.levelWords[level] ?? all.both('', '')),
  clocks: both('时限', 'Limits'),
  clockHead: [both('时限', 'Limit'), both('截止', 'Until'), both('完成', 'Done'), both('超时', 'Late by')],
  stillRunning: both('计时中', 'running'),
  history: both('办理经过', 'What happened'),
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
  evidence: both('佐证材料', 'Evidence'),
  asSent: both(
    '已签章或加密，原样保存：作者等信息仍在文件里',
    'signed or encrypted, kept as it was sent: who wrote it stays in it',
  ),
  given: both('来电人提供', 'given by the citizen'),
  ofSite: both('现场核实照片', 'of the site check'),
  supervised: both('督办', 'Supervision'),
  siteChecks: both('现场核实', 'Site checks'),
  visited: (when: string, who: string) => both(`${when} ${who} 到场`, `${when}: ${who}`),
  siteUntil: (when: string) => both(`${when} 前到场`, `by ${when}`),
  notVisited: both('尚未填写结果', 'nobody has written it down yet'),
  noEvidence: both('还没有佐证材料', 'No evidence yet'),
  chooseFiles: both('选择文件', 'Choose files'),
  dropFiles: both('或把文件拖到这里', 'or drop files here'),
  limits: (most: number) =>
    both(
      `照片、PDF、Word、Excel、录音，每个不超过 ${most} MB。拍摄地点和文档作者会去除；正文、批注里的姓名和已签章的文件不变`,
      `Photos, PDF, Word, Excel, recordings; at most ${most} MB each. Places and authors are taken out; names in texts and comments stay, and so do signed files`,
    ),
  cited: (version: string) =>
    both(`按知识条目答复（第 ${version} 版）`, `Answered by an entry (version ${version})`),
  tooLong: (over: number) =>
    both(
      `最多 4000 字，多了 ${over} 字：请删减后再提交`,
      `4,000 characters at most, ${over} too many: shorten it`,
    ),
  needsEvidence: both('这类事项办结需要佐证', 'This kind of matter is closed with evidence'),
  sending: (count: number) => both(`正在上传 ${count} 个文件…`, `Sending ${count} files …`),
  sent: (count: number) => both(`已上传 ${count} 个文件`, `${count} files are there`),
  refusedFile: (name: string, why: string) => both(`${name}：${why}`, `${name}: ${why}`),
  takeBack: (name: string) => both(`撤回 ${name}`, `Take back ${name}`),
  round: (cycle: number) => both(`重办（第 ${cycle} 次）`, `Round ${cycle}`),
  erasure: both('删除工单', 'Erase this order'),
  erasures: both('等第二人同意删除的工单', 'Orders that a second person has to agree to erase'),
  erasureNote: both(
    '删除内容、办理经过、佐证材料和市民号码，不能恢复。须另一人同意。',
    'Its words, history, files and the citizen’s numbers go for good. Another person has to agree.',
  ),
  erasureReason: both('理由', 'Reason'),
  askErasure: both('申请删除', 'Ask that it is erased'),
  askedBy: (who: string, when: string) => both(`${who} ${when}申请`, `asked by ${who}, ${when}`),
  mine: both('您申请的，须另一人同意', 'You asked; another person has to agree'),
  agree: both('同意删除', 'Agree: erase it'),
  refuse: both('不同意', 'Refuse'),
  gone: (number: string) => both(`工单 ${number} 已删除`, `Order ${number} is erased`),
  earlier: both('此人其他工单', 'Other orders of this caller'),
  done: both('已保存', 'Saved'),
}

export const stageWords = sayAll(orderWords.stageWords)
export const lightWords = sayAll(orderWords.lightWords)
export const urgencyWords = sayAll(orderWords.urgencyWords)
export const clockWords = sayAll(orderWords.clockWords)
export const modeWords = sayAll(orderWords.modeWords)
export const supervisionLevelWords = sayAll(orderWords.supervisionLevelWords)
export const instructionCauseWords = sayAll(orderWords.instructionCauseWords)
export const instructionOutcomeWords = sayAll(orderWords.instructionOutcomeWords)
export const siteVerdictWords = sayAll(orderWords.siteVerdictWords)
const groundWords = sayAll(orderWords.groundWords)
export const returnDecisionWords = sayAll(orderWords.returnDecisionWords)
export const resultWords = sayAll(orderWords.resultWords)
export const erasureWords = sayAll(orderWords.erasureWords)
export const eventWords: Readonly<Record<string, string>> = sayAll(orderWords.eventWords)
const valueWords: Readonly<Record<string, string>> = {
  ...groundWords,
  ...returnDecisionWords,
  ...resultWords,
  ...clockWords,
  ...supervisionLevelWords,
  ...instructionCauseWords,
  ...siteVerdictWords,
  ...sayAll(orderWords.causeWords),
  ...erasureWords,
  ...sayAll(closingWords.verdictWords),
}
export const valueWord = (value: string) => valueWords[value] ?? value

/** Why the house refuses it, by the code of its fault. */
export const refusalOf = (code: string) =>
  refused(code, {
    silent: words.lost,
    'request-invalid': both(
      '请检查填写的内容：必填的都填好，号码和天数只写数字',
      'Look at what is filled in: all that is needed, digits alone for numbers and days',
    ),
  })

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
