import { ruleFaultInChinese } from '../../http/words/rule-faults.ts'
import { ruleFieldWords, ruleFolderWords, ruleSubjectWords } from '../../http/words/rules.ts'
import type { RuleFaultShown, RuleStand, RuleSubjectName } from '../../rulebook/api.ts'
import { language, say, sayAll } from '../language.ts'

const both = (zh: string, en: string) => say({ 'zh-CN': zh, en })

export const subjectWords = sayAll(ruleSubjectWords)
export const fieldSaid = (subject: RuleSubjectName, name: string) => say(ruleFieldWords(subject, name))
export const folderSaid = ({ file, folder }: RuleStand) => say(ruleFolderWords[folder](file))

/** What each subject is about, and what holds for what is under way. */
export const subjectNotes: Readonly<Record<RuleSubjectName, string>> = {
  hours: both(
    '开放时间之外的来电走“下班时间”流程；工作日时限按放假安排计算。已经过去的日子不能改；未办结的工单从下一次处理起按新的放假安排计算。',
    'Outside opening hours calls are led through the flow after-hours; limits in working days are counted by the days off. Days that are over stay what they were; open orders are counted by the new days off from the next thing that happens to them.',
  ),
  texts: both(
    '{matter} 诉求、{number} 工单号、{unit} 单位、{due} 期限、{result} 结果、{hours} 小时、{url} 链接、{date} 日期、{times} 次数、{kind} 类别、{percent} 百分比、{light} 灯色、{level} 督办级别、{time} 时间会换成实际内容；方括号里的部分在内容未知或不能告知（保密工单）时整段省略。',
    '{matter}, {number}, {unit}, {due}, {result}, {hours}, {url}, {date}, {times}, {kind}, {percent}, {light}, {level} and {time} stand for what is known then; a part in brackets is left out where that is not known, or not to be told (a confidential order).',
  ),
  units: both(
    '办理工单的单位：提醒和督办短信发给谁，对外电话和办公时间（坐席选好事项后可见）。工单、工作人员或事项还用到的单位不能删除。',
    'Who handles orders: whom reminders and supervision reach by SMS, and the telephone and hours that agents tell citizens once a kind is chosen. A unit that orders, members or kinds still name cannot go.',
  ),
  dispatch: both(
    '哪类事项、哪个区或街道由哪个单位主办、哪些单位协办、抄送哪些单位，从哪天起用。整张目录在派单页导入、导出和试算；由两个人发布，一个人可以退回以前的版本。自动派单按事项代码的开头设定把握（0 到 1），不写就不自动派。',
    'Which unit leads for a kind in a district or street, which work on it beside it, which have a copy, and from which day on. The whole is taken along, brought back and tried at the page of the dispatch; two persons publish it, and one may go back to a version before. What goes by itself is set by the beginning of a code and how sure triage has to be (0 to 1); nothing goes where nothing is set.',
  ),
  limits: both(
    '未办结的工单沿用受理时的办结、签收和首次反馈时限，不往回拨；退单、延期和人工回电按当时的规则。紧急时限须为最短。',
    'An open order keeps the limits for handling, signing and feedback that it was made with; no clock is wound back. Returns, extensions and a person’s ring go by what holds then. The urgent limit has to be the shortest.',
  ),
  grounds: both(
    '单位可以用哪些理由申请退单。删掉的理由，历史里仍能看到。',
    'For which grounds a unit may ask to return an order. One that you take away stays readable in histories.',
  ),
  templates: both(
    '单位填报进展、办结、退单、询问市民时可以套用的文字。',
    'Texts with which a unit begins what it reports, closes, returns or asks.',
  ),
  channels: both(
    '不属单位职责的诉求，办结时告知市民的途径：名称、电话、依据。删掉的途径，历史里仍能看到。',
    'Where citizens are sent whose demand is beyond a unit’s duty: name, telephone, law. One that you take away stays readable in histories.',
  ),
  repeats: both(
    '新工单与多少天之内的在办工单相比，诉求和地点的文字相近到什么程度提示为疑似重复（0.05 到 1）。只作提示，由派单员决定。',
    'Orders of how many days a new one is held against, and how like words and place have to be (0.05 to 1). It proposes; dispatchers decide.',
  ),
  closings: both(
    '单位办结时按这些词检查答复：只提示，不拦截。改动只影响以后的办结。',
    'What a closing is read by when a unit sends it: it warns and keeps nobody from closing. A change holds for closings from then on.',
  ),
  levels: both(
    '三级督办：每一级谁可以督办，单位多久内必须答复。到时未答复，自动升到上一级。重办多次、多个单位都无人主办的是问题工单，自动督办。已发出的督办单沿用当时的时限。',
    'Supervision in three levels: who may issue an instruction, and how long the unit has to answer. One that is not answered rises to the level above by itself, and so do problem orders. What was issued keeps its limit.',
  ),
  surveys: both(
    '回访的时段和次数，三率怎么算。三率按现行公式统计所有时期：发布前请先导出已公布的数字。',
    'When and how often citizens are asked, and how rates are counted. Rates of all periods are counted by the formula that holds: export what you have published before.',
  ),
  scores: both(
    '哪些单位放在一起排名：街道和街道比，区和区比，其余按这里列出的组，没有列出的是部门；同组再按当月办结数分档。有效评价太少的只展示、不排名。排名按现行规则统计所有月份。',
    'Which units are ranked together: streets with streets, districts with districts, others by the groups listed here, and departments that none lists; within a group by closings of the month. With too few answers a unit is shown and not ranked. Rankings of all months go by what holds.',
  ),
}

export const words = {
  people: both('人员与坐席', 'People and seats'),
  staff: both('工作人员', 'Staff'),
  staffLead: both(
    '谁能登录、角色、单位，谁改过',
    'Who signs in, with which role and unit, and who changed it',
  ),
  staffNote: both(
    '改角色或单位后，此人的所有登录立即结束，且一段时间内不能作为须两人完成的事项中的一人。自己的权限由另一位管理员改。技能在坐席里设定。',
    'With another role or unit somebody is signed out everywhere, and takes part in no decision of two persons for a while. Your own rights are changed by another administrator. Skills stand with seats.',
  ),
  staffHead: [
    both('登录名', 'Name'),
    both('显示名', 'Shown as'),
    both('角色', 'Role'),
    both('单位', 'Unit'),
    both('操作', 'Acts'),
  ],
  noStaff: both('还没有工作人员', 'Nobody works here yet'),
  changeMember: both('修改', 'Change'),
  changeOf: (name: string) => both(`修改 ${name}`, `Change ${name}`),
  display: both('显示名', 'Shown as'),
  role: both('角色', 'Role'),
  unit: both('单位', 'Unit'),
  choose: both('请选择', 'Choose'),
  saveMember: both('保存', 'Save'),
  removeMember: both('删除此人', 'Remove'),
  waysIn: both('登录与第二步验证', 'Sessions and second factors'),
  whoChanged: both('谁改过此人的权限', 'Who changed their rights'),
  changesHead: [
    both('时间', 'When'),
    both('由谁', 'By'),
    both('做了什么', 'What'),
    both('角色', 'Role'),
    both('单位', 'Unit'),
  ],
  noChanges: both('没有改过', 'Nobody did'),
  done: both('已保存', 'Saved'),
  addMember: both('添加工作人员', 'Add somebody'),
  signInName: both('登录名（坐席的登录名就是坐席名）', 'Name to sign in with (a seat’s is the seat’s)'),
  firstPassword: both(
    '初始密码（至少 12 位，本人首次登录须更改）',
    'First password, 12 characters at least; they choose another',
  ),
  seats: both('坐席', 'Seats'),
  seatsLead: both('话机、工号、技能', 'Telephones, numbers and skills'),
  seatsNote: both(
    '技能用空格隔开，如 en yue sign。增删坐席和修改记入审计日志。',
    'Skills with blanks between them, as en yue sign. What is changed is in the audit trail.',
  ),
  seatsHead: [
    both('坐席', 'Seat'),
    both('显示名', 'Shown as'),
    both('工号', 'Number'),
    both('状态', 'Stands'),
    both('话机', 'Telephone'),
    both('技能', 'Skills'),
    both('操作', 'Acts'),
  ],
  noSeats: both('还没有坐席', 'There is no seat yet'),
  registers: both('自行注册', 'registers'),
  skillsOf: (name: string) => both(`${name} 的技能`, `Skills of ${name}`),
  removeSeat: (name: string) => both(`删除 ${name}`, `Remove ${name}`),
  addSeat: both('添加坐席', 'Add a seat'),
  seatName: both('坐席名', 'Name of the seat'),
  contact: both('固定话机地址（不填则用密码注册）', 'Fixed address of its phone; empty: it registers'),
  phonePassword: both(
    '话机注册密码（至少 12 位）',
    'Password that its phone registers by, 12 characters at least',
  ),
  features: both('启用的功能', 'What is switched on'),
  featuresLead: both(
    '语音识别、文字记录、语言模型、短信……由哪项设置决定',
    'Recognition, transcripts, model, texts, and the setting of each',
  ),
  featuresNote: both(
    '由设置决定，上次启动时读取；要改请改设置再启动。密钥不在这里显示。',
    'Settings say so, as of the last start; change the setting and start again. No secret is shown.',
  ),
  featuresHead: [
    both('功能', 'Feature'),
    both('状态', 'Stands'),
    both('设置', 'Setting'),
    both('值', 'Value'),
  ],
  beside: both('另有页面', 'Pages of their own'),
  asking: both('正在打开……', 'Opening …'),
  back: both('返回管理首页', 'Back to administration'),
  rules: both('城市规则', 'The city’s rules'),
  holds: both('现在使用', 'Holds now'),
  version: (number: number) => both(`第 ${number} 版`, `Version ${number}`),
  since: (when: string, who: string) =>
    both(`${when} 起，由 ${who} 发布`, `Since ${when}, published by ${who}`),
  sinceFile: (when: string) => both(`${when} 起`, `Since ${when}`),
  never: both('没有在页面上改过', 'Never changed on a page'),
  next: (number: number, when: string) =>
    both(`第 ${number} 版将从 ${when} 起使用`, `Version ${number} will hold from ${when}`),
  writing: (who: string, when: string) => both(`草稿：${who} 写于 ${when}`, `A draft, by ${who}, ${when}`),
  change: both('查看与修改', 'See and change'),
  views: sayAll({
    content: { 'zh-CN': '内容', en: 'Content' },
    versions: { 'zh-CN': '版本', en: 'Versions' },
  }),
  parts: both('这项规则的各部分', 'Parts of these rules'),
  save: both('存入草稿', 'Save in the draft'),
  saving: both('正在检查……', 'Looking it through …'),
  discard: both('放弃草稿', 'Give the draft up'),
  draft: both('草稿', 'Draft'),
  draftNote: (who: string, when: string) =>
    both(`最后由 ${who} 改于 ${when}`, `Last written in by ${who}, ${when}`),
  noDraft: both(
    '没有草稿：改上面的内容，存入草稿',
    'There is no draft: change what stands above, and save it',
  ),
  unsaved: both('有改动还没有存入草稿', 'There are changes that are not saved yet'),
  same: both('没有不同', 'Nothing is other'),
  changes: both('改了什么', 'What is other'),
  wrong: (count: number) =>
    both(
      `有 ${count} 处错误，改好才能发布`,
      `${count} ${count === 1 ? 'thing is' : 'things are'} wrong; mend to publish`,
    ),
  sound: both('检查通过', 'Nothing is wrong'),
  twoPersons: both(
    '这项规则须两人完成：写草稿的人不能自己发布。',
    'These rules take two persons: whoever wrote in the draft cannot publish it.',
  ),
  published: both('已发布', 'Published'),
  noForm: both(
    '草稿不是 JSON，没有表单可用：导入一份，或放弃草稿',
    'The draft is no JSON and has no form: import another, or give it up',
  ),
  text: both('看文本', 'See the text'),
  takeAlong: both('导出文件', 'Export a file'),
  bring: both('导入文件到草稿', 'Import a file into the draft'),
  add: both('增加', 'Add'),
  newName: both('新的年份或代码', 'A new year or id'),
  remove: (name: string) => both(`删除 ${name}`, `Remove ${name}`),
  find: both('在列表里查找', 'Find in the list'),
  measureOf: (label: string) => both(`${label}：单位`, `${label}: measure`),
  aLine: both('每行一项', 'one a line'),
  intoDraft: both('取入草稿', 'Into the draft'),
  broughtBack: both(
    '已取入草稿：请另一人在“内容”里发布',
    'It is in the draft: another person publishes it under “Content”',
  ),
}

/** What is wrong, for people: where, by the names of the fields; what stands there, and what should. */
export function faultSaid(subject: RuleSubjectName, { place, found, expected }: RuleFaultShown): string {
  const [file = '', ...path] = place.split(' ')
  const fields = path.join(' ').split('.').filter(Boolean)
  const where = fields.length === 0 ? file : fields.map(step => stepSaid(subject, step)).join(' · ')
  return language === 'en'
    ? `${where}: found ${found}, expected ${expected}`
    : `${where}：${ruleFaultInChinese(found)}；应为：${ruleFaultInChinese(expected)}`
}

/** An entry of a list by its place, counted as people count. */
const stepSaid = (subject: RuleSubjectName, step: string) =>
  /^\d{1,3}$/.test(step)
    ? both(`第 ${Number(step) + 1} 项`, `entry ${Number(step) + 1}`)
    : fieldSaid(subject, step)
